/** What runs in a worker thread: one job at a time. */
import { parentPort } from 'node:worker_threads';
import { draw } from './draw.ts';
import { normalise } from './normalise.ts';
import { type Answer, fail, isFailure, type Job } from './request.ts';

async function perform(job: Job): Promise<Answer> {
  try {
    if (job.work === 'normalise') {
      const made = await normalise(job.xml);
      return isFailure(made) ? made : { xml: made };
    }
    const made = await draw(job.xml, job.options);
    return isFailure(made) ? made : { bytes: made };
  } catch (fault) {
    return fail('broken', fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
  }
}

parentPort?.on('message', async (job: Job) => {
  parentPort?.postMessage(await perform(job));
});
