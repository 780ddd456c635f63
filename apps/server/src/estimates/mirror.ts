import {
  type EstimateView,
  estimate,
  readTexts,
  type Status,
  spliceText,
  writeStatus,
} from '@tidemark/documents/estimate';
import { createEditor, createReader, equalJson } from '@tidemark/documents/records';
import { isRefusal, type Refusal } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import * as Y from 'yjs';
import { viewOf } from './figures-of.ts';

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

/** A copy of a live estimate to try a status on. Following it again takes the try back, and costs what has changed since. */
export interface Mirror {
  readonly doc: Y.Doc;
  follow(): Promise<Sight | Refusal>;
  view(): EstimateView;
  /** Relative to the last sight. */
  prepare(status: Status, since: Sight): Prepared;
  destroy(): void;
}

/** `terms` are those that an estimate without terms of its own is submitted with: what was agreed on has to stay as it was. */
export function createMirror(
  lobby: Pick<Lobby, 'read'>,
  documentId: string,
  userId: string,
  terms = '',
): Mirror {
  const doc = new Y.Doc();
  const reader = createReader(doc, estimate);
  const editor = createEditor(doc, estimate.schema, userId);
  /** What stood before a try that came to nothing. */
  let before: Status | null = null;
  let filled = false;
  return {
    doc,
    async follow() {
      if (before) writeStatus(editor, before);
      if (filled) spliceText(editor, 'terms', '');
      before = null;
      filled = false;
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
      before = reader.view().meta.status;
      filled = status.is === 'submitted' && readTexts(doc).terms.trim() === '';
      if (filled) spliceText(editor, 'terms', terms);
      // What earlier tries wrote goes along, overwritten: nobody ever sees it.
      writeStatus(editor, status);
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

/** Writes a status, if the one before it still stands; whatever else was edited. Within an edit of the lobby. */
export function writeIfStands(live: Y.Doc, userId: string, before: Status, status: Status): boolean {
  if (!equalJson(viewOf(live).meta.status, before)) return false;
  writeStatus(createEditor(live, estimate.schema, userId), status);
  return true;
}
