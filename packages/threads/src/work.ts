import { parentPort, type Transferable } from 'node:worker_threads';
import { failBroken } from './failure.ts';

/**
 * What the script of a thread calls, once: `perform` gets one job after the other, and what it gives is the answer. What it throws is
 * answered `broken`. `transferOf` names the buffers of an answer that are handed over.
 */
export function work<Job, Done>(
  perform: (job: Job) => Promise<Done> | Done,
  transferOf: (done: Done) => readonly Transferable[] = () => [],
): void {
  const port = parentPort;
  if (port === null) throw new Error('This is no worker thread.');
  port.on('message', async (job: Job) => {
    try {
      const done = await perform(job);
      port.postMessage(done, transferOf(done));
    } catch (fault) {
      port.postMessage(failBroken(fault));
    }
  });
}
