/** What runs in a worker thread: files to documents and back. One job at a time. */
import { parentPort } from 'node:worker_threads';
import { exportBpmn, type FileRefusal, type FileReport, importFile, isFileRefusal } from '@tidemark/bpmn';
import { kinds } from '@tidemark/documents';
import { diagram, setTitle } from '@tidemark/documents/diagram';
import { createEditor, createReader } from '@tidemark/documents/records';
import * as Y from 'yjs';
import {
  type EstimateJob,
  type EstimateRefusal,
  isEstimateJob,
  performEstimate,
  type ReadEstimateFile,
} from '../estimates/file-jobs.ts';

export type Job =
  | EstimateJob
  | { readonly work: 'import'; readonly bytes: Uint8Array; readonly title: string }
  | { readonly work: 'export'; readonly state: Uint8Array };

/** What `normalise` of the pictures answers, asked for by the thread in the middle of an import. */
export type Normal = string | { readonly failed: string; readonly detail: string };

/** `normalise` is a question, all else ends the job; `fault` is what a bug threw. */
export type Answer =
  | { readonly normalise: string }
  | { readonly state: Uint8Array; readonly report: FileReport }
  | { readonly refusal: FileRefusal }
  | ReadEstimateFile
  | { readonly unread: EstimateRefusal }
  | { readonly file: Uint8Array }
  | { readonly xml: string }
  | { readonly fault: unknown };

type Message = Job | { readonly normal: Normal };

/** What is left when somebody has removed all there was. */
const nothing =
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="http://bpmn.io/schema/bpmn"/>';

let asked: ((normal: Normal) => void) | null = null;

function normalise(xml: string): Promise<Normal> {
  parentPort?.postMessage({ normalise: xml } satisfies Answer);
  return new Promise((resolve) => {
    asked = resolve;
  });
}

async function perform(job: Job): Promise<Answer> {
  const doc = new Y.Doc();
  try {
    if (isEstimateJob(job)) return await performEstimate(job, doc);
    if (job.work === 'export') {
      Y.applyUpdate(doc, job.state);
      const reader = createReader(doc, diagram);
      const view = reader.view();
      reader.destroy();
      return { xml: view.root === null ? nothing : await exportBpmn(view) };
    }
    const report = await importFile(doc, job.bytes, { decode, normalise });
    if (isFileRefusal(report)) return { refusal: report };
    setTitle(createEditor(doc, kinds.diagram.schema), job.title);
    return { state: Y.encodeStateAsUpdate(doc), report };
  } catch (fault) {
    return { fault };
  } finally {
    doc.destroy();
  }
}

function decode(bytes: Uint8Array, encoding: string): string {
  return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
}

parentPort?.on('message', async (message: Message) => {
  if ('normal' in message) asked?.(message.normal);
  else parentPort?.postMessage(await perform(message));
});
