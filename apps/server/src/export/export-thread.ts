/** What runs in a worker thread: documents are made of what is stored, and written. */
import { brotli } from '@tidemark/database/packer';
import { kinds } from '@tidemark/documents';
import { unpackEntries } from '@tidemark/history';
import { createBenchFunctions } from '@tidemark/history/bench';
import { work } from '@tidemark/threads';
import * as Y from 'yjs';
import { type ExportDone, type ExportJob, lineOf } from './export-jobs.ts';

const bench = createBenchFunctions(brotli);

work<ExportJob, ExportDone>((job) => {
  if (job.work === 'lines') {
    const entries = unpackEntries(job.segment.content, brotli);
    const wanted = entries.filter(({ lsn }) => lsn > job.after && lsn <= job.upTo);
    return Buffer.from(wanted.map(lineOf).join(''));
  }
  const state = bench.stateAt(job.material, job.lsn);
  if (job.work === 'state' || !(state instanceof Uint8Array)) return state;
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const { content, check } = kinds[job.kind];
  return { state, content: JSON.stringify({ content: content(doc), findings: check(doc) }) };
});
