/** What runs in a worker thread: work on the past of documents. One job at a time. */

import { brotli } from '@tidemark/database/packer';
import { inlineBench } from '@tidemark/history/bench';
import { work } from '@tidemark/threads';
import { type Answer, type Job, perform } from './history-jobs.ts';

const bench = inlineBench(brotli);

work<Job, Answer>(
  (job) => perform(bench, job),
  // What is made here is nobody else's, unless it is a part of a larger buffer.
  (answer) => (answer instanceof Uint8Array && ownsItsBuffer(answer) ? [answer.buffer] : []),
);

function ownsItsBuffer(bytes: Uint8Array): bytes is Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength;
}
