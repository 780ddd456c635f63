import { useQuery } from '@tanstack/react-query';
import type { MomentRef, Stop } from '../../api/history.ts';
import { type Version, versionQuery } from '../../api/versions.ts';
import { timeInFull } from '../../shell/time.ts';
import { useLive } from '../live.ts';
import { momentWords } from '../moment-words.ts';
import { useSideLabel } from '../use-side.ts';
import { versionTitle } from '../version-title.ts';

export interface MomentWords {
  /** "Nov 3, 2026, 14:05:12", "Version 2 · Offer". */
  readonly label: string;
  /** "after Ana’s work"; '' where nobody is known. */
  readonly after: string;
  /** A sentence about it, or ''. */
  readonly note: string;
  /** Null where no version is looked at, or it is not known yet. */
  readonly version: Version | null;
}

/** What the moment is called; at once that of the stop under the hand. */
export function useMomentWords(
  moment: MomentRef,
  stop: Stop | null,
  nameOf: (userId: string | null) => string,
): MomentWords {
  const { documentId } = useLive();
  const versionId = 'versionId' in moment ? moment.versionId : null;
  const { data: version = null } = useQuery({
    ...versionQuery(documentId, versionId ?? ''),
    enabled: versionId !== null,
  });
  const label = useSideLabel({ documentId, at: moment });
  if (stop !== null) {
    const name = nameOf(stop.by);
    return {
      label: momentWords(stop.at),
      after: name === '' ? '' : `after ${name}’s work`,
      note: '',
      version: null,
    };
  }
  if (version === null) return { label, after: '', note: '', version };
  const { kind, at, by, note } = version;
  const kept = `${kind === 'submitted' ? 'Submitted' : 'Named'} on ${timeInFull(at)}${by.name === '' ? '' : ` by ${by.name}`}.`;
  return {
    label: versionTitle(version),
    after: '',
    note: note === '' ? kept : `${kept} “${note}”`,
    version,
  };
}
