import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';
import { logFunctions } from './0016-log-functions.ts';
import { packing } from './0016-packing.ts';

/**
 * The past of documents: log entries packed into segments, states that only history reads, sessions of work and versions that are
 * made by themselves. An append touches none of it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await places(db);
  await sessions(db);
  for (const table of tables) await tenantPolicy(db, table);
  await rights(db);
  await sql`grant create on schema tidemark to tidemark_definer`.execute(db);
  await packing(db);
  await logFunctions(db);
  await sql`revoke create on schema tidemark from tidemark_definer`.execute(db);
}

const tables = [
  'history_places',
  'document_segments',
  'history_checkpoints',
  'history_sessions',
  'automatic_versions',
];

async function places(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- No row: all of it stands at 0. Beside documents, so that appends and the work on the past don't write the same row.
    create table tidemark.history_places (
      document_id uuid primary key,
      company_id uuid not null,
      -- Sessions of work are known up to here.
      settled_lsn bigint not null default 0,
      -- Entries up to here lie in segments, or are thinned.
      packed_lsn bigint not null default 0,
      thinned_lsn bigint not null default 0,
      check (settled_lsn >= 0 and thinned_lsn between 0 and packed_lsn),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );

    create table tidemark.document_segments (
      document_id uuid not null,
      first_lsn bigint not null,
      last_lsn bigint not null check (last_lsn >= first_lsn),
      company_id uuid not null,
      content bytea not null,
      -- Of the updates, one after the other.
      sha256 bytea not null check (octet_length(sha256) = 32),
      -- Of the updates, before they were packed.
      bytes bigint not null,
      from_at timestamptz not null,
      to_at timestamptz not null,
      primary key (document_id, first_lsn),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
    alter table tidemark.document_segments alter column content set storage external;

    create table tidemark.history_checkpoints (
      document_id uuid not null,
      lsn bigint not null check (lsn > 0),
      company_id uuid not null,
      state bytea not null,
      created_at timestamptz not null default now(),
      primary key (document_id, lsn),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
    alter table tidemark.history_checkpoints alter column state set storage external;
  `.execute(db);
}

async function sessions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.history_sessions (
      document_id uuid not null,
      first_lsn bigint not null check (first_lsn > 0),
      last_lsn bigint not null check (last_lsn >= first_lsn),
      company_id uuid not null,
      -- No reference: what was done stays told when an account goes. Null: the server itself.
      user_id text,
      from_at timestamptz not null,
      to_at timestamptz not null,
      edits integer not null check (edits > 0),
      bytes bigint not null,
      touched jsonb not null,
      -- [[lsn, milliseconds since 1970], …]
      stops jsonb not null,
      primary key (document_id, first_lsn),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
    create index history_sessions_latest on tidemark.history_sessions (document_id, to_at desc, first_lsn desc);

    create table tidemark.automatic_versions (
      id uuid primary key default gen_random_uuid(),
      document_id uuid not null,
      company_id uuid not null,
      lsn bigint not null check (lsn >= 0),
      at timestamptz not null,
      reason text not null check (reason in ('quiet', 'nightly', 'before-restore', 'restored', 'before-import', 'forked')),
      user_id text,
      about text not null default '' check (char_length(about) <= 4000),
      unique (document_id, lsn, reason),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
  `.execute(db);
}

/** The application adds and reads; what is removed or moved on goes through the functions that check it. */
async function rights(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select on tidemark.document_segments to tidemark_app;
    grant select, insert (document_id, company_id, settled_lsn), update (settled_lsn) on tidemark.history_places to tidemark_app;
    grant select, insert on tidemark.history_checkpoints, tidemark.automatic_versions to tidemark_app;
    grant select, insert, update on tidemark.history_sessions to tidemark_app;

    grant select, insert, update on tidemark.history_places to tidemark_definer;
    grant select, insert, delete on tidemark.document_segments to tidemark_definer;
    grant select, delete on tidemark.history_checkpoints, tidemark.automatic_versions to tidemark_definer;
  `.execute(db);
  for (const table of tables) {
    await sql`create policy definer on ${sql.id('tidemark', table)} to tidemark_definer
      using (true) with check (true)`.execute(db);
  }
}
