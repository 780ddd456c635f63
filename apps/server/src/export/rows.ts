import { type Database, inTenant, type Tenant } from '@tidemark/database';
import { sql } from 'kysely';

/** Tables of which whole rows go into an export, with the column that pages go by. It is unique among the rows that are asked for. */
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
  messages: 'n',
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
/** Of one page, as JSON; one row alone may have more. */
const pageBytes = 1024 * 1024;

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
  const key = keys[table];
  let last: unknown = null;
  for (;;) {
    const { found, whole } = await inTenant(app, tenant, async (tx) => {
      const { rows } = await sql<{ row: Line; key: unknown; all: number }>`
        select p.row, p.key, p.all from (
          select f.row, f.key, count(*) over ()::integer as all, row_number() over by_key as n,
            sum(octet_length(f.row::text)) over by_key as bytes
          from (
            select to_jsonb(t) as row, t.${sql.id(key)} as key from ${sourceOf(table)} t
            where ${last === null ? sql`true` : sql`t.${sql.id(key)} > ${last}`}
              and ${documentId === null ? sql`true` : sql`t.document_id = ${documentId}`}
              and ${table === 'versions' || table === 'status_changes' ? sql`t.confirmed_at is not null` : sql`true`}
            order by t.${sql.id(key)} limit ${pageRows}
          ) f window by_key as (order by f.key)
        ) p where p.n = 1 or p.bytes <= ${pageBytes} order by p.n`.execute(tx);
      return { found: rows, whole: rows.length === (rows[0]?.all ?? 0) };
    });
    for (const { key: place, row } of found) {
      last = place;
      yield named(row);
    }
    if (whole && found.length < pageRows) return;
  }
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
