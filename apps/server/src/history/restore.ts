import { type KindName, kinds, type Thing, type Wish } from '@tidemark/documents';
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
  wish?: Wish,
): Made | Refusal {
  const fixed = only === null ? pricesIn(doc, kind, then) : pricesAmong(doc, kind, then, only, wish);
  if (fixed.size > 0) return pricesStand(fixed);
  const standing = { clientId: doc.clientID, clock: Y.getState(doc.store, doc.clientID) };
  const editor = createEditor(doc, kinds[kind].schema, userId);
  if (only === null) return { ...standing, changed: restoreState(editor, then), along: [] };
  const { changed, along } = kinds[kind].restoreThings(editor, then, only, wish);
  return { ...standing, changed, along };
}

/** Whether a restore would change anything as things stand, or why it can't be: known before a word of it is written down. */
export function foresee(
  doc: Y.Doc,
  kind: KindName,
  then: Past,
  only: readonly Thing[] | null,
  wish?: Wish,
): boolean | Refusal {
  const { schema } = kinds[kind];
  if (only === null) {
    const fixed = pricesIn(doc, kind, then);
    if (fixed.size > 0) return pricesStand(fixed);
    const now = readPast(doc, schema);
    return diffStates(schema, now.state, then.state).some(isOurs) || !sameTexts(now.texts, then.texts);
  }
  const { changed, left } = tryThings(doc, kind, then, only, wish);
  const fixed = collectionsOf(left);
  return schema.isClosed !== undefined && fixed.size > 0 ? pricesStand(fixed) : changed;
}

function sameTexts(a: Past['texts'], b: Past['texts']): boolean {
  return [...b].every(([name, text]) => a.get(name) === text);
}

/** What the server alone writes is never restored and hinders nobody. */
const ofTheServer = new Set(['status', 'parent']);

/** Collections in which something stands still that a restore of everything would change. */
function pricesIn(doc: Y.Doc, kind: KindName, then: Past): ReadonlySet<string> {
  const { schema } = kinds[kind];
  if (schema.isClosed === undefined) return new Set();
  const fixed = diffStates(schema, readState(doc, schema), then.state).filter(
    (difference) =>
      isOurs(difference) && schema.isClosed?.(doc, difference.collection, registerOf(difference)) === true,
  );
  return collectionsOf(fixed);
}

function isOurs(difference: Difference): boolean {
  return difference.collection !== 'meta' || !ofTheServer.has(registerOf(difference));
}

function registerOf(difference: Difference): string {
  if (difference.type === 'changed') return difference.register;
  return difference.type === 'moved' ? 'o' : 'x';
}

function collectionsOf(found: readonly { readonly collection: string }[]): ReadonlySet<string> {
  return new Set(found.map(({ collection }) => collection));
}

/** The same of some things and what comes with them, which is only known by trying: on a copy, since nothing can be taken back. */
function pricesAmong(
  doc: Y.Doc,
  kind: KindName,
  then: Past,
  only: readonly Thing[],
  wish?: Wish,
): ReadonlySet<string> {
  if (kinds[kind].schema.isClosed === undefined) return new Set();
  return collectionsOf(tryThings(doc, kind, then, only, wish).left);
}

function tryThings(doc: Y.Doc, kind: KindName, then: Past, only: readonly Thing[], wish?: Wish) {
  const { schema, restoreThings } = kinds[kind];
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    return restoreThings(createEditor(copy, schema), then, only, wish);
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
