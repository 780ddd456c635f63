/** What runs in a worker thread. */
import { work } from '@tidemark/threads';
import { draw } from './draw.ts';
import { normalise } from './normalise.ts';
import { type Answer, isFailure, type Job } from './request.ts';

work<Job, Answer>(async (job) => {
  if (job.work === 'normalise') {
    const made = await normalise(job.xml);
    return isFailure(made) ? made : { xml: made };
  }
  const made = await draw(job.xml, job.options);
  return isFailure(made) ? made : { bytes: made };
});
