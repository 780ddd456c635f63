import { type KindName, kindNames, kinds } from '@tidemark/documents';
import { dashboard } from '@tidemark/documents/dashboard';
import { createEditor, createReader, transact } from '@tidemark/documents/records';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import { inspect, type Lobby, type RoomHooks } from '@tidemark/sync';
import * as Y from 'yjs';
import type { Reader } from '../company/reader.ts';
import { copyAttachments } from '../files/attachments.ts';
import type { Shelf, Verified } from '../files/shelf.ts';
import { invalid } from '../http/problems.ts';
import type { Along, Catalogue, Entry } from './catalogue.ts';

/** Longest title, in characters. */
export const titleLength = 200;

/** What the server itself does with documents' content: begins, copies, renames and reads them. */
export interface Workshop {
  /** A new document. `furnish` may fill it before anybody sees it; it and the files it refers to appear together. */
  create(
    reader: Reader,
    document: { kind: KindName; title: string; spaceId: string },
    begun?: { furnish(doc: Y.Doc): void; files: readonly Verified[] },
  ): Promise<Entry>;
  /** A new document of this state (v1), which nothing was seeded into. What `along` writes appears with it, or neither does. */
  adopt(
    reader: Reader,
    document: { kind: KindName; title: string; spaceId: string },
    state: Uint8Array,
    along: Along,
  ): Promise<Entry>;
  /** A new document beside this one with the same content, begun from one update: history stays with the original. */
  duplicate(reader: Reader, original: Entry): Promise<Entry | Refusal>;
  /** An edit like anybody's, so that open editors see it. Resolves when it is stored. */
  rename(reader: Reader, id: string, kind: KindName, title: string): Promise<Refusal | null>;
  /** Replaces the whole content, by this state (v1) or by that of a new document: a new life, into which no older copy merges. */
  renew(
    reader: Reader,
    original: Entry,
    state: Uint8Array | null,
  ): Promise<{ epoch: number; head: number } | Refusal>;
  /** The typed view, with what it had to hide or mend. */
  content(id: string, kind: KindName): Promise<{ content: unknown; findings: readonly unknown[] } | Refusal>;
  /** The whole state as one v1 update. */
  state(id: string): Promise<Uint8Array | Refusal>;
}

export function createWorkshop(lobby: Lobby, catalogue: Catalogue, shelf: Pick<Shelf, 'copies'>): Workshop {
  async function begin(
    reader: Reader,
    document: { kind: KindName; title: string; spaceId: string },
    state: Uint8Array,
    files: readonly Verified[] = [],
    along?: Along,
  ) {
    const id = await catalogue.create(reader, { ...document, state, files }, along);
    const entry = await catalogue.find(reader, id);
    if (entry === null) throw new Error(`The document ${id} was created and cannot be seen by its creator`);
    return entry;
  }

  return {
    async create(reader, document, begun) {
      const doc = new Y.Doc();
      kinds[document.kind].seed(doc, document.title);
      begun?.furnish(doc);
      const state = Y.encodeStateAsUpdate(doc);
      doc.destroy();
      return begin(reader, document, state, begun?.files ?? []);
    },

    adopt: (reader, document, state, along) => begin(reader, document, state, [], along),

    async duplicate(reader, original) {
      const state = await lobby.read(original.id, (doc) => Y.encodeStateAsUpdate(doc));
      if (isRefusal(state)) return state;
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      const title = copyTitle(original.title);
      retitle(doc, original.kind, reader.tenant.userId, title);
      const files = await shelf.copies(reader, original.id);
      if (original.kind === 'dashboard') giveFiles(doc, reader.tenant.userId, files);
      const copy = { kind: original.kind, title, spaceId: original.projectId };
      const copied = Y.encodeStateAsUpdate(doc);
      doc.destroy();
      return begin(reader, copy, copied, [...files.values()], (tx, id) =>
        copyAttachments(tx, original.id, id),
      );
    },

    async rename(reader, id, kind, title) {
      const { userId } = reader.tenant;
      const done = await lobby.edit(id, userId, (doc) => retitle(doc, kind, userId, title));
      if (isRefusal(done)) return done;
      await catalogue.projectTitle(id, title);
      return null;
    },

    async renew(reader, { id, kind, title }, state) {
      const doc = new Y.Doc();
      try {
        if (state === null) kinds[kind].seed(doc, title);
        const flaw = state && take(doc, kind, state);
        if (flaw) return invalid({ state: flaw });
        const begun = await catalogue.beginAnew(reader, id, Y.encodeStateAsUpdate(doc));
        if (begun === null) return refuse('not-found');
        lobby.dismiss(id, refuse('stale-epoch'));
        await catalogue.projectTitle(id, listed(kinds[kind].title(doc)));
        return begun;
      } finally {
        doc.destroy();
      }
    },

    content(id, kind) {
      return lobby.read(id, (doc) => ({
        content: kinds[kind].content(doc),
        findings: kinds[kind].check(doc),
      }));
    },

    state(id) {
      return lobby.read(id, (doc) => Y.encodeStateAsUpdate(doc));
    },
  };
}

/** What the rooms tell us: a document of an older schema is brought up to date, its title is kept for lists. */
export function createHooks(
  catalogue: Catalogue,
  settled: (documentId: string, kind: KindName) => void,
): RoomHooks {
  return {
    opened(_documentId, doc) {
      const kind = kindOf(doc);
      if (kind) kinds[kind].migrate(doc);
    },
    async settled(documentId, doc) {
      const kind = kindOf(doc);
      if (kind) settled(documentId, kind);
      if (kind) await catalogue.projectTitle(documentId, listed(kinds[kind].title(doc)));
    },
  };
}

/** Takes a whole document from outside; what keeps it from being one, or null. */
function take(doc: Y.Doc, kind: KindName, state: Uint8Array): string | null {
  const inspected = inspect(state, doc);
  if (isRefusal(inspected)) return `is not a Yjs update (v1): ${inspected.detail}`;
  Y.applyUpdate(doc, state);
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    return 'is only a part of a document';
  return kindOf(doc) === kind ? null : `is not a document of kind ${kind}`;
}

/** A client may write any title; lists show what a database row can hold. */
function listed(title: string): string {
  return title.replaceAll('\0', '').slice(0, titleLength);
}

/** The kind as the seed wrote it; a client may have overwritten it with anything. */
function kindOf(doc: Y.Doc): KindName | null {
  const written = doc.getMap('meta').get('kind');
  return kindNames.find((name) => name === written) ?? null;
}

function retitle(doc: Y.Doc, kind: KindName, userId: string, title: string): void {
  transact(createEditor(doc, kinds[kind].schema, userId), 'Rename', (write) =>
    write.set('meta', 'meta', 'title', title),
  );
}

/** The copy refers to files of its own, so that it keeps them when its original is gone. */
function giveFiles(doc: Y.Doc, userId: string, files: ReadonlyMap<string, Verified>): void {
  const reader = createReader(doc, dashboard);
  const { datasets } = reader.view();
  reader.destroy();
  transact(createEditor(doc, kinds.dashboard.schema, userId), 'Duplicate', (write) => {
    for (const { id, fileId } of datasets) {
      const file = files.get(fileId ?? '');
      if (file) write.set('datasets', id, 'fileId', file.id);
    }
  });
}

function copyTitle(title: string): string {
  return `Copy of ${title}`.slice(0, titleLength);
}

export function notEditable(): Refusal {
  return refuse('read-only', 'You may read this document but not change it.');
}
