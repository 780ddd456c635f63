import { type KindName, kinds, type Thing } from '@tidemark/documents';
import {
  createEditor,
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
  /** Things that nobody asked for and that had to come, or go, with those. */
  readonly along: readonly Thing[];
}

/**
 * Brings a live document back, within an edit of the lobby: all of it, or some things. An estimate that is not a draft keeps its prices: a
 * restore that would change one changes nothing.
 */
export function restoreLive(
  doc: Y.Doc,
  kind: KindName,
  userId: string,
  then: Past,
  only: readonly Thing[] | null,
): Made | Refusal {
  const fixed = only === null ? pricesIn(doc, kind, then) : pricesAmong(doc, kind, then, only);
  if (fixed.size > 0) return pricesStand(fixed);
  const standing = { clientId: doc.clientID, clock: Y.getState(doc.store, doc.clientID) };
  const editor = createEditor(doc, kinds[kind].schema, userId);
  if (only === null) return { ...standing, changed: restoreState(editor, then), along: [] };
  const { changed, along } = kinds[kind].restoreThings(editor, then, only);
  return { ...standing, changed, along };
}

/** What the server alone writes is never restored and hinders nobody. */
const ofTheServer = new Set(['status', 'parent']);

/** Collections in which something stands still that a restore of everything would change. */
function pricesIn(doc: Y.Doc, kind: KindName, then: Past): ReadonlySet<string> {
  const { schema } = kinds[kind];
  if (schema.isClosed === undefined) return new Set();
  const fixed = diffStates(schema, readState(doc, schema), then.state).filter((difference) => {
    const register =
      difference.type === 'changed' ? difference.register : difference.type === 'moved' ? 'o' : 'x';
    if (difference.collection === 'meta' && ofTheServer.has(register)) return false;
    return schema.isClosed?.(doc, difference.collection, register) === true;
  });
  return new Set(fixed.map(({ collection }) => collection));
}

/** The same of some things and what comes with them, which is only known by trying: on a copy, since nothing can be taken back. */
function pricesAmong(doc: Y.Doc, kind: KindName, then: Past, only: readonly Thing[]): ReadonlySet<string> {
  const { schema, restoreThings } = kinds[kind];
  if (schema.isClosed === undefined) return new Set();
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const { left } = restoreThings(createEditor(copy, schema), then, only);
    return new Set(left.map(({ collection }) => collection));
  } finally {
    copy.destroy();
  }
}

const words: Readonly<Record<string, string>> = {
  groups: 'sections',
  lines: 'lines',
  params: 'rates',
  risks: 'risks',
  meta: 'the currency',
};

function pricesStand(fixed: ReadonlySet<string>): Refusal {
  const named = [...fixed].map((collection) => words[collection] ?? collection);
  const list = named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named.join();
  return refuse(
    'status-conflict',
    `The estimate is not a draft, so its prices stand still, and this would change ${list}. Open it again first, or begin a new version.`,
  );
}
