import { Worker } from 'node:worker_threads';
import type { FileRefusal, FileReport } from '@tidemark/bpmn';
import { type Refusal, refuse } from '@tidemark/protocol';
import type { EstimateJob, EstimateRefusal, ReadEstimateFile } from '../estimates/file-jobs.ts';
import type { Answer, Job, Normal } from './file-thread.ts';

/** Files to documents and back, off the event loop. */
export interface FileWorker {
  /** A new document's state (v1) from the bytes of a file; its title is the one given. */
  read(
    bytes: Uint8Array,
    title: string,
  ): Promise<{ readonly state: Uint8Array; readonly report: FileReport } | FileRefusal | Refusal>;
  /** The file that a diagram's state (v1) is. */
  write(state: Uint8Array): Promise<string | Refusal>;
  /** A new estimate's state (v1) from the bytes of a .json, .xlsx or .csv file; without a title of its own it has the one given. */
  readEstimate(
    job: Omit<EstimateJob & { work: 'import-estimate' }, 'work'>,
  ): Promise<ReadEstimateFile | EstimateRefusal | Refusal>;
  /** The file that an estimate is. */
  writeEstimate(job: Omit<EstimateJob & { work: 'export-estimate' }, 'work'>): Promise<Uint8Array | Refusal>;
  /** Answers what is under way and what waits with `restarting`, and ends the thread. */
  close(): Promise<void>;
}

interface FileWorkerOptions {
  normalise(xml: string): Promise<Normal>;
  /** Milliseconds that one job may take; then its thread is ended. */
  readonly patience?: number;
  /** Milliseconds after which a thread without work ends. */
  readonly idle?: number;
  /** Jobs that wait at most; more are told to come again. */
  readonly waiting?: number;
}

const busy = () =>
  refuse('too-many-requests', 'Many files are being read at present; try again in a moment.');
const restarting = () => refuse('restarting');
const tooHard = () => refuse('too-large', 'Reading the file took too long or too much memory.');

/** One thread, one job at a time, begun when there is work. A file that is too much for it costs the thread, not the server. */
export function createFileWorker({
  normalise,
  patience = 60_000,
  idle = 60_000,
  waiting = 20,
}: FileWorkerOptions): FileWorker {
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let jobs = 0;
  let closed = false;
  /** Answers the job that is under way. */
  let settle: ((answer: Answer | null) => void) | null = null;

  async function end(): Promise<void> {
    const ending = worker;
    worker = null;
    if (timer !== null) clearTimeout(timer);
    timer = null;
    await ending?.terminate();
  }

  function begin(): Worker {
    const begun = new Worker(new URL('./file-thread.ts', import.meta.url), {
      execArgv: [], // the process's own may not fit a thread
      resourceLimits: { maxOldGenerationSizeMb: 768 },
    });
    const gone = (answer: Answer | null) => {
      if (worker !== begun) return;
      worker = null;
      settle?.(answer);
    };
    begun.on('message', async (answer: Answer) => {
      if (!('normalise' in answer)) {
        if (worker === begun) settle?.(answer);
        return;
      }
      try {
        begun.postMessage({ normal: await normalise(answer.normalise) });
      } catch (fault) {
        gone({ fault });
        await begun.terminate(); // it waits for an answer that never comes
      }
    });
    begun.on('error', (error: NodeJS.ErrnoException) =>
      gone(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? null : { fault: error }),
    );
    begun.on('exit', () => gone({ fault: new Error('The thread has ended.') }));
    begun.unref(); // last: a listener for messages makes it count again
    return begun;
  }

  /** Null: the job was too much for the thread. */
  function perform(job: Job): Promise<Answer | null> {
    if (timer !== null) clearTimeout(timer);
    worker ??= begin();
    const at = worker;
    return new Promise<Answer | null>((resolve) => {
      const timeout = setTimeout(() => settle?.(null), patience);
      settle = (answer) => {
        clearTimeout(timeout);
        settle = null;
        resolve(answer);
      };
      at.postMessage(job);
    });
  }

  async function inTurn(job: Job): Promise<Answer | Refusal> {
    if (closed) return restarting();
    if (jobs >= waiting) return busy();
    jobs += 1;
    const before = last;
    const turn = Promise.withResolvers<void>();
    last = turn.promise;
    try {
      await before;
      if (closed) return restarting();
      const answer = await perform(job);
      if (closed) return restarting();
      if (answer === null) {
        await end();
        return tooHard();
      }
      if ('fault' in answer) throw new Error(`The work "${job.work}" broke.`, { cause: answer.fault });
      return answer;
    } finally {
      jobs -= 1;
      turn.resolve();
      if (jobs === 0 && worker !== null) {
        timer = setTimeout(() => void end(), idle);
        timer.unref();
      }
    }
  }

  return {
    async read(bytes, title) {
      const answer = await inTurn({ work: 'import', bytes, title });
      if ('refusal' in answer) return answer.refusal;
      if ('refused' in answer || ('state' in answer && !('title' in answer))) return answer;
      throw new Error('The thread has answered an import with something else.');
    },
    async write(state) {
      const answer = await inTurn({ work: 'export', state });
      if ('refused' in answer) return answer;
      if ('xml' in answer) return answer.xml;
      throw new Error('The thread has answered an export with something else.');
    },
    async readEstimate(job) {
      const answer = await inTurn({ ...job, work: 'import-estimate' });
      if ('unread' in answer) return answer.unread;
      if ('title' in answer || 'refused' in answer) return answer;
      throw new Error('The thread has answered an import of an estimate with something else.');
    },
    async writeEstimate(job) {
      const answer = await inTurn({ ...job, work: 'export-estimate' });
      if ('refused' in answer) return answer;
      if ('file' in answer) return answer.file;
      throw new Error('The thread has answered an export of an estimate with something else.');
    },
    async close() {
      closed = true;
      settle?.(null);
      await end();
    },
  };
}
