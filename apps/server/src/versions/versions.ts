import { randomUUID } from 'node:crypto';
import { type Database, inTenant } from '@tidemark/database';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import { sql } from 'kysely';
import * as Y from 'yjs';
import type { Reader } from '../company/reader.ts';
import type { Entry } from '../documents/catalogue.ts';
import { type Totals, totalsOf, viewOf } from '../estimates/figures-of.ts';
import { inStep } from './in-step.ts';
import { insertVersion, nextVersion, recorded, rows, stood, versionOf } from './version-rows.ts';

/** A state of a document that is kept for good, without the state. */
export interface Version {
  readonly id: string;
  readonly documentId: string;
  /** 1, 2, 3… within the document. */
  readonly number: number;
  readonly kind: 'submitted' | 'named';
  readonly name: string;
  readonly note: string;
  readonly at: string;
  /** As they were called then; without an id when that account is gone. */
  readonly by: { readonly id: string | null; readonly name: string };
  /** Of estimates: what it came to. */
  readonly totals: Totals | null;
  /** The version before it; of another document when this one began with that. Null also when it is gone. */
  readonly parent: { readonly id: string; readonly documentId: string; readonly number: number } | null;
}

/** A version in the order of time. */
export interface Dated {
  readonly version: Version;
  /** When its state stood: milliseconds since 1970. */
  readonly time: number;
  /** Null when it is not known. */
  readonly lsn: number | null;
}

/** A state of a document, and the place in its log. */
export interface Moment {
  readonly state: Uint8Array;
  readonly epoch: number;
  readonly lsn: number;
  /** When it stood. */
  readonly at: Date;
}

/** Who does something, as rows keep them. */
export interface Doer extends Reader {
  readonly user: { readonly id: string; readonly name: string };
}

