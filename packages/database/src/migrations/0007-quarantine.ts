import { type Kysely, sql } from 'kysely';

/**
 * What the engine refused or could not apply, kept for the server's operators. It is of no company's making to look at:
 * the functions below are the only way to it, and those that read look for an operator first.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.quarantine (
      id bigint generated always as identity primary key,
      document_id uuid not null references tidemark.documents (id) on delete cascade,
      user_id text,
      client_id bigint not null,
      code text not null,
      detail text not null,
      -- Null: it was larger than may be kept.
      content bytea,
      size bigint not null check (size >= 0),
      kept_at timestamptz not null default clock_timestamp()
    );
    alter table tidemark.quarantine alter column content set storage external;
    create index quarantine_document on tidemark.quarantine (document_id, id);
    alter table tidemark.quarantine enable row level security;
    alter table tidemark.quarantine force row level security;
    create policy definer on tidemark.quarantine to tidemark_definer using (true) with check (true);
    grant select, insert, delete on tidemark.quarantine to tidemark_definer;
    grant create on schema tidemark to tidemark_definer;
  `.execute(db);
  await keep(db);
  await look(db);
  await sql`
    revoke create on schema tidemark from tidemark_definer;
    revoke all on function tidemark.keep_quarantined, tidemark.list_quarantined, tidemark.read_quarantined,
      tidemark.remove_quarantined from public;
    grant execute on function tidemark.keep_quarantined, tidemark.list_quarantined, tidemark.read_quarantined,
      tidemark.remove_quarantined to tidemark_app;
  `.execute(db);
}

async function keep(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Keeps one and drops the document's oldest beyond the bounds, and the oldest of all beyond most_in_all. A document
    -- that is gone is passed over.
    create function tidemark.keep_quarantined(
      document uuid, author text, client bigint, why text, what text, bytes bytea,
      largest integer, most_items integer, most_bytes bigint, most_in_all integer
    ) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      insert into tidemark.quarantine (document_id, user_id, client_id, code, detail, content, size)
        select d.id, author, client, why, left(what, 1000),
          case when octet_length(bytes) <= largest then bytes end, octet_length(bytes)
        from tidemark.documents d where d.id = document for key share;
      delete from tidemark.quarantine q using (
        select k.id, row_number() over newer as place,
          sum(octet_length(k.content)) over newer as bytes
        from tidemark.quarantine k where k.document_id = document window newer as (order by k.id desc)
      ) as ranked
        where q.id = ranked.id and ranked.place > 1 and (ranked.place > most_items or ranked.bytes > most_bytes);
      delete from tidemark.quarantine q where q.id <= (
        select k.id from tidemark.quarantine k order by k.id desc offset most_in_all limit 1
      );
    end $$;
    alter function tidemark.keep_quarantined owner to tidemark_definer;
  `.execute(db);
}

async function look(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Newest first; of one document, or of all. Those before an id are the next page.
    create function tidemark.list_quarantined(document uuid, before bigint, most integer)
      returns table (id bigint, document_id uuid, title text, company text, user_id text, client_id bigint,
        code text, detail text, size bigint, kept boolean, kept_at timestamptz)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    begin
      perform tidemark.need_operator();
      return query select q.id, q.document_id, d.title, c.name, q.user_id, q.client_id, q.code, q.detail, q.size,
          q.content is not null, q.kept_at
        from tidemark.quarantine q join tidemark.documents d on d.id = q.document_id
        join tidemark.companies c on c.id = d.company_id
        where (document is null or q.document_id = document) and (before is null or q.id < before)
        order by q.id desc limit most;
    end $$;

    create function tidemark.read_quarantined(item bigint) returns bytea
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform tidemark.need_operator();
      return (select q.content from tidemark.quarantine q where q.id = item);
    end $$;

    -- False: there is no such item (any more).
    create function tidemark.remove_quarantined(item bigint) returns boolean
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform tidemark.need_operator();
      delete from tidemark.quarantine q where q.id = item;
      return found;
    end $$;
    alter function tidemark.list_quarantined owner to tidemark_definer;
    alter function tidemark.read_quarantined owner to tidemark_definer;
    alter function tidemark.remove_quarantined owner to tidemark_definer;
  `.execute(db);
}
