import { Button, Checkbox } from '@mantine/core';
import type { Change } from '@tidemark/documents';
import type { Past } from '@tidemark/documents/records';
import css from './change-list.module.css';
import { useChangeActs } from './use-change-acts.ts';

interface Props {
  change: Change;
  before: Past;
  /** Null where it is what stands there now. */
  after: Past | null;
  /** What the earlier side is called. */
  label: string;
}

/** What can be done about the change that is chosen. */
export function ChangeActions({ change, ...compared }: Props) {
  const { acts, belongings, reopened } = useChangeActs(change, compared);
  if (acts.length === 0) return null;
  return (
    <div className={css.actions}>
      {acts.map(({ label, Icon, busy, run }) => (
        <Button
          key={label}
          size="compact-xs"
          variant="default"
          loading={busy}
          leftSection={<Icon size={14} stroke={1.8} />}
          onClick={run}
        >
          {label}
        </Button>
      ))}
      {belongings && (
        <Checkbox
          size="xs"
          label={`and ${belongings.words}`}
          checked={belongings.wanted}
          onChange={({ currentTarget }) => belongings.want(currentTarget.checked)}
        />
      )}
      {reopened.map((words) => (
        <span key={words} className={css.besides}>
          So that it shows, {words}.
        </span>
      ))}
    </div>
  );
}
