import { type Database, inTenant, type Tenant, type TenantTransaction } from '@tidemark/database';
import { sql } from 'kysely';

/** Tables of which whole rows go into an export: the column that pages go by, and the one that a row is found by within its company and document. */
const keys = {
  documents: 'id',
  spaces: 'id',
  price_items: 'id',
  price_changes: 'id',
  assemblies: 'id',
  versions: 'number',
  automatic_versions: 'id',
  history_sessions: 'first_lsn',
  status_changes: 'id',
  threads: 'id',
  messages: ['n', 'id'],
  files: 'id',
  attachments: 'id',
  imports: 'document_id',
  history_writers: 'user_id',
} as const;

export type ExportedTable = keyof typeof keys;

/** Not said again in every row, or derived, or written beside as a file of its own. */
const left: ReadonlySet<string> = new Set([
  'company_id',
  'document_id',
  'seq',
  'stored_size',
  'confirmed_at',
]);

export type Line = Readonly<Record<string, unknown>>;

const pageRows = 500;
/** As JSON: a page ends with the row that makes it so much. */
const pageBytes = 1024 * 1024;

interface Found {
  readonly row: Line;
  readonly key: unknown;
  /** How many rows there were for the page. */
  readonly all: number;
}

/**
 * Rows of the caller's company, page by page, each page a transaction of its own in that company: no row of another can appear. Names of columns
 * become those of JSON. Unconfirmed rows belong to edits that may never be stored; they are left out.
 */
export async function* rowsOf(
  { app }: Pick<Database, 'app'>,
  tenant: Tenant,
  table: ExportedTable,
  documentId: string | null = null,
): AsyncGenerator<Line> {
  let last: unknown = null;
  for (;;) {
    const found = await inTenant(app, tenant, (tx) => pageOf(tx, table, documentId, last));
    for (const { key, row } of found) {
      last = key;
      yield named(row);
    }
    const all = found[0]?.all ?? 0;
    if (found.length === all && all < pageRows) return;
  }
}

/**
 * First what the page may have, by keys alone; then row by row, until it is full: to write a row as JSON takes long where it is large, and none
 * is written that does not come along.
 */
async function pageOf(
  tx: TenantTransaction,
  table: ExportedTable,
  documentId: string | null,
  after: unknown,
): Promise<readonly Found[]> {
  const [order, place = order] = [keys[table]].flat();
  if (order === undefined || place === undefined) throw new Error(`The rows of ${table} have no order.`);
  const [key, id] = [sql.id('t', order), sql.id('t', place)];
  const ofDocument = documentId === null ? sql`true` : sql`t.document_id = ${documentId}`;
  const { rows } = await sql<Found>`
    with recursive wanted as materialized (
      select array_agg(w.key order by w.key) as keys, array_agg(w.id order by w.key) as ids, count(*)::integer as all
      from (
        select ${key} as key, ${id} as id from ${sourceOf(table)} t
        where ${after === null ? sql`true` : sql`${key} > ${after}`} and ${ofDocument}
          and ${table === 'versions' || table === 'status_changes' ? sql`t.confirmed_at is not null` : sql`true`}
        order by ${key} limit ${pageRows}
      ) w
    ), page as (
      select 0 as n, null::jsonb as row, 0::bigint as bytes
      union all
      select p.n + 1, f.row, p.bytes + octet_length(f.row::text) from page p cross join wanted w
        cross join lateral (
          select to_jsonb(t) as row from ${sourceOf(table)} t where ${id} = w.ids[p.n + 1] and ${ofDocument} offset 0
        ) f
        where p.n < w.all and p.bytes < ${pageBytes}
    )
    select p.row, w.keys[p.n] as key, w.all from page p cross join wanted w where p.n > 0 order by p.n`.execute(
    tx,
  );
  return rows;
}

/** Of versions all but their states, which may be large. */
function sourceOf(table: ExportedTable) {
  return table === 'versions'
    ? sql`(select id, document_id, number, kind, name, note, epoch, lsn, totals, created_by, created_by_name, created_at,
        parent_version_id, moment_at, confirmed_at from tidemark.versions)`
    : sql.id('tidemark', table);
}

function named(row: Line): Line {
  const entries = Object.entries(row).filter(([column]) => !left.has(column));
  return Object.fromEntries(entries.map(([column, value]) => [nameOf(column), jsonOf(column, value)]));
}

function nameOf(column: string): string {
  return column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** Postgres writes bytes as \x… and times with six digits and their offset. */
function jsonOf(column: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (column === 'sha256') return value.replace(/^\\x/, '');
  return /(_at|^at)$/.test(column) ? new Date(value).toISOString() : value;
}
