import type { Clock, Log } from '@tidemark/sync';
import type { OrphanSweep } from '../files/orphans.ts';
import type { Bin } from './bin.ts';

/** Deletes for good what has been in the bin for long enough, and then the objects that nothing refers to any more. */
export interface BinKeeper {
  /** Looks every hour, for the first time a minute after the start. */
  start(): void;
  /** Objects became free: they go soon, one sweep after the other. */
  sweepSoon(): void;
  close(): Promise<void>;
}

const firstMs = 60_000;
const everyMs = 60 * 60_000;

interface Options {
  readonly bin: Pick<Bin, 'purgeDue'>;
  readonly orphans: OrphanSweep;
  readonly clock: Clock;
  readonly journal: Log;
}

export function createBinKeeper({ bin, orphans, clock, journal }: Options): BinKeeper {
  let closed = false;
  let cancel: (() => void) | null = null;
  let cancelSweep: (() => void) | null = null;
  let work: Promise<void> = Promise.resolve();

  /** One thing after the other; a fault is told, and the next hour tries again. */
  const then = (todo: () => Promise<void>) => {
    work = work.then(todo).catch((error) => journal.error('bin-not-kept', { error }));
  };
  const sweep = async () => {
    const objects = await orphans.sweep();
    if (objects > 0) journal.info('objects-removed', { objects });
  };
  const lookIn = (ms: number) => {
    cancel = clock.after(ms, () => {
      then(async () => {
        const documents = await bin.purgeDue();
        if (documents > 0) journal.info('bin-purged', { documents });
        await sweep();
      });
      lookIn(everyMs);
    });
  };

  return {
    start: () => lookIn(firstMs),
    sweepSoon() {
      if (closed || cancelSweep !== null) return;
      cancelSweep = clock.after(0, () => {
        cancelSweep = null;
        then(sweep);
      });
    },
    async close() {
      closed = true;
      cancel?.();
      cancelSweep?.();
      await work;
    },
  };
}
