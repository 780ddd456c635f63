import { Button, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowLeft,
  IconArrowsDiff,
  IconCalendarTime,
  IconDots,
  IconFileDiff,
  IconGitBranch,
  IconHistory,
  IconTag,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { AppBar, IconButton, usePhone } from '@tidemark/ui';
import type { MomentRef } from '../../api/history.ts';
import { useAdmitted } from '../../editor/rights.ts';
import { nounOf, untitled } from '../../shell/kind-words.ts';
import { LinkItem } from '../../shell/links.tsx';
import { usePageTitle } from '../../shell/page-title.ts';
import { forkWords } from '../dialogs/fork-words.ts';
import { ask } from '../door.ts';
import { useLive, useMayChange, useMayCreate } from '../live.ts';
import { sideText } from '../side.ts';
import { useTitle } from '../use-title.ts';
import css from './travel.module.css';
import type { MomentWords } from './use-moment-words.ts';

interface Props {
  moment: MomentRef;
  words: MomentWords;
  /** The moment before it; null where there is none. */
  before: MomentRef | null;
  /** Whether another moment is on its way: what is shown is not what is named. */
  busy: boolean;
  /** Whether it could not be opened: then there is nothing to compare, to name or to restore. */
  failed: boolean;
  /** Shows the history beside the past; null where no past is shown. */
  onHistory: (() => void) | null;
  /** Asks for a day and a time to go to. */
  onTime: () => void;
}

const icon = { size: 15, stroke: 1.8 } as const;

/** Which moment is looked at, and what can be done with it. */
export function TravelBar({ moment, words, before, busy, failed, onHistory, onTime }: Props) {
  const { documentId, kind } = useLive();
  const title = useTitle() || untitled(kind);
  const phone = usePhone();
  const offered = useActs(moment, words);
  const acts = failed ? [] : offered;
  usePageTitle(`${words.label} · ${title}`);
  const to = { to: '/d/$documentId', params: { documentId } } as const;
  const side = sideText({ documentId, at: moment });
  const comparisons = !failed && (
    <>
      <LinkItem leftSection={<IconArrowsDiff {...icon} />} {...to} search={{ before: side }}>
        Compare with now
      </LinkItem>
      {before && (
        <LinkItem
          leftSection={<IconFileDiff {...icon} />}
          {...to}
          search={{ before: sideText({ documentId, at: before }), after: side }}
        >
          What changed here
        </LinkItem>
      )}
    </>
  );
  const restore = acts.find(({ id }) => id === 'restore');
  return (
    <AppBar
      start={
        <>
          <Link
            to="/d/$documentId"
            params={{ documentId }}
            className={css.back}
            aria-label={`Back to the ${nounOf(kind)}`}
          >
            <IconArrowLeft size={18} stroke={1.8} />
          </Link>
          <h1 className={css.title}>
            <span className={css.when}>{words.label}</span>
            <span className={css.of}>
              {words.after !== '' && <span className={css.after}>{words.after} · </span>}
              {title}
            </span>
          </h1>
        </>
      }
      end={
        phone ? (
          <>
            {restore && (
              <Button size="compact-sm" h={44} disabled={busy} onClick={restore.run}>
                Restore…
              </Button>
            )}
            <Menu position="bottom-end" width={230}>
              <Menu.Target>
                <IconButton label="More" size={44}>
                  <IconDots size={20} stroke={1.7} />
                </IconButton>
              </Menu.Target>
              <Menu.Dropdown>
                {onHistory && (
                  <Menu.Item leftSection={<IconHistory {...icon} />} onClick={onHistory}>
                    History
                  </Menu.Item>
                )}
                <Menu.Item leftSection={<IconCalendarTime {...icon} />} onClick={onTime}>
                  Go to a time…
                </Menu.Item>
                {comparisons}
                {acts
                  .filter(({ id }) => id !== 'restore')
                  .map(({ id, label, Icon, run, disabled }) => (
                    <Menu.Item
                      key={id}
                      leftSection={<Icon {...icon} />}
                      disabled={disabled || busy}
                      onClick={run}
                    >
                      {label}
                    </Menu.Item>
                  ))}
              </Menu.Dropdown>
            </Menu>
          </>
        ) : (
          <>
            {onHistory && kind === 'dashboard' && (
              // The other kinds have it at the edge of their panels.
              <IconButton label="History" size={34} onClick={onHistory}>
                <IconHistory size={18} stroke={1.7} />
              </IconButton>
            )}
            {comparisons && (
              <Menu position="bottom-end" width={230}>
                <Menu.Target>
                  <Button size="compact-sm" variant="default" leftSection={<IconArrowsDiff {...icon} />}>
                    Compare
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>{comparisons}</Menu.Dropdown>
              </Menu>
            )}
            {acts.map(({ id, label, Icon, run, disabled }) => (
              <Button
                key={id}
                size="compact-sm"
                {...(id === 'restore' ? {} : { variant: 'default' })}
                leftSection={<Icon {...icon} />}
                disabled={disabled || busy}
                onClick={run}
              >
                {label}
              </Button>
            ))}
          </>
        )
      }
    />
  );
}

interface Act {
  readonly id: 'name' | 'fork' | 'restore';
  readonly label: string;
  readonly Icon: typeof IconTag;
  readonly disabled: boolean;
  readonly run: () => void;
}

/** What this person may do with the moment. */
function useActs(moment: MomentRef, { label, version }: MomentWords): readonly Act[] {
  const { kind } = useLive();
  const mayChange = useMayChange();
  const mayCreate = useMayCreate();
  const admitted = useAdmitted();
  const lsn = 'lsn' in moment ? moment.lsn : null;
  const from = lsn !== null ? { lsn, label } : version !== null ? { version } : null;
  const acts: Act[] = [];
  if (mayChange && lsn !== null) {
    const run = () => ask({ is: 'name', lsn });
    acts.push({ id: 'name', label: 'Name it…', Icon: IconTag, disabled: !admitted, run });
  }
  if (mayCreate && from !== null) {
    const run = () => ask({ is: 'fork', from });
    acts.push({ id: 'fork', label: forkWords(kind), Icon: IconGitBranch, disabled: !admitted, run });
  }
  if (mayChange) {
    const run = () => ask({ is: 'restore', moment, label });
    acts.push({ id: 'restore', label: 'Restore…', Icon: IconArrowBackUp, disabled: false, run });
  }
  return acts;
}
