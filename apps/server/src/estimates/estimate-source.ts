import { type EstimateView, readTexts } from '@tidemark/documents/estimate';
import { isRefusal, type Refusal } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import * as Y from 'yjs';
import * as z from 'zod';
import type { Reader } from '../company/reader.ts';
import { invalid } from '../http/problems.ts';
import type { Versions } from '../versions/versions.ts';
import { viewOf } from './figures-of.ts';

/** An estimate at one moment. */
export interface EstimateState {
  readonly view: EstimateView;
  readonly texts: ReturnType<typeof readTexts>;
}

/** Reads an estimate as it is now or, by the id of a version, as it was frozen. Whether the reader may is for the caller to ask. */
export type EstimateSource = (
  reader: Reader,
  documentId: string,
  version?: string,
) => Promise<EstimateState | Refusal>;

export function createEstimateSource(
  lobby: Pick<Lobby, 'read'>,
  versions: Pick<Versions, 'state'>,
): EstimateSource {
  return async (reader, documentId, version) => {
    if (version === undefined) {
      const read = await lobby.read(documentId, (doc) => stateOf(doc));
      return isRefusal(read) ? read : { ...read };
    }
    const known = z.uuid().safeParse(version).success;
    const state = known ? await versions.state(reader, documentId, version) : null;
    if (state === null) return invalid({ version: 'is none of this document' });
    const doc = new Y.Doc();
    try {
      Y.applyUpdate(doc, state);
      return stateOf(doc);
    } finally {
      doc.destroy();
    }
  };
}

function stateOf(doc: Y.Doc): EstimateState {
  return { view: viewOf(doc), texts: readTexts(doc) };
}
