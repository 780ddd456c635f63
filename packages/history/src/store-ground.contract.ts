import type { LogEntry, NewEntry } from '@tidemark/sync';
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';
import { isBundle, unbundleEntries } from './bundle.ts';
import type { AutomaticVersion, HistoryStore, Packer, Segment, WorkSession } from './ports.ts';
import { packEntries, unpackEntries } from './segment.ts';

/** An adapter and the handles a test needs that the port has no business to have. */
export interface StoreUnderTest {
  readonly store: HistoryStore;
  /** What the adapter reads segments with. */
  readonly packer: Packer;
  /** Makes an empty estimate and returns its id. */
  createDocument(): Promise<string>;
  /** Appends to the document's log, in its present life. */
  append(documentId: string, entries: readonly NewEntry[]): Promise<void>;
  /** Stores a checkpoint for loads, in the document's present life. */
  saveCheckpoint(documentId: string, lsn: number, state: Uint8Array): Promise<void>;
  /** Begins the document's history anew: another life, in its log first an empty entry; LSNs go on. */
  renew(documentId: string): Promise<void>;
  /** Removes the document for good. */
  purge(documentId: string): Promise<void>;
  /** A well-formed id that no document has. */
  readonly unknownId: string;
  /** A person who exists. */
  readonly userId: string;
  close(): Promise<void>;
}

/** What the suites write, and how they look at it. */
export type Ground = ReturnType<typeof groundOf>;

export function groundOf(made: StoreUnderTest) {
  const { store } = made;
  /** A document with so many entries. */
  const written = async (count: number): Promise<string> => {
    const id = await made.createDocument();
    if (count > 0) await append(id, count);
    return id;
  };
  const append = (id: string, count: number) =>
    made.append(
      id,
      Array.from({ length: count }, (_, index) => ({
        update: textUpdate(`${index}`),
        userId: index % 3 === 2 ? null : made.userId,
        clientId: 7 + (index % 2),
      })),
    );
  const rows = async (id: string, after: number, upTo: number) => (await store.entries(id, after, upTo)).rows;
  const segmentOf = (entries: readonly LogEntry[]) => ({
    first: entries[0]!.lsn,
    last: entries.at(-1)!.lsn,
    content: packEntries(entries, made.packer),
    sha256: digest(new Uint8Array(entries.flatMap(({ update }) => [...update]))),
  });
  const pack = async (id: string, first: number, last: number) =>
    store.pack(id, segmentOf(await rows(id, first - 1, last)));
  /** All that there is, wherever it lies. */
  const all = async (id: string, after: number, upTo: number): Promise<LogEntry[]> => {
    const { segments, rows: loose } = await store.entries(id, after, upTo);
    const packed = segments.flatMap(({ content }) => unpackEntries(content, made.packer));
    return [...packed, ...loose].map((entry) => ({ ...entry, update: new Uint8Array(entry.update) }));
  };
  /** Of segments and bundles, as the bench reads them. */
  const unbundled = (segments: readonly Segment[]): LogEntry[] =>
    segments
      .flatMap(({ content }) =>
        isBundle(content) ? unbundleEntries(content) : unpackEntries(content, made.packer),
      )
      .map((entry) => ({ ...entry, update: new Uint8Array(entry.update) }));
  const bounds = (segments: readonly Segment[]) => segments.map(({ first, last }) => [first, last]);
  /** A document of `count` entries of which those up to `upTo` may be packed. */
  const packable = async (count: number, upTo: number): Promise<string> => {
    const id = await written(count);
    await made.saveCheckpoint(id, upTo, textUpdate('older'));
    await made.saveCheckpoint(id, count, textUpdate('newer'));
    return id;
  };
  const session = (first: number, last: number, to: number, userId: string | null = null): WorkSession => ({
    ...{ first, last, userId, from: to - 1_000, to, edits: last - first + 1, bytes: 12 },
    touched: {
      collections: {
        lines: { added: 1, removed: 0, changed: 2, moved: 0, ids: ['a'], registers: ['qty'] },
      },
      texts: { scope: { inserted: 3, deleted: 1 } },
    },
    stops: [
      [first, to - 500],
      [last, to],
    ],
  });
  const day = Date.UTC(2025, 5, 1);
  const version = (
    lsn: number,
    reason: AutomaticVersion['reason'] = 'quiet',
  ): Omit<AutomaticVersion, 'id'> => ({
    ...{ lsn, at: day + lsn * 1_000, reason, userId: made.userId, about: `about ${lsn}` },
  });
  /** Adds an automatic version where it may be. */
  const mark = async (id: string, wished: Omit<AutomaticVersion, 'id'>): Promise<AutomaticVersion> => {
    const added = await store.addAutomatic(id, wished);
    if (added === 'gone') throw new Error(`Moment ${wished.lsn} is gone.`);
    return added;
  };
  return {
    ...{ made, store, written, append, rows, segmentOf, pack, all, mark, unbundled },
    bounds,
    packable,
    session,
    day,
    version,
  };
}

export function textUpdate(text: string): Uint8Array {
  const doc = new Y.Doc();
  // Equal texts, equal sizes: numbers at random take four bytes or five.
  doc.clientID = 1;
  doc.getText('text').insert(0, text);
  return Y.encodeStateAsUpdate(doc);
}
