/** A thread that does as its job's XML says, so that tests see threads break. */
import { parentPort } from 'node:worker_threads';
import type { Job } from './request.ts';

parentPort?.on('message', ({ xml }: Job) => {
  if (xml === 'exit') process.exit(3);
  if (xml === 'crash') throw new Error('The thread has lost its head.');
  if (xml === 'eat') {
    const eaten: number[][] = [];
    for (;;) eaten.push(new Array<number>(100_000).fill(1.5));
  }
  if (xml === 'echo') parentPort?.postMessage({ xml });
});
