import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowsDiff, IconGitBranch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AppBar, usePhone } from '@tidemark/ui';
import type { MomentRef } from '../../api/history.ts';
import { versionQuery } from '../../api/versions.ts';
import { useMayEdit } from '../../editor/rights.ts';
import { nounOf, untitled } from '../../shell/kind-words.ts';
import { LinkButton } from '../../shell/links.tsx';
import { usePageTitle } from '../../shell/page-title.ts';
import { ask } from '../door.ts';
import { useLive } from '../live.ts';
import { sideText } from '../side.ts';
import { useTitle } from '../use-title.ts';
import css from './travel.module.css';

interface Props {
  moment: MomentRef;
  /** What it is called. */
  label: string;
}

/** Which moment is looked at, and what can be done with it. */
export function TravelBar({ moment, label }: Props) {
  const { documentId, kind } = useLive();
  const mayEdit = useMayEdit();
  const phone = usePhone();
  const title = useTitle() || untitled(kind);
  const versionId = 'versionId' in moment ? moment.versionId : null;
  const { data: version } = useQuery({
    ...versionQuery(documentId, versionId ?? ''),
    enabled: versionId !== null,
  });
  usePageTitle(`${label} of ${title}`);
  const from = 'lsn' in moment ? { lsn: moment.lsn, label } : version ? { version } : null;
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
            {label}
            <span className={css.of}>{title}</span>
          </h1>
        </>
      }
      end={
        <>
          <LinkButton
            to="/d/$documentId"
            params={{ documentId }}
            search={{ before: sideText({ documentId, at: moment }) }}
            size="compact-sm"
            variant="default"
            aria-label="Compare with now"
            leftSection={<IconArrowsDiff size={15} stroke={1.8} />}
          >
            {phone ? 'Compare' : 'Compare with now'}
          </LinkButton>
          {mayEdit && !phone && from && (
            <Button
              size="compact-sm"
              leftSection={<IconGitBranch size={15} stroke={1.8} />}
              onClick={() => ask({ is: 'fork', from })}
            >
              {kind === 'estimate' ? 'New version from this…' : 'New document from this…'}
            </Button>
          )}
        </>
      }
    />
  );
}
