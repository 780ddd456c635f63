import { type KindName, kindOf, kinds } from '@tidemark/documents';
import type { Parent } from '@tidemark/documents/estimate';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import { inspect, type Lobby } from '@tidemark/sync';
import * as Y from 'yjs';
import type { Reader } from '../company/reader.ts';
import { beginEstimate } from '../estimates/begin.ts';
import { type FigureRows, writeFigures } from '../estimates/figures.ts';
import { type Figures, figuresOf, viewOf } from '../estimates/figures-of.ts';
import { type Attachments, copyAttachments } from '../files/attachments.ts';
import type { Shelf, Verified } from '../files/shelf.ts';
import { invalid } from '../http/problems.ts';
import type { Version } from '../versions/versions.ts';
import type { Along, Catalogue, Entry } from './catalogue.ts';
import { copyOf, retitle } from './copies.ts';
import { copyTitle, listed, nextTitle } from './titles.ts';

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
  /** A new document with what a template says. */
  fromTemplate(
    reader: Reader,
    template: Entry,
    document: { title: string; spaceId: string },
  ): Promise<Entry | Refusal>;
  /** A new document beside the original that begins with a state of it and says so. `title` null: the next of its name. */
  fork(
    reader: Reader,
    original: Entry,
    from: { origin: Origin; state: Uint8Array; title: string | null; note: string },
  ): Promise<Entry>;
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

/** What a document begins with: a version that is kept for good, or a moment that an automatic version tells of. */
export type Origin = { readonly version: Version } | { readonly automaticId: string };

export function createWorkshop(
  lobby: Lobby,
  catalogue: Catalogue,
  {
    shelf,
    attachments,
    figures,
  }: {
    shelf: Pick<Shelf, 'copies'>;
    attachments: Pick<Attachments, 'copies'>;
    figures: Pick<FigureRows, 'keep'>;
  },
): Workshop {
  interface Beginning {
    readonly kind: KindName;
    readonly title: string;
    readonly spaceId: string;
  }

  async function begin(
    reader: Reader,
    document: Beginning,
    state: Uint8Array,
    {
      files = [],
      along,
      parent = null,
    }: { files?: readonly Verified[]; along?: Along; parent?: Parent | null } = {},
  ) {
    const estimate = document.kind === 'estimate' ? begunEstimate(state, reader.tenant.userId, parent) : null;
    const begun = { ...document, state: estimate?.state ?? state, files };
    const id = await catalogue.create(reader, begun, async (tx, documentId) => {
      if (estimate) await writeFigures(tx, documentId, estimate.figures);
      await along?.(tx, documentId);
    });
    const entry = await catalogue.find(reader, id);
    if (entry === null) throw new Error(`The document ${id} was created and cannot be seen by its creator`);
    return entry;
  }

  /** Files and attachments of the original as the copy will have them. */
  async function beginCopy(
    reader: Reader,
    original: Entry,
    state: Uint8Array,
    document: { title: string; spaceId: string; asTemplate?: boolean },
    { along, parent = null }: { along?: Along; parent?: Parent | null } = {},
  ) {
    const { kind } = original;
    const luggage = {
      files: await shelf.copies(reader, original.id),
      attachments: await attachments.copies(reader, original.id),
    };
    const copied = copyOf(state, { ...document, kind }, reader.tenant.userId, luggage);
    return begin(reader, { ...document, kind }, copied, {
      files: [...luggage.files.values()],
      parent,
      async along(tx, id) {
        await copyAttachments(tx, id, luggage.attachments);
        await along?.(tx, id);
      },
    });
  }

  const stateOf = (id: string) => lobby.read(id, (doc) => Y.encodeStateAsUpdate(doc));

  return {
    async create(reader, document, begun) {
      const doc = new Y.Doc();
      kinds[document.kind].seed(doc, document.title);
      begun?.furnish(doc);
      const state = Y.encodeStateAsUpdate(doc);
      doc.destroy();
      return begin(reader, document, state, { files: begun?.files ?? [] });
    },

    adopt: (reader, document, state, along) => begin(reader, document, state, { along }),

    async duplicate(reader, original) {
      const state = await stateOf(original.id);
      if (isRefusal(state)) return state;
      const copy = { title: copyTitle(original.title), spaceId: original.projectId };
      return beginCopy(reader, original, state, copy);
    },

    async fromTemplate(reader, template, document) {
      const state = await stateOf(template.id);
      if (isRefusal(state)) return state;
      return beginCopy(reader, template, state, { ...document, asTemplate: true });
    },

    fork(reader, original, { origin, state, title, note }) {
      const fork = { title: title ?? nextTitle(original.title), spaceId: original.projectId };
      const [version, number] =
        'version' in origin ? [origin.version.id, origin.version.number] : [null, null];
      const versionId = 'version' in origin ? origin.version.id : origin.automaticId;
      const parent = { documentId: original.id, versionId, number, note };
      return beginCopy(reader, original, state, fork, {
        parent,
        async along(tx, id) {
          await tx
            .updateTable('documents')
            .set({ parent_document_id: original.id, parent_version_id: version })
            .where('id', '=', id)
            .execute();
        },
      });
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
        // A status is reached by its own way alone, and a version that was submitted is not this content.
        if (kind === 'estimate') beginEstimate(doc, reader.tenant.userId, viewOf(doc).meta.parent);
        const begun = await catalogue.beginAnew(reader, id, Y.encodeStateAsUpdate(doc));
        if (begun === null) return refuse('not-found');
        lobby.dismiss(id, refuse('stale-epoch'));
        await catalogue.projectTitle(id, listed(kinds[kind].title(doc)));
        if (kind === 'estimate') await figures.keep(id, doc);
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

    state: stateOf,
  };
}

/** An estimate of this state (v1) as it begins, and what it comes to. */
function begunEstimate(
  state: Uint8Array,
  userId: string,
  parent: Parent | null,
): { state: Uint8Array; figures: Figures } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  beginEstimate(doc, userId, parent);
  const begun = { state: Y.encodeStateAsUpdate(doc), figures: figuresOf(viewOf(doc)) };
  doc.destroy();
  return begun;
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

export function notEditable(): Refusal {
  return refuse('read-only', 'You may read this document but not change it.');
}
