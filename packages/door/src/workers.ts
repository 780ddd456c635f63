import type { Unreadable, Workbench } from '@tidemark/sync';
import { Bench, type BenchOptions } from './bench.ts';
import { packSlowly, unpack } from './parcel.ts';
import type { Work } from './thread.ts';

/** The engine's workbench in worker threads. */
export interface Workers extends Workbench {
  /** Rejects what is under way and ends the threads. */
  close(): Promise<void>;
}

const defaults: BenchOptions = { threads: 2, standing: 1, idle: 30_000, patience: 120_000 };

/** One thread stands ready; another is started when there is work for it. They never keep the process alive. */
export function createWorkers(options: Partial<BenchOptions> = {}): Workers {
  return workersOf(new Bench(new URL('./thread.ts', import.meta.url), { ...defaults, ...options }));
}

export function workersOf(bench: Bench): Workers {
  async function make(
    work: Work,
    log: readonly Uint8Array[],
    stateVectors: readonly Uint8Array[] = [],
  ): Promise<readonly Uint8Array[] | Unreadable> {
    const job = { work, log: await packSlowly(log), stateVectors: await packSlowly(stateVectors) };
    const answer = await bench.do(job);
    if ('fault' in answer) throw new Error(`The work "${work}" broke.`, { cause: answer.fault });
    return 'made' in answer ? unpack(answer.made) : answer;
  }
  return {
    async compact(log) {
      const made = await make('compact', log);
      if ('unreadable' in made) return made;
      const [state] = made;
      if (state === undefined) throw new Error('The thread has answered with nothing.');
      return state;
    },
    slice: (log) => make('slice', log),
    diff: (log, stateVectors) => make('diff', log, stateVectors),
    close: () => bench.close(),
  };
}
