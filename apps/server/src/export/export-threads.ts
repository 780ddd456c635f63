import { isFailure, Threads } from '@tidemark/threads';
import type { Content, ExportDone, ExportJob } from './export-jobs.ts';

/** The work of exports, in one thread: nobody's typing waits for it. Each call rejects with a fault when the thread breaks. */
export interface ExportThreads {
  /** The state and the typed view at an LSN; or why it cannot be read. */
  content(
    job: Omit<Extract<ExportJob, { work: 'content' }>, 'work'>,
  ): Promise<Content | { readonly unreadable: string }>;
  state(
    job: Omit<Extract<ExportJob, { work: 'state' }>, 'work'>,
  ): Promise<Uint8Array | { readonly unreadable: string }>;
  /** Entries of a segment as lines. */
  lines(job: Omit<Extract<ExportJob, { work: 'lines' }>, 'work'>): Promise<Uint8Array>;
  close(): Promise<void>;
}

export function createExportThreads(): ExportThreads {
  const threads = new Threads<ExportJob, ExportDone>(new URL('./export-thread.ts', import.meta.url), {
    threads: 1,
    timeoutMs: 120_000,
    idleMs: 60_000,
    memoryMb: 1_024,
    waiting: 100,
    words: {
      'too-slow': 'Reading a document for an export took too long.',
      'out-of-memory': 'Reading a document for an export took too much memory.',
      busy: 'Too many exports are being written.',
      closed: 'The server is closing.',
    },
  });
  const ask = async (job: ExportJob): Promise<ExportDone> => {
    const done = await threads.do(job);
    if (isFailure(done)) throw new Error(`${done.failed}: ${done.detail}`);
    return done;
  };
  const wrong = () => new Error('The thread of exports has answered something else.');
  return {
    async content(job) {
      const done = await ask({ work: 'content', ...job });
      if (done instanceof Uint8Array) throw wrong();
      return done;
    },
    async state(job) {
      const done = await ask({ work: 'state', ...job });
      if ('content' in done) throw wrong();
      return done;
    },
    async lines(job) {
      const done = await ask({ work: 'lines', ...job });
      if (!(done instanceof Uint8Array)) throw wrong();
      return done;
    },
    close: () => threads.close(),
  };
}
