import { Menu } from '@mantine/core';
import {
  IconArrowsDiff,
  IconBraces,
  IconCsv,
  IconDots,
  IconEye,
  IconFileDollar,
  IconFileSpreadsheet,
  IconGitBranch,
  IconLock,
  IconTag,
} from '@tabler/icons-react';
import { formatMoney } from '@tidemark/estimating';
import { IconButton, usePhone } from '@tidemark/ui';
import { type Version, versionFile } from '../../api/versions.ts';
import { useAdmitted, useMayEdit } from '../../editor/rights.ts';
import { ask } from '../../history/door.ts';
import { sideText } from '../../history/side.ts';
import { LinkItem } from '../../shell/links.tsx';
import { timeAgo, timeInFull } from '../../shell/time.ts';
import { bidStep } from './version-words.ts';
import css from './versions.module.css';

interface Props {
  version: Version;
  /** The one before it, where it is known. */
  before: Version | null;
}

const icon = { size: 16, stroke: 1.7 };

/** One state that is kept for good: what it was, who kept it, what it bid. */
export function VersionRow({ version, before }: Props) {
  const { number, kind, name, note, at, by, totals, parent } = version;
  const step = bidStep(version, before);
  const Icon = kind === 'submitted' ? IconLock : IconTag;
  const elsewhere = parent !== null && parent.documentId !== version.documentId;
  return (
    <li className={css.version}>
      <span className={css.name}>
        <Icon size={14} stroke={1.8} aria-hidden />#{number} {name || 'Submitted'}
        {kind === 'submitted' && name !== '' && <span className={css.kind}>submitted</span>}
      </span>
      <span className={css.bid}>{totals && formatMoney(totals.bid, totals.currency)}</span>
      <VersionMenu version={version} />
      <span className={css.about}>
        <span title={timeInFull(at)}>{timeAgo(at)}</span>
        {by.name !== '' && ` · ${by.name}`}
      </span>
      {step && (
        <span
          className={css.step}
          data-way={step.way}
          title={before ? `Against #${before.number}${elsewhere ? ' of the estimate it came from' : ''}` : ''}
        >
          {step.text}
        </span>
      )}
      {note !== '' && <p className={css.said}>{note}</p>}
    </li>
  );
}

const files = [
  { format: 'pdf', label: 'Proposal as PDF', Icon: IconFileDollar },
  { format: 'xlsx', label: 'Excel workbook', Icon: IconFileSpreadsheet },
  { format: 'csv', label: 'CSV, the lines', Icon: IconCsv },
  { format: 'json', label: 'JSON, all of it', Icon: IconBraces },
] as const;

function VersionMenu({ version }: { version: Version }) {
  const admitted = useAdmitted();
  const mayEdit = useMayEdit();
  const phone = usePhone();
  return (
    <span className={css.more}>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <IconButton label={`Actions for version ${version.number}`} hint="Actions" size={phone ? 40 : 28}>
            <IconDots size={16} stroke={1.7} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <LinkItem
            leftSection={<IconEye {...icon} />}
            to="/d/$documentId"
            params={{ documentId: version.documentId }}
            search={{ version: version.id }}
          >
            Look at it
          </LinkItem>
          <LinkItem
            leftSection={<IconArrowsDiff {...icon} />}
            to="/d/$documentId"
            params={{ documentId: version.documentId }}
            search={{ before: sideText({ documentId: version.documentId, at: { versionId: version.id } }) }}
          >
            Compare with now
          </LinkItem>
          {mayEdit && (
            <Menu.Item
              leftSection={<IconGitBranch {...icon} />}
              disabled={!admitted}
              onClick={() => ask({ is: 'fork', from: { version } })}
            >
              New version from this…
            </Menu.Item>
          )}
          <Menu.Label>Download it</Menu.Label>
          {files.map(({ format, label, Icon }) => (
            <Menu.Item
              key={format}
              component="a"
              href={versionFile(version, format)}
              download
              disabled={!admitted}
              leftSection={<Icon {...icon} />}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}
