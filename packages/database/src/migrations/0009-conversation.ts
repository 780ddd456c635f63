import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/**
 * The conversation beside a document. Every change in it takes the next number of its document under the lock of one counter
 * row, so that numbers become visible in their order. Ids are made by clients and hold within a document.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await tables(db);
  for (const table of ['conversations', 'threads', 'messages', 'thread_marks']) await tenantPolicy(db, table);
  await sql`
    -- How far somebody has read is nobody else's business.
    create policy own on tidemark.thread_marks as restrictive to tidemark_app
      using (user_id = (select tidemark.user_id())) with check (user_id = (select tidemark.user_id()));
    -- Nothing is deleted row by row: a deleted message leaves a stub, and all of it goes with its document.
    grant select, insert, update on tidemark.conversations, tidemark.threads, tidemark.messages, tidemark.thread_marks
      to tidemark_app;

    -- The first of so many new numbers. Whoever asks next waits until this transaction has ended.
    create function tidemark.next_changes(company uuid, document uuid, how_many integer) returns bigint
      language sql volatile as $$
      insert into tidemark.conversations as c (document_id, company_id, seq) values (document, company, how_many)
        on conflict (document_id) do update set seq = c.seq + how_many
        returning seq - how_many + 1
    $$;
    revoke all on function tidemark.next_changes from public;
    grant execute on function tidemark.next_changes to tidemark_app;
  `.execute(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.conversations (
      document_id uuid primary key,
      company_id uuid not null,
      seq bigint not null check (seq > 0),
      foreign key (company_id, document_id) references tidemark.documents (company_id, id) on delete cascade
    );
    create table tidemark.threads (
      document_id uuid not null references tidemark.conversations (document_id) on delete cascade,
      id uuid not null,
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      seq bigint not null,
      anchor_kind text check (char_length(anchor_kind) between 1 and 40),
      anchor_id text check (char_length(anchor_id) between 1 and 500),
      anchor_place text check (char_length(anchor_place) <= 500),
      anchor_label text check (char_length(anchor_label) <= 200),
      created_by text references auth."user" (id) on delete set null,
      created_at timestamptz not null default now(),
      resolved_at timestamptz,
      resolved_by text references auth."user" (id) on delete set null,
      primary key (document_id, id),
      check ((anchor_kind is null) = (anchor_id is null))
    );
    create index threads_seq on tidemark.threads (document_id, seq);
    create table tidemark.messages (
      document_id uuid not null,
      id uuid not null,
      thread_id uuid not null,
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      -- The place in the conversation, and the number of the last change.
      n bigint not null,
      seq bigint not null,
      author_id text references auth."user" (id) on delete set null,
      -- As they were called then: whoever leaves the company leaves what they said.
      author_name text not null,
      text text not null check (char_length(text) <= 4000),
      -- [{id, name}], the names as they stand in the text.
      mentions jsonb not null default '[]',
      created_at timestamptz not null default now(),
      edited_at timestamptz,
      deleted_at timestamptz check (deleted_at is null or text = ''),
      primary key (document_id, id),
      foreign key (document_id, thread_id) references tidemark.threads (document_id, id) on delete cascade
    );
    create index messages_seq on tidemark.messages (document_id, seq);
    create table tidemark.thread_marks (
      document_id uuid not null,
      thread_id uuid not null,
      user_id text not null references auth."user" (id) on delete cascade,
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      seq bigint not null,
      -- The highest message number read.
      n bigint not null,
      primary key (document_id, user_id, thread_id),
      foreign key (document_id, thread_id) references tidemark.threads (document_id, id) on delete cascade
    );
  `.execute(db);
}
