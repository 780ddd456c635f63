import { type EstimateView, estimate, type Status, writeStatus } from '@tidemark/documents/estimate';
import { createEditor, createReader } from '@tidemark/documents/records';
import { isRefusal, type Refusal } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import * as Y from 'yjs';

/** Where a live document stood when it was looked at. */
export interface Sight {
  readonly epoch: number;
  /** What a later look is compared with. */
  readonly snapshot: Y.Snapshot;
  readonly stateVector: Uint8Array;
}

/** A status as it would be: the update that brings it about, and the whole state with it. */
export interface Prepared {
  readonly update: Uint8Array;
  readonly state: Uint8Array;
}

/** A copy of a live estimate to try a status on. Following it again costs what has changed since. */
export interface Mirror {
  readonly doc: Y.Doc;
  follow(): Promise<Sight | Refusal>;
  view(): EstimateView;
  /** Relative to the last sight. */
  prepare(status: Status, since: Sight): Prepared;
  destroy(): void;
}

export function createMirror(lobby: Pick<Lobby, 'read'>, documentId: string, userId: string): Mirror {
  const doc = new Y.Doc();
  const reader = createReader(doc, estimate);
  return {
    doc,
    async follow() {
      const have = Y.encodeStateVector(doc);
      const seen = await lobby.read(documentId, (live, { epoch }) => ({
        news: Y.encodeStateAsUpdate(live, have),
        sight: { epoch, snapshot: Y.snapshot(live), stateVector: Y.encodeStateVector(live) },
      }));
      if (isRefusal(seen)) return seen;
      Y.applyUpdate(doc, seen.news);
      return seen.sight;
    },
    view: () => reader.view(),
    prepare(status, { stateVector }) {
      // What an earlier try wrote stands below it, overwritten: nobody has seen it.
      writeStatus(createEditor(doc, estimate.schema, userId), status);
      return { update: Y.encodeStateAsUpdate(doc, stateVector), state: Y.encodeStateAsUpdate(doc) };
    },
    destroy() {
      reader.destroy();
      doc.destroy();
    },
  };
}

/** Makes the prepared edit, if the document still is as it was seen. Within an edit of the lobby. */
export function applyIfUnmoved(live: Y.Doc, { snapshot }: Sight, { update }: Prepared): boolean {
  if (!Y.equalSnapshots(Y.snapshot(live), snapshot)) return false;
  Y.applyUpdate(live, update);
  return true;
}
