import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/**
 * States of documents that are kept for good, the status of estimates, what lists and patterns know of estimates, and
 * where a document comes from.
 *
 * What belongs to an edit of the document is written before it, not confirmed yet: rows of which the document knows
 * nothing after a crash are taken away. Once confirmed, a row is never changed and goes only with its document.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await versions(db);
  await statusChanges(db);
  await origins(db);
  await figures(db);
  for (const table of ['versions', 'status_changes', 'estimate_figures']) await tenantPolicy(db, table);
  await kept(db);
}

async function versions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.versions (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      document_id uuid not null,
      -- 1, 2, 3… within the document.
      number integer not null check (number > 0),
      kind text not null check (kind in ('submitted', 'named')),
      name text not null default '' check (char_length(name) <= 200),
      note text not null default '' check (char_length(note) <= 4000),
      -- The whole document, one Yjs update (v1).
      state bytea not null,
      epoch integer not null,
      -- The log position of the edit that belongs to it, or that the state was read at.
      lsn bigint,
      -- What it came to, so that lists need not read the state. Null for kinds that come to nothing.
      totals jsonb,
      created_by text references auth."user" (id) on delete set null,
      -- As they were called then.
      created_by_name text not null,
      created_at timestamptz not null default now(),
      -- The version before it: of this document, or the one that this document began with.
      parent_version_id uuid,
      -- Null: the edit that it belongs to is not stored yet.
      confirmed_at timestamptz,
      unique (document_id, number),
      unique (company_id, id),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade,
      foreign key (company_id, parent_version_id) references tidemark.versions (company_id, id)
        on delete set null (parent_version_id)
    );
    alter table tidemark.versions alter column state set storage external;
    create index versions_parent on tidemark.versions (parent_version_id) where parent_version_id is not null;
    create index versions_unconfirmed on tidemark.versions (document_id) where confirmed_at is null;
  `.execute(db);
}

async function statusChanges(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.status_changes (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      document_id uuid not null,
      from_status text not null check (from_status in ('draft', 'submitted', 'won', 'lost')),
      to_status text not null check (to_status in ('draft', 'submitted', 'won', 'lost')),
      note text not null default '' check (char_length(note) <= 4000),
      -- What was submitted, won, lost or opened again.
      version_id uuid,
      created_by text references auth."user" (id) on delete set null,
      created_by_name text not null,
      created_at timestamptz not null default now(),
      confirmed_at timestamptz,
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade,
      foreign key (company_id, version_id) references tidemark.versions (company_id, id) on delete cascade
    );
    create index status_changes_document on tidemark.status_changes (document_id, created_at desc, id);
    create index status_changes_version on tidemark.status_changes (version_id) where version_id is not null;
  `.execute(db);
}

async function origins(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tidemark.documents
      add column is_template boolean not null default false,
      add column parent_document_id uuid,
      add column parent_version_id uuid,
      add foreign key (company_id, parent_document_id) references tidemark.documents (company_id, id)
        on delete set null (parent_document_id),
      add foreign key (company_id, parent_version_id) references tidemark.versions (company_id, id)
        on delete set null (parent_version_id);
    create index documents_parent on tidemark.documents (parent_document_id) where parent_document_id is not null;
    create index documents_parent_version on tidemark.documents (parent_version_id) where parent_version_id is not null;
  `.execute(db);
}

async function figures(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One row per estimate, derived from its content; it can always be reckoned anew.
    create table tidemark.estimate_figures (
      document_id uuid primary key,
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      status text not null check (status in ('draft', 'submitted', 'won', 'lost')),
      client text not null,
      number text not null,
      currency text not null,
      -- Ten-thousandths of the currency's unit. Null: it cannot be reckoned.
      base bigint,
      cost bigint,
      bid bigint,
      total bigint,
      lines integer not null,
      -- [{id, category, title, probBp, low, high, expected, applied, outcome, actualImpact}]
      risks jsonb not null default '[]',
      actual bigint,
      planned_days double precision,
      actual_days double precision,
      updated_at timestamptz not null default now(),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
  `.execute(db);
}

/** Grants say which columns, policies which rows: no right of the application reaches what is confirmed. */
async function kept(db: Kysely<unknown>): Promise<void> {
  for (const table of ['versions', 'status_changes']) {
    const name = sql.id('tidemark', table);
    await sql`create policy kept on ${name} as restrictive for delete to tidemark_app
      using (confirmed_at is null)`.execute(db);
    await sql`create policy unchanged on ${name} as restrictive for update to tidemark_app
      using (confirmed_at is null) with check (confirmed_at is not null)`.execute(db);
  }
  await sql`
    grant select, insert, delete, update (confirmed_at, lsn) on tidemark.versions to tidemark_app;
    grant select, insert, delete, update (confirmed_at) on tidemark.status_changes to tidemark_app;
    grant select, insert, update on tidemark.estimate_figures to tidemark_app;
  `.execute(db);
}
