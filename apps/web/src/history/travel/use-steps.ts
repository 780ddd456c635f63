import { useNavigate } from '@tanstack/react-router';
import { momentSearch } from '../address.ts';
import type { useHistory } from '../use-history.ts';
import { type Kept, keptOf, type Steps, stepFrom } from './steps.ts';

export interface StepWays {
  /** Whether there is somewhere to step to. */
  readonly back: boolean;
  readonly forward: boolean;
  /** Whether `lsn` lies in the time of which only versions are kept. */
  readonly isThinned: boolean;
  /** One stored edit on, or to the next version where edits are thinned. `go`: to an edit. */
  step(by: 1 | -1): void;
}

/** The ways from one moment to the one next to it. */
export function useSteps(
  { data, hasNextPage, fetchNextPage }: ReturnType<typeof useHistory>,
  lsn: number | null,
  go: (lsn: number) => void,
): StepWays {
  const navigate = useNavigate({ from: '/d/$documentId' });
  const page = data?.pages[0];
  const thinned = page?.detail.lsn ?? 0;
  const head = page?.head.lsn ?? 0;
  const stepsOf = (pages = data?.pages ?? []): Steps => {
    const items = pages.flatMap((one) => one.items);
    return { thinned, head, kept: keptOf(items, thinned) };
  };
  const known = lsn === null ? null : stepsOf();
  const isInThinned = lsn !== null && lsn <= thinned;

  async function step(by: 1 | -1): Promise<void> {
    if (lsn === null || known === null) return;
    let found = stepFrom(known, lsn, by);
    // Versions of long ago stand on pages that nobody has looked at yet.
    for (let more = hasNextPage; by < 0 && found === null && thinned > 0 && more; ) {
      const next = await fetchNextPage();
      found = stepFrom(stepsOf(next.data?.pages), lsn, by);
      more = next.hasNextPage && !next.isError;
    }
    if (found !== null) to(found);
  }

  function to({ lsn: there, ref }: Kept): void {
    if (there > thinned) go(there);
    else void navigate({ search: momentSearch(ref), replace: true });
  }

  return {
    back:
      known !== null && lsn !== null && (stepFrom(known, lsn, -1) !== null || (thinned > 0 && hasNextPage)),
    forward: known !== null && lsn !== null && stepFrom(known, lsn, 1) !== null,
    isThinned: isInThinned,
    step: (by) => void step(by),
  };
}
