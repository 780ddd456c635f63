/**
 * Heavy work on whole documents as pure functions of bytes, so that a thread can run them. What they promise stands at the
 * port `Workbench`, whose methods bear the same names. They throw only on a bug.
 */
import * as Y from 'yjs';
import { applyLog, differenceFrom } from './checkpoints.ts';
import { cut } from './pieces.ts';
import type { Unreadable, Workbench } from './ports.ts';

export { applyLog, differenceFrom } from './checkpoints.ts';

export function compact(log: readonly Uint8Array[]): Uint8Array | Unreadable {
  return withDoc(log, (doc) => {
    const state = Y.encodeStateAsUpdate(doc);
    const difference = differenceFrom(doc, state);
    if (difference !== null) throw new Error(`A checkpoint would differ from its document in ${difference}.`);
    return state;
  });
}

export function slice(log: readonly Uint8Array[]): readonly Uint8Array[] | Unreadable {
  try {
    return log.flatMap((update) => cut(update));
  } catch (error) {
    return { unreadable: String(error) };
  }
}

export function diff(
  log: readonly Uint8Array[],
  stateVectors: readonly Uint8Array[],
): readonly Uint8Array[] | Unreadable {
  return withDoc(log, (doc) => stateVectors.map((vector) => Y.encodeStateAsUpdate(doc, vector)));
}

export function isUnreadable(value: unknown): value is Unreadable {
  return typeof value === 'object' && value !== null && 'unreadable' in value;
}

/** The workbench without a thread: everything happens in the call. */
export const inlineWorkbench: Workbench = {
  compact: async (log) => compact(log),
  slice: async (log) => slice(log),
  diff: async (log, stateVectors) => diff(log, stateVectors),
};

function withDoc<T>(log: readonly Uint8Array[], use: (doc: Y.Doc) => T): T | Unreadable {
  const doc = new Y.Doc();
  try {
    try {
      applyLog(doc, log);
    } catch (error) {
      return { unreadable: String(error) };
    }
    return use(doc);
  } finally {
    doc.destroy();
  }
}
