/** A thread that does as its offer's title says, so that tests see threads break. */
import { parentPort } from 'node:worker_threads';
import type { Offer } from './offer.ts';

parentPort?.on('message', ({ title }: Offer) => {
  if (title === 'exit') process.exit(3);
  if (title === 'crash') throw new Error('The thread has lost its head.');
  if (title === 'eat') {
    const eaten: number[][] = [];
    for (;;) eaten.push(new Array<number>(100_000).fill(1.5));
  }
  if (title === 'echo') parentPort?.postMessage(new Uint8Array([1]));
});
