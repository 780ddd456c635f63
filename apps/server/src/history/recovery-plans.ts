import { type Database, inTenant } from '@tidemark/database';
import type { HistoryStore } from '@tidemark/history';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { type Entry, entryOf, rows } from '../documents/entries.ts';
import { stood } from '../versions/version-rows.ts';
import type { MomentRef } from './acts.ts';
import { cameSince, type Departed, departedFrom } from './departed.ts';
import type { Author, Names } from './names.ts';

/** How a document stands to a time: it is as it was; it has changed; it was not made; it was in the bin and is; nobody can tell what it was. */
export type Standing = 'unchanged' | 'changed' | 'made-since' | 'in-bin' | 'no-detail';

/** What stands in for a time that nobody can tell any more. */
export interface Nearest {
  readonly ref: MomentRef;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The name of a version that somebody kept; empty of one that was kept by itself. */
  readonly name: string;
}

/** A document of a space, and what stood at a time. */
export interface Planned {
  readonly entry: Entry;
  readonly standing: Standing;
  /** The last LSN stored by then; null where that is not known, or where there was none. */
  readonly lsn: number | null;
  /** Edits since, and everybody who made one. */
  readonly edits: number;
  readonly by: readonly Author[];
  /** It was moved to the bin since, and would come out. */
  readonly binned: boolean;
  /** It was in another space then. */
  readonly came: boolean;
  /** The last version before, where detail is thinned. */
  readonly nearest: Nearest | null;
}

/** What of a space stood at a time. Rights are for the caller of this to ask. */
export interface RecoveryPlans {
  /** Documents of the space that the reader may edit, by id, those after one; all, or those named. */
  page(
    reader: Reader,
    spaceId: string,
    at: number,
    place: { readonly after: string | null; readonly limit: number; readonly only?: readonly string[] },
  ): Promise<{ readonly items: readonly Planned[]; readonly next: string | null }>;
  /** What has left the space since. */
  departed(reader: Reader, spaceId: string, at: number): Promise<Departed>;
}

interface PlansOptions {
  readonly database: Pick<Database, 'app'>;
  readonly store: Pick<HistoryStore, 'lsnAt'>;
  readonly names: Names;
}

const nothing = { lsn: null, edits: 0, by: [], binned: false, nearest: null };

type Found = Omit<Planned, 'came'>;

/** Why there is nothing to look up. Of the bin it is only known since when something is in it. */
function wasElsewhere({ createdAt, deletedAt }: Entry, at: number): 'made-since' | 'in-bin' | null {
  if (Date.parse(createdAt) > at) return 'made-since';
  return deletedAt !== null && Date.parse(deletedAt) <= at ? 'in-bin' : null;
}

function changedOf(
  entry: Entry,
  head: number,
  { lsn, by }: { readonly lsn: number; readonly by: readonly Author[] },
): Found {
  const found = { ...nothing, entry, lsn, binned: entry.deletedAt !== null };
  if (lsn === head) return { ...found, standing: 'unchanged' };
  return { ...found, standing: 'changed', edits: head - lsn, by };
}

