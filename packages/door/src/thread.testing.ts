/** A thread that does as the first byte of its job's log says, so that tests see threads break. */
import { parentPort } from 'node:worker_threads';
import type { Job } from './thread.ts';

export const deed = { echo: 0, exit: 1, crash: 2, hang: 3 } as const;

parentPort?.on('message', ({ log }: Job) => {
  const [first] = new Uint8Array(log.buffer);
  if (first === deed.exit) process.exit(3);
  if (first === deed.crash) throw new Error('The thread has lost its head.');
  if (first === deed.echo) parentPort?.postMessage({ made: log });
});
