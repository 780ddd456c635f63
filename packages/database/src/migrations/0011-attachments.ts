import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/** Files of any type on a document, and what became of the file that a document was imported from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.attachments (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      document_id uuid not null,
      sha256 bytea not null check (octet_length(sha256) = 32),
      name text not null check (char_length(name) between 1 and 500),
      media_type text not null,
      size bigint not null check (size >= 0),
      stored_size bigint not null check (stored_size >= 0),
      created_by text references auth."user" (id) on delete set null,
      created_at timestamptz not null default now(),
      -- Taken off the document; it can be put back.
      removed_at timestamptz,
      removed_by text references auth."user" (id) on delete set null,
      unique (document_id, id),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
    create index attachments_sha256 on tidemark.attachments (sha256);

    create table tidemark.imports (
      document_id uuid primary key,
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      attachment_id uuid not null,
      report jsonb not null,
      created_at timestamptz not null default now(),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade,
      foreign key (document_id, attachment_id) references tidemark.attachments (document_id, id) on delete cascade
    );
  `.execute(db);
  for (const table of ['attachments', 'imports']) await tenantPolicy(db, table);
  // Nothing is deleted row by row: an attachment is taken off, and all of it goes with its document.
  await sql`
    grant select, insert, update on tidemark.attachments to tidemark_app;
    grant select, insert on tidemark.imports to tidemark_app;
  `.execute(db);
}