export interface Versions {
  /** The newest first; those with a lower number than `before`. */
  list(
    reader: Reader,
    documentId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<{ readonly items: readonly Version[]; readonly next: number | null }>;
  find(reader: Reader, documentId: string, id: string): Promise<Version | null>;
  /** Of several documents, by document, the newest first; of each the newest 50. */
  ofAll(reader: Reader, documentIds: readonly string[]): Promise<ReadonlyMap<string, readonly Version[]>>;
  /** Of one document, those whose time is in [since, before): milliseconds since 1970, null without bound. */
  within(
    reader: Reader,
    documentId: string,
    span: { readonly since: number | null; readonly before: number | null },
  ): Promise<readonly Dated[]>;
  /** The whole document then, as one v1 update. */
  state(reader: Reader, documentId: string, id: string): Promise<Uint8Array | null>;
  /** Names the state of now. What everybody has stored by now is in it; resolves when all of it is stored. */
  keep(
    doer: Doer,
    document: Entry,
    said: { readonly name: string; readonly note: string },
  ): Promise<Version | Refusal>;
  /** Names a state that stood before. */
  keepMoment(
    doer: Doer,
    document: Entry,
    said: { readonly name: string; readonly note: string },
    moment: Moment,
  ): Promise<Version | Refusal>;
  /** Where a version stands in the log, with its state. */
  moment(
    reader: Reader,
    documentId: string,
    id: string,
  ): Promise<{ readonly state: Uint8Array; readonly lsn: number | null; readonly time: number } | null>;
}

const mostOfEach = 50;
/** Named versions that one document takes. */
const mostNamed = 1_000;

export function createVersions(
  { app }: Pick<Database, 'app'>,
  lobby: Pick<Lobby, 'read' | 'edit' | 'tell'>,
): Versions {
  const find = ({ tenant }: Reader, documentId: string, id: string) =>
    inTenant(app, tenant, async (tx) => {
      const row = await recorded(tx, [documentId]).where('versions.id', '=', id).executeTakeFirst();
      return row ? versionOf(row) : null;
    });

  async function record(
    doer: Doer,
    documentId: string,
    { name, note }: { readonly name: string; readonly note: string },
    { state, epoch, lsn, totals, momentAt }: Kept,
  ): Promise<Version | Refusal> {
    const id = randomUUID();
    const refusal = await inTenant(app, doer.tenant, async (tx) => {
      // Under the document's row, so that two people take numbers one after the other.
      const document = await tx
        .selectFrom('documents')
        .select('epoch')
        .where('id', '=', documentId)
        .forNoKeyUpdate()
        .executeTakeFirst();
      if (!document) return refuse('not-found');
      // A moment of a former life stays what it was.
      if (momentAt === null && document.epoch !== epoch) return refuse('stale-epoch');
      const { count } = await tx
        .selectFrom('versions')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('document_id', '=', documentId)
        .where('kind', '=', 'named')
        .executeTakeFirstOrThrow();
      if (Number(count) >= mostNamed)
        return refuse('too-large', `A document keeps ${mostNamed} named versions.`);
      await insertVersion(tx, doer, documentId, {
        ...(await nextVersion(tx, documentId)),
        id,
        kind: 'named',
        name,
        note,
        state,
        epoch,
        lsn,
        totals,
        at: new Date(),
        confirmed: true,
        momentAt,
      });
      return null;
    });
    if (refusal) return refusal;
    lobby.tell(documentId, 'versions');
    return (await find(doer, documentId, id)) ?? refuse('not-found');
  }

  return {
    find,

    list({ tenant }, documentId, { before, limit }) {
      return inTenant(app, tenant, async (tx) => {
        let query = rows(tx, [documentId])
          .orderBy('versions.number', 'desc')
          .limit(limit + 1);
        if (before !== null) query = query.where('versions.number', '<', before);
        const found = await query.execute();
        const items = found.slice(0, limit).map(versionOf);
        return { items, next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
      });
    },

    ofAll({ tenant }, documentIds) {
      return inTenant(app, tenant, async (tx) => {
        const newest = sql<boolean>`versions.id in (
          select n.id from (
            select v.id, row_number() over (partition by v.document_id order by v.number desc) as place
            from versions v where v.document_id = any (${[...documentIds]}::uuid[]) and v.confirmed_at is not null
          ) as n where n.place <= ${mostOfEach})`;
        const found = await rows(tx, documentIds).where(newest).orderBy('versions.number', 'desc').execute();
        return Map.groupBy(found.map(versionOf), ({ documentId }) => documentId);
      });
    },

    state({ tenant }, documentId, id) {
      return inTenant(app, tenant, async (tx) => {
        const row = await tx
          .selectFrom('versions')
          .select('state')
          .where('id', '=', id)
          .where('document_id', '=', documentId)
          .executeTakeFirst();
        return row?.state ?? null;
      });
    },

    within({ tenant }, documentId, { since, before }) {
      return inTenant(app, tenant, async (tx) => {
        let query = rows(tx, [documentId])
          .select(['versions.lsn', stood.as('stood')])
          .orderBy(stood, 'desc')
          .orderBy('versions.number', 'desc');
        if (since !== null) query = query.where(stood, '>=', new Date(since));
        if (before !== null) query = query.where(stood, '<', new Date(before));
        const found = await query.execute();
        return found.map((row) => ({ version: versionOf(row), time: row.stood.getTime(), lsn: row.lsn }));
      });
    },

    moment({ tenant }, documentId, id) {
      return inTenant(app, tenant, async (tx) => {
        const row = await tx
          .selectFrom('versions')
          .select(['state', 'lsn', stood.as('stood')])
          .where('id', '=', id)
          .where('document_id', '=', documentId)
          .executeTakeFirst();
        return row ? { state: row.state, lsn: row.lsn, time: row.stood.getTime() } : null;
      });
    },

    async keep(doer, { id: documentId, kind }, said) {
      const at = await inStep(lobby, app, doer.tenant, documentId);
      if (isRefusal(at)) return at;
      let kept: Pick<Kept, 'state' | 'totals'> | null = null;
      // Changes nothing: it resolves when all that it has read is stored.
      const stored = await lobby.edit(documentId, doer.user.id, (doc) => {
        kept = {
          state: Y.encodeStateAsUpdate(doc),
          totals: kind === 'estimate' ? totalsOf(viewOf(doc)) : null,
        };
      });
      if (isRefusal(stored)) return stored;
      if (kept === null) throw new Error('An edit was stored that was never made');
      const read: Pick<Kept, 'state' | 'totals'> = kept;
      return record(doer, documentId, said, { ...read, epoch: at.epoch, lsn: stored.lsn, momentAt: null });
    },

    keepMoment(doer, { id, kind }, said, { at, ...moment }) {
      const totals = kind === 'estimate' ? totalsIn(moment.state) : null;
      return record(doer, id, said, { ...moment, totals, momentAt: at });
    },
  };
}

/** What is recorded of a state. `momentAt` null: it is that of now. */
interface Kept {
  readonly state: Uint8Array;
  readonly totals: Totals | null;
  readonly epoch: number;
  readonly lsn: number;
  readonly momentAt: Date | null;
}

function totalsIn(state: Uint8Array): Totals {
  const doc = new Y.Doc();
  try {
    Y.applyUpdate(doc, state);
    return totalsOf(viewOf(doc));
  } finally {
    doc.destroy();
  }
}
