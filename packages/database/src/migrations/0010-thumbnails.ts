import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/** Small pictures of documents for lists, of any kind of document that has one. They can always be drawn anew. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.thumbnails (
      document_id uuid primary key,
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      -- What was drawn; null until something was.
      epoch integer,
      head bigint,
      -- PNG. Null when there is nothing to be seen, or it cannot be drawn.
      light bytea check (octet_length(light) <= 65536),
      dark bytea check (octet_length(dark) <= 65536),
      -- Another one means that it looks different.
      version text check (char_length(version) between 1 and 64),
      drawn_at timestamptz,
      -- A process is at it; after that time it is taken for dead.
      claimed_until timestamptz,
      check ((light is null) = (version is null) and (dark is null) = (version is null)),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
  `.execute(db);
  await tenantPolicy(db, 'thumbnails');
  await sql`grant select, insert, update on tidemark.thumbnails to tidemark_app`.execute(db);
}
