import { availableParallelism, totalmem } from 'node:os';

/** What the process may use, in cores and bytes. */
interface Machine {
  readonly cores: number;
  readonly memory: number;
}

/** A container may have less than its machine; where nothing limits it, the limit is 0 or more than there is. */
function thisMachine(): Machine {
  const limit = process.constrainedMemory();
  return {
    cores: availableParallelism(),
    memory: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
  };
}

/** Threads that draw: large diagrams take one of them to 0.6 GB, beside Postgres and everything else. */
export function pictureThreads({ cores, memory }: Machine = thisMachine()): number {
  return cores >= 2 && memory >= 3.5 * 1024 ** 3 ? 2 : 1;
}
