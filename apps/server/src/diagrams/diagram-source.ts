import { isRefusal, type Refusal } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import * as Y from 'yjs';
import type { FileWorker } from '../files/file-worker.ts';

/** A diagram as it is now. */
export interface DiagramFile {
  /** BPMN 2.0, the same bytes wherever the diagram is the same. */
  readonly xml: string;
  readonly epoch: number;
  readonly head: number;
}

/** Reads diagrams out of their live documents; the file is written off the event loop. */
export type DiagramSource = (documentId: string) => Promise<DiagramFile | Refusal>;

export function createDiagramSource(
  lobby: Pick<Lobby, 'read'>,
  worker: Pick<FileWorker, 'write'>,
): DiagramSource {
  return async (documentId) => {
    const read = await lobby.read(documentId, (doc, at) => ({ state: Y.encodeStateAsUpdate(doc), ...at }));
    if (isRefusal(read)) return read;
    const { state, epoch, head } = read;
    const xml = await worker.write(state);
    return isRefusal(xml) ? xml : { xml, epoch, head };
  };
}
