import { type KindName, kinds, type Thing, type Wish } from '@tidemark/documents';
import {
  createEditor,
  type Difference,
  diffStates,
  type Past,
  readPast,
  restoreState,
} from '@tidemark/documents/records';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
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

/** What is to be brought back. */
interface Wanted {
  readonly kind: KindName;
  readonly past: Past;
  /** Null: all of it. */
  readonly only: readonly Thing[] | null;
  readonly wish?: Wish | undefined;
}

/** What a restore would do, known before a word of it is written down. */
export interface Foreseen {
  /** The document that was looked at. */
  readonly as: Y.Snapshot;
  /** Whether anything differs, or why it can't be. */
  readonly changes: boolean | Refusal;
}

/** All of a document, or some things. An estimate that is not a draft keeps its prices: a restore that would change one is refused whole. */
export function foresee(doc: Y.Doc, wanted: Wanted): Foreseen {
  const { changed, fixed } =
    wanted.only === null ? differing(doc, wanted) : tryThings(doc, wanted, wanted.only);
  return { as: Y.snapshot(doc), changes: fixed.size > 0 ? pricesStand(fixed) : changed };
}

/** Brings a live document back, within an edit of the lobby. What was foreseen is looked at again where others have written since. */
export function restoreLive(doc: Y.Doc, userId: string, wanted: Wanted, ahead: Foreseen): Made | Refusal {
  const isAsSeen = Y.equalSnapshots(Y.snapshot(doc), ahead.as);
  const { changes } = isAsSeen ? ahead : foresee(doc, wanted);
  if (isRefusal(changes)) return changes;
  const { kind, past, only, wish } = wanted;
  const standing = { clientId: doc.clientID, clock: Y.getState(doc.store, doc.clientID) };
  if (!changes) return { ...standing, changed: false, along: [] };
  const editor = createEditor(doc, kinds[kind].schema, userId);
  if (only === null) return { ...standing, changed: restoreState(editor, past), along: [] };
  const { changed, along } = kinds[kind].restoreThings(editor, past, only, wish);
  return { ...standing, changed, along };
}

interface Ahead {
  readonly changed: boolean;
  /** Collections in which something would change that stands still. */
  readonly fixed: ReadonlySet<string>;
}

function differing(doc: Y.Doc, { kind, past }: Wanted): Ahead {
  const { schema } = kinds[kind];
  const now = readPast(doc, schema);
  const ours = diffStates(schema, now.state, past.state).filter(isOurs);
  const fixed = ours.filter(
    (difference) => schema.isClosed?.(doc, difference.collection, registerOf(difference)) === true,
  );
  return { changed: ours.length > 0 || !sameTexts(now.texts, past.texts), fixed: collectionsOf(fixed) };
}

/** Of some things and what comes with them it is only known by trying: on a copy, since nothing can be taken back. */
function tryThings(doc: Y.Doc, { kind, past, wish }: Wanted, only: readonly Thing[]): Ahead {
  const { schema, restoreThings } = kinds[kind];
  const copy = new Y.Doc();
  try {
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const { changed, left } = restoreThings(createEditor(copy, schema), past, only, wish);
    return { changed, fixed: schema.isClosed === undefined ? new Set() : collectionsOf(left) };
  } finally {
    copy.destroy();
  }
}

function sameTexts(a: Past['texts'], b: Past['texts']): boolean {
  return [...b].every(([name, text]) => a.get(name) === text);
}

/** What the server alone writes is never restored and hinders nobody. */
const ofTheServer = new Set(['status', 'parent']);

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
