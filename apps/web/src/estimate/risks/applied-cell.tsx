import { Checkbox } from '@mantine/core';
import type { Applied, RiskView } from '@tidemark/documents/estimate';
import { useSession } from '../../editor/context.ts';
import css from './register.module.css';

interface Props {
  risk: RiskView;
  name: string;
  /** Who applied it, where that is known. */
  by: string | null;
  planned: boolean;
  mayChange: boolean;
  onApply: (by: Applied | null) => void;
}

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });

/** Whether a mitigation counts, by whose decision and since when. */
export function AppliedCell({ risk, name, by, planned, mayChange, onApply }: Props) {
  const { me } = useSession();
  const { applied } = risk;
  if (!planned) return null;
  return (
    <Checkbox
      size="xs"
      radius={4}
      classNames={{ root: css.applied, label: css.appliedLabel, body: css.appliedBody }}
      data-cell="who"
      checked={applied !== null}
      disabled={!mayChange}
      aria-label={`Mitigation of ${name} is applied`}
      title={applied === null ? 'Count it with these figures and this cost' : wordsOf(applied, by)}
      label={applied === null ? 'Apply' : wordsOf(applied, by)}
      onChange={(event) =>
        onApply(event.currentTarget.checked ? { at: new Date().toISOString(), by: me.id } : null)
      }
    />
  );
}

/** "Ana Diaz, 21 Nov"; what is not known is left out. */
export function wordsOf({ at }: Applied, by: string | null): string {
  const time = Date.parse(at);
  const words = [by ?? '', Number.isNaN(time) ? '' : day.format(time)].filter(Boolean).join(', ');
  return words || 'Applied';
}
