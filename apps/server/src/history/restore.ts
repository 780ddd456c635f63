import { type KindName, kinds } from '@tidemark/documents';
import {
  createEditor,
  type Difference,
  diffStates,
  type Past,
  readPast,
  readState,
  restoreState,
} from '@tidemark/documents/records';
import { type Refusal, refuse } from '@tidemark/protocol';
import * as Y from 'yjs';

/** A state (v1) as restore and comparison read it. */
export function pastOf(kind: KindName, state: Uint8Array): Past {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, state);
    return readPast(doc, kinds[kind].schema);
  } finally {
    doc.destroy();
  }
}

/** One restore as it was made in a live document. */
export interface Made {
  /** Of the replica that wrote it, and how far that had written before: what tells its entry in the log from all others. */
  readonly clientId: number;
  readonly clock: number;
  readonly changed: boolean;
}

/**
 * Brings a live document back, within an edit of the lobby. An estimate that is not a draft keeps its prices: a
 * restore that would change one changes nothing.
 */
export function restoreLive(doc: Y.Doc, kind: KindName, userId: string, then: Past): Made | Refusal {
  const standing = { clientId: doc.clientID, clock: Y.getState(doc.store, doc.clientID) };
  const fixed = pricesIn(doc, kind, then);
  if (fixed.length > 0) return pricesStand(fixed);
  const editor = createEditor(doc, kinds[kind].schema, userId);
  const changed = restoreState(editor, then);
  return { ...standing, changed };
}

/** What the server alone writes is never restored and hinders nobody. */
const ofTheServer = new Set(['status', 'parent']);

/** Differences in registers that stand still. */
function pricesIn(doc: Y.Doc, kind: KindName, then: Past): Difference[] {
  const { schema } = kinds[kind];
  if (schema.isClosed === undefined) return [];
  return diffStates(schema, readState(doc, schema), then.state).filter((difference) => {
    const register =
      difference.type === 'changed' ? difference.register : difference.type === 'moved' ? 'o' : 'x';
    if (difference.collection === 'meta' && ofTheServer.has(register)) return false;
    return schema.isClosed?.(doc, difference.collection, register) === true;
  });
}

const words: Readonly<Record<string, string>> = {
  groups: 'sections',
  lines: 'lines',
  params: 'rates',
  risks: 'risks',
  meta: 'the currency',
};

function pricesStand(fixed: readonly Difference[]): Refusal {
  const named = [...new Set(fixed.map(({ collection }) => words[collection] ?? collection))];
  const list = named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named.join();
  return refuse(
    'status-conflict',
    `The estimate is not a draft, so its prices stand still, and this would change ${list}. Open it again first, or begin a new version.`,
  );
}
