import { Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsDiff,
  IconDots,
  IconEye,
  IconFileDiff,
  IconGitBranch,
  IconTag,
} from '@tabler/icons-react';
import { IconButton, usePhone } from '@tidemark/ui';
import type { HistoryItem, MomentRef } from '../../api/history.ts';
import { useAdmitted } from '../../editor/rights.ts';
import { LinkItem } from '../../shell/links.tsx';
import { momentSearch } from '../address.ts';
import { forkWords } from '../dialogs/fork-words.ts';
import { ask } from '../door.ts';
import { useLive, useMayChange, useMayCreate } from '../live.ts';
import { sideText } from '../side.ts';

interface Props {
  item: HistoryItem;
  moment: MomentRef;
  /** What to compare with to see what it brought; null where nothing is kept of that. */
  before: MomentRef | null;
  /** What the moment is called in questions. */
  label: string;
  opened: boolean;
  onChange: (opened: boolean) => void;
}

const icon = { size: 16, stroke: 1.7 } as const;

/** What can be done with a moment of the panel. */
export function ItemMenu({ item, moment, before, label, opened, onChange }: Props) {
  const { documentId, kind } = useLive();
  const admitted = useAdmitted();
  const mayChange = useMayChange();
  const mayCreate = useMayCreate();
  const phone = usePhone();
  const to = { to: '/d/$documentId', params: { documentId } } as const;
  const side = (at: MomentRef) => sideText({ documentId, at });
  const lsn = item.type === 'session' ? item.last : item.type === 'life' ? null : item.lsn;
  const from = item.type === 'version' ? { version: item.version } : lsn === null ? null : { lsn, label };
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-end" width={230}>
      <Menu.Target>
        <IconButton label={`Actions for ${label}`} hint="Actions" size={phone ? 44 : 26} tabIndex={-1}>
          <IconDots size={16} stroke={1.7} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        <LinkItem leftSection={<IconEye {...icon} />} {...to} search={momentSearch(moment)}>
          Look at it
        </LinkItem>
        <LinkItem leftSection={<IconArrowsDiff {...icon} />} {...to} search={{ before: side(moment) }}>
          Compare with now
        </LinkItem>
        {before && (
          <LinkItem
            leftSection={<IconFileDiff {...icon} />}
            {...to}
            search={{ before: side(before), after: side(moment) }}
          >
            What changed here
          </LinkItem>
        )}
        {mayChange && item.type !== 'version' && (
          <Menu.Item
            leftSection={<IconTag {...icon} />}
            disabled={!admitted}
            onClick={() => ask({ is: 'name', lsn })}
          >
            Name it…
          </Menu.Item>
        )}
        {mayChange && (
          <Menu.Item
            leftSection={<IconArrowBackUp {...icon} />}
            onClick={() => ask({ is: 'restore', moment, label })}
          >
            Restore…
          </Menu.Item>
        )}
        {mayCreate && from && (
          <Menu.Item
            leftSection={<IconGitBranch {...icon} />}
            disabled={!admitted}
            onClick={() => ask({ is: 'fork', from })}
          >
            {forkWords(kind)}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
