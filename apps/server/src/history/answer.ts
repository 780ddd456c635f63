import { Cancelled } from '@tidemark/history';
import { type Refusal, type RefusalCode, refuse } from '@tidemark/protocol';
import type { ThreadFailureCode } from '@tidemark/threads';
import { BenchFailure } from './history-threads.ts';

const codes: Readonly<Record<ThreadFailureCode, RefusalCode>> = {
  busy: 'too-many-requests',
  closed: 'restarting',
  'too-slow': 'too-large',
  'out-of-memory': 'too-large',
  broken: 'internal',
};

/**
 * What work on the past gives, or why it gave nothing: a bench that is busy or closing is a refusal, and so is a wish that was withdrawn, which nobody
 * reads. Faults stay faults.
 */
export async function answered<T>(work: Promise<T>): Promise<T | Refusal> {
  try {
    return await work;
  } catch (fault) {
    if (fault instanceof Cancelled) return refuse('restarting', 'Nobody waits for the answer any more.');
    if (fault instanceof BenchFailure && fault.code !== 'broken')
      return refuse(codes[fault.code], fault.message);
    throw fault;
  }
}