export function createRecoveryPlans({ database: { app }, store, names }: PlansOptions): RecoveryPlans {
  async function planOf(reader: Reader, entry: Entry, head: number, at: number): Promise<Found> {
    const elsewhere = wasElsewhere(entry, at);
    if (elsewhere) return { ...nothing, entry, standing: elsewhere };
    const binned = entry.deletedAt !== null;
    const { lsn } = await store.lsnAt(entry.id, at);
    if (lsn === head) return { ...nothing, entry, standing: 'unchanged', lsn, binned };
    const { thinned, known, users, nearest } = await since(reader, entry.id, lsn, at);
    if (lsn === 0 && thinned === 0) return { ...nothing, entry, standing: 'made-since' };
    const nameOf = await names.of(reader, users);
    const found = { entry, edits: head - lsn, by: users.map(nameOf), binned };
    if (known === 'state') return { ...found, standing: 'changed', lsn, nearest: null };
    if (known === 'version') return { ...found, standing: 'changed', lsn, nearest };
    return { ...found, standing: 'no-detail', lsn: null, nearest };
  }

  /** What one statement can tell of many documents: of all whose log of that time is not packed yet. */
  async function glance(reader: Reader, ids: readonly string[], at: number) {
    const end = new Date(at + 1);
    const { rows: found } = await inTenant(app, reader.tenant, (tx) =>
      sql<{ id: string; lsn: number; users: (string | null)[] }>`
        select d.id, was.lsn, array(
            select s.user_id from history_sessions s where s.document_id = d.id and s.last_lsn > was.lsn
            union
            select u.user_id from document_updates u
              where u.document_id = d.id and u.lsn > greatest(was.lsn, coalesce(p.settled_lsn, 0))
            order by 1) as users
        from documents d left join history_places p on p.document_id = d.id cross join lateral (
          select u.lsn from document_updates u where u.document_id = d.id and u.stored_at < ${end}
          order by u.lsn desc limit 1) was
        where d.id = any(${ids}::uuid[]) and was.lsn > coalesce(p.thinned_lsn, 0)`.execute(tx),
    );
    const nameOf = await names.of(reader, [...new Set(found.flatMap(({ users }) => users))]);
    return new Map(found.map(({ id, lsn, users }) => [id, { lsn, by: users.map(nameOf) }]));
  }

  /** What happened after a moment, and whether it can be looked at still. */
  function since({ tenant }: Reader, id: string, lsn: number, at: number) {
    return inTenant(app, tenant, async (tx) => {
      // Entries tell whole milliseconds, Postgres counts in microseconds.
      const end = new Date(at + 1);
      const place = await tx
        .selectFrom('history_places')
        .select(['settled_lsn as settled', 'thinned_lsn as thinned'])
        .where('document_id', '=', id)
        .executeTakeFirst();
      const { settled, thinned } = place ?? { settled: 0, thinned: 0 };
      const { rows: found } = await sql<{ user_id: string | null }>`
        select s.user_id from history_sessions s where s.document_id = ${id} and s.last_lsn > ${lsn}
        union
        select u.user_id from document_updates u
          where u.document_id = ${id} and u.lsn > ${Math.max(lsn, settled)}`.execute(tx);
      const users = found.map(({ user_id: userId }) => userId).sort();
      if (lsn > thinned) return { thinned, known: 'state' as const, users, nearest: null };
      // Somebody who was at work then leaves unknown how far they had come.
      const working = await tx
        .selectFrom('history_sessions')
        .select('first_lsn')
        .where('document_id', '=', id)
        .where('from_at', '<', end)
        .where('to_at', '>=', end)
        .limit(1)
        .executeTakeFirst();
      const kept = await tx
        .selectFrom('versions')
        .select(['id', 'lsn', 'name', 'number', stood.as('at')])
        .where('document_id', '=', id)
        .where('confirmed_at', 'is not', null)
        .where(stood, '<', end)
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst();
      const automatic = await tx
        .selectFrom('automatic_versions')
        .select(['lsn', 'at'])
        .where('document_id', '=', id)
        .where('at', '<', end)
        .orderBy('lsn', 'desc')
        .limit(1)
        .executeTakeFirst();
      const nearest =
        kept && (automatic === undefined || kept.at > automatic.at)
          ? {
              ref: { versionId: kept.id },
              lsn: kept.lsn,
              at: kept.at.getTime(),
              name: kept.name || `Version ${kept.number}`,
            }
          : automatic
            ? { ref: { lsn: automatic.lsn }, lsn: automatic.lsn, at: automatic.at.getTime(), name: '' }
            : null;
      const stored = await tx
        .selectFrom('history_checkpoints')
        .select('lsn')
        .where('document_id', '=', id)
        .where('lsn', '=', lsn)
        .executeTakeFirst();
      const still = stored ? ('state' as const) : nearest?.lsn === lsn ? ('version' as const) : null;
      return { thinned, known: working ? null : still, users, nearest };
    });
  }

  return {
    async page(reader, spaceId, at, { after, limit, only }) {
      const found = await inTenant(app, reader.tenant, (tx) => {
        let query = rows(tx)
          .select(['documents.head', cameSince(spaceId, at).as('came')])
          .where('documents.space_id', '=', spaceId)
          .orderBy('documents.id')
          .limit(limit + 1);
        if (after !== null) query = query.where('documents.id', '>', after);
        if (only) query = query.where('documents.id', 'in', [...only]);
        return query.execute();
      });
      const known = found.slice(0, limit).flatMap((row) => {
        const entry = entryOf(row, reader);
        return entry?.access === 'edit' ? [{ entry, head: row.head, came: row.came }] : [];
      });
      const seen = await glance(
        reader,
        known.filter(({ entry }) => !wasElsewhere(entry, at)).map(({ entry }) => entry.id),
        at,
      );
      const items: Planned[] = [];
      for (const { entry, head, came } of known) {
        const told = seen.get(entry.id);
        const plan = told ? changedOf(entry, head, told) : await planOf(reader, entry, head, at);
        items.push({ ...plan, came });
      }
      return { items, next: found.length > limit ? (found[limit - 1]?.id ?? null) : null };
    },

    departed: (reader, spaceId, at) =>
      inTenant(app, reader.tenant, (tx) => departedFrom(tx, reader, spaceId, at)),
  };
}
