import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

const partitions = 8;

/** Documents, their update logs, checkpoints and files. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await documents(db);
  await log(db);
  await files(db);
  const tables = ['documents', 'document_updates', 'document_checkpoints', 'files'];
  for (let n = 0; n < partitions; n += 1) tables.push(`document_updates_${n}`);
  for (const table of tables) await tenantPolicy(db, table);
  await rights(db);
}

async function documents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.documents (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      space_id uuid not null,
      kind text not null check (kind in ('dashboard', 'estimate', 'diagram')),
      title text not null check (char_length(title) <= 500),
      epoch integer not null default 1 check (epoch > 0),
      head bigint not null default 0 check (head >= 0),
      log_bytes bigint not null default 0,
      created_by text references auth."user" (id) on delete set null,
      created_at timestamptz not null default now(),
      -- No reference: an append must not fail because its writer's account was deleted meanwhile.
      updated_by text,
      updated_at timestamptz not null default now(),
      deleted_at timestamptz,
      deleted_by text references auth."user" (id) on delete set null,
      unique (company_id, id),
      -- At the end of the statement, so that a company can go with all it owns, but no space before its documents.
      foreign key (company_id, space_id) references tidemark.spaces (company_id, id) on delete no action
    ) with (fillfactor = 80);
    create index documents_listed on tidemark.documents (space_id, updated_at desc, id) where deleted_at is null;
    create index documents_binned on tidemark.documents (company_id, deleted_at desc, id) where deleted_at is not null;
  `.execute(db);
}

async function log(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- No foreign key to documents: it would be looked up for every row, and append_updates holds the document's row
    -- locked anyway. A trigger on documents removes the log.
    create table tidemark.document_updates (
      document_id uuid not null,
      lsn bigint not null,
      epoch integer not null,
      company_id uuid not null,
      update bytea not null,
      user_id text,
      client_id bigint not null,
      stored_at timestamptz not null default clock_timestamp(),
      primary key (document_id, lsn)
    ) partition by hash (document_id);
  `.execute(db);
  for (let n = 0; n < partitions; n += 1) {
    const partition = sql.id('tidemark', `document_updates_${n}`);
    await sql`create table ${partition} partition of tidemark.document_updates
      for values with (modulus ${sql.lit(partitions)}, remainder ${sql.lit(n)})`.execute(db);
    // Updates are dense already; pglz costs more than it saves, and lz4 is not in every build.
    await sql`alter table ${partition} alter column update set storage external`.execute(db);
  }
  await sql`
    create table tidemark.document_checkpoints (
      document_id uuid not null,
      lsn bigint not null,
      epoch integer not null,
      company_id uuid not null,
      state bytea not null,
      created_at timestamptz not null default now(),
      primary key (document_id, epoch, lsn),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
    alter table tidemark.document_checkpoints alter column state set storage external;
  `.execute(db);
}

async function files(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.files (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      document_id uuid not null,
      sha256 bytea not null check (octet_length(sha256) = 32),
      name text not null check (char_length(name) between 1 and 500),
      media_type text not null,
      size bigint not null check (size >= 0),
      stored_size bigint not null check (stored_size >= 0),
      metadata jsonb not null default '{}',
      created_by text references auth."user" (id) on delete set null,
      created_at timestamptz not null default now(),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
    create index files_document on tidemark.files (document_id, created_at);
    create index files_sha256 on tidemark.files (sha256);
  `.execute(db);
}

async function rights(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant select, insert, update, delete
      on tidemark.documents, tidemark.document_checkpoints, tidemark.files to tidemark_app;
    -- The log is append-only: nothing rewrites or removes an entry, except the trigger when its document is purged.
    grant select, insert on tidemark.document_updates to tidemark_app;
    grant select on tidemark.documents, tidemark.document_updates to tidemark_definer;
    grant delete on tidemark.document_updates to tidemark_definer;
    create policy definer on tidemark.documents for select to tidemark_definer using (true);
    create policy definer on tidemark.document_updates to tidemark_definer using (true);

    -- One row that a readiness check writes, to prove that a commit goes through.
    create table tidemark.pulse (single boolean primary key default true check (single), at timestamptz not null);
    insert into tidemark.pulse (at) values (now());
    grant select, update on tidemark.pulse to tidemark_app;
  `.execute(db);
}
