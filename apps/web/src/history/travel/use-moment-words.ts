import { useQuery } from '@tanstack/react-query';
import type { MomentRef } from '../../api/history.ts';
import { type Version, versionQuery } from '../../api/versions.ts';
import { useIsGone, useLive } from '../live.ts';
import { momentWords } from '../moment-words.ts';
import { countOf } from '../scrubber/period.ts';
import { useSideLabel } from '../use-side.ts';
import { versionTitle } from '../version-title.ts';
import type { Travel } from './use-travel.ts';

export interface MomentWords {
  /** "Nov 3, 2026, 14:05:12", "Version 2 · Offer". */
  readonly label: string;
  /** "after Ana’s work, edit 12 of 40", "edit 7 of 40, by Ana"; '' where nothing is known. */
  readonly after: string;
  /** "Nov 3, 2026, 14:05:12, edit 7 of 40, Ana": of the thumb. */
  readonly spoken: string;
  /** A sentence about it, or ''. */
  readonly note: string;
  /** Null where no version is looked at, or it is not known yet. */
  readonly version: Version | null;
}

/** What the moment is called; at once that of what is under the hand. */
export function useMomentWords(
  moment: MomentRef,
  { stop, edit, period, lsn, steps }: Pick<Travel, 'stop' | 'edit' | 'period' | 'lsn' | 'steps'>,
  nameOf: (userId: string | null) => string,
): MomentWords {
  const { documentId } = useLive();
  const gone = useIsGone();
  const versionId = 'versionId' in moment ? moment.versionId : null;
  const { data: version = null } = useQuery({
    ...versionQuery(documentId, versionId ?? ''),
    enabled: versionId !== null && !gone,
  });
  // Of an edit the timeline knows when and by whom.
  const told = useSideLabel({ documentId, at: edit === null ? moment : null });
  const thinned = steps.isThinned
    ? 'Single edits of this time are no longer kept: a step leads to the next version.'
    : '';
  if (edit !== null || (versionId === null && period !== null && lsn !== null)) {
    const name = edit === null ? '' : nameOf(edit.by);
    const count = period === null || lsn === null ? '' : countWords(countOf(period, lsn));
    const label = edit === null ? told : momentWords(edit.at);
    return {
      label,
      after: (stop === null
        ? [count, name === '' ? '' : `by ${name}`]
        : [name === '' ? '' : `after ${name}’s work`, count]
      )
        .filter(Boolean)
        .join(', '),
      spoken: [label, count, name].filter(Boolean).join(', '),
      note: '',
      version: null,
    };
  }
  if (version === null) return { label: told, after: '', spoken: told, note: thinned, version };
  const { kind, at, by, note } = version;
  const kept = `${kind === 'submitted' ? 'Submitted' : 'Named'} on ${momentWords(at)}${by.name === '' ? '' : ` by ${by.name}`}.`;
  const label = versionTitle(version);
  return {
    label,
    after: '',
    spoken: label,
    note: [note === '' ? kept : `${kept} “${note}”`, thinned].filter(Boolean).join(' '),
    version,
  };
}

const countWords = ({ nth, of }: { nth: number; of: number }): string =>
  `edit ${nth.toLocaleString('en')} of ${of.toLocaleString('en')}`;
