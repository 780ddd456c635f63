/** What runs in a worker thread: the engine's heavy work, one job at a time. */
import { parentPort } from 'node:worker_threads';
import type { Unreadable } from '@tidemark/sync';
import { compact, diff, isUnreadable, slice } from '@tidemark/sync/workbench';
import { type Parcel, pack, unpack } from './parcel.ts';

export type Work = 'compact' | 'slice' | 'diff';

export interface Job {
  readonly work: Work;
  readonly log: Parcel;
  /** Of `diff` alone. */
  readonly stateVectors: Parcel;
}

/** `fault` is what a bug threw; the thread is as good as before. */
export type Answer =
  | { readonly made: Parcel }
  | { readonly unreadable: string }
  | { readonly fault: unknown };

function perform({ work, log, stateVectors }: Job): readonly Uint8Array[] | Unreadable {
  switch (work) {
    case 'compact': {
      const state = compact(unpack(log));
      return isUnreadable(state) ? state : [state];
    }
    case 'slice':
      return slice(unpack(log));
    case 'diff':
      return diff(unpack(log), unpack(stateVectors));
  }
}

function answer(job: Job): Answer {
  try {
    const made = perform(job);
    return isUnreadable(made) ? made : { made: pack(made) };
  } catch (fault) {
    return { fault };
  }
}

parentPort?.on('message', (job: Job) => {
  const said = answer(job);
  parentPort?.postMessage(said, 'made' in said ? [said.made.buffer] : []);
});
