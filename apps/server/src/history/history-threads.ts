import { type Cancel, Cancelled, type HistoryBench } from '@tidemark/history';
import { isFailure, type ThreadFailureCode, Threads } from '@tidemark/threads';
import type { Answer, AnswerTo, Job } from './history-jobs.ts';
import { type Parcel, packMaterial } from './parcel.ts';

/** The bench in threads. */
export interface HistoryThreads extends HistoryBench {
  /** Threads that are there; none before the first question. */
  readonly threads: number;
  /** Rejects what is under way and what waits, and ends the threads. */
  close(): Promise<void>;
}

/** A thread that has not done its work, and why. */
export class BenchFailure extends Error {
  override name = 'BenchFailure';
  readonly code: ThreadFailureCode;
  constructor(code: ThreadFailureCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Milliseconds that one piece of work may take: far longer than any takes, for the thread is ended then. */
const timeoutMs = 120_000;

/**
 * Two threads at most, begun when there is work. What somebody waits for goes before what is packed and settled, and one of the threads
 * does nothing else, so that a moment never waits for a long job that nobody waits for.
 */
export function createHistoryThreads(): HistoryThreads {
  const threads = new Threads<Job, Answer>(new URL('./history-thread.ts', import.meta.url), {
    threads: 2,
    reserved: 1,
    timeoutMs,
    idleMs: 60_000,
    memoryMb: 1_024,
    waiting: 200,
    words: {
      'too-slow': 'Reading the history took too long.',
      'out-of-memory': 'Reading the history took too much memory.',
      busy: 'Much history is being read at present; try again in a moment.',
      closed: 'The server is closing.',
    },
  });

  async function ask<W extends Job['work']>(
    job: Extract<Job, { work: W }>,
    parcels: readonly Parcel[],
    wish: { urgent: boolean; cancel?: Cancel | undefined } = { urgent: false },
  ): Promise<AnswerTo<W>> {
    const answer = await threads.do(job, {
      transfer: parcels.map(({ bytes }) => bytes.buffer),
      urgent: wish.urgent,
      ...(wish.cancel ? { signal: signalOf(wish.cancel) } : {}),
    });
    if (isFailure(answer)) throw new BenchFailure(answer.failed, answer.detail);
    // Each work gives what the function of its name gives: `perform` is checked for it.
    return answer as AnswerTo<W>;
  }

  return {
    get threads() {
      return threads.threads;
    },
    stateAt(given, lsn, cancel) {
      const material = packMaterial(given);
      return ask<'stateAt'>({ work: 'stateAt', material, lsn }, [material], { urgent: true, cancel });
    },
    changes({ before, after, between, thinned, ...comparison }, cancel) {
      const job = {
        ...{ work: 'changes' as const, comparison },
        before: packMaterial(before),
        after: packMaterial(after),
        between: packMaterial({ ...between, start: null }),
        thinned: thinned && { ...thinned, material: packMaterial(thinned.material) },
      };
      const parcels = [job.before, job.after, job.between, ...(job.thinned ? [job.thinned.material] : [])];
      return ask<'changes'>(job, parcels, { urgent: true, cancel });
    },
    pack(given, range) {
      const material = packMaterial(given);
      return ask<'pack'>({ work: 'pack', material, range }, [material]);
    },
    packedState(given, lsn) {
      const material = packMaterial(given);
      return ask<'packedState'>({ work: 'packedState', material, lsn }, [material]);
    },
    sessions(given, range, open) {
      const material = packMaterial(given);
      return ask<'sessions'>({ work: 'sessions', material, range, open }, [material]);
    },
    close: () => threads.close(),
  };
}

/** Aborted with `Cancelled` when the wish is no more. */
function signalOf(cancel: Cancel): AbortSignal {
  const controller = new AbortController();
  if (cancel.cancelled) controller.abort(new Cancelled());
  else cancel.onCancel(() => controller.abort(new Cancelled()));
  return controller.signal;
}

/** The other way round: a request that was closed. */
export function cancelOf(signal: AbortSignal): Cancel {
  return {
    get cancelled() {
      return signal.aborted;
    },
    onCancel(run) {
      signal.addEventListener('abort', run, { once: true });
      return () => signal.removeEventListener('abort', run);
    },
  };
}
