import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/**
 * Rights that reach live sessions (whatever decides them tells the channel `tidemark_rights` in its own transaction), and
 * documents that are begun anew under another epoch.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant create on schema tidemark to tidemark_definer`.execute(db);
  await epochs(db);
  await log(db);
  await beginAnew(db);
  await rights(db);
  await triggers(db);
  await sql`
    revoke create on schema tidemark from tidemark_definer;
    revoke all on function tidemark.next_epoch, tidemark.remember_epoch, tidemark.follow_former_epoch, tidemark.begin_anew,
      tidemark.begin_all_anew, tidemark.rights_of, tidemark.tell_rights,
      tidemark.read_updates(uuid, integer, bigint, integer) from public;
    grant execute on function tidemark.next_epoch to tidemark_definer;
    grant execute on function tidemark.begin_anew, tidemark.rights_of,
      tidemark.read_updates(uuid, integer, bigint, integer) to tidemark_app;
  `.execute(db);
}

async function epochs(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The log up to here belongs to former epochs: it is kept, and not loaded.
    alter table tidemark.documents add column base_lsn bigint not null default 0 check (base_lsn >= 0);

    -- No reference to the document: of a purged one this is all that is left, so that the same id never lives in the same epoch.
    create table tidemark.former_epochs (
      document_id uuid not null,
      epoch integer not null,
      company_id uuid not null,
      last_lsn bigint not null,
      reason text not null check (reason in ('reset', 'restored', 'purged')),
      ended_at timestamptz not null default now(),
      ended_by text,
      primary key (document_id, epoch)
    );
    grant select on tidemark.former_epochs to tidemark_app;
    grant select, insert on tidemark.former_epochs to tidemark_definer;
  `.execute(db);
  await tenantPolicy(db, 'former_epochs');
  await sql`
    create policy definer on tidemark.former_epochs to tidemark_definer using (true) with check (true);

    -- Time keeps an epoch from being given twice when a backup brings back a count that was passed already.
    create function tidemark.next_epoch(last integer) returns integer language sql volatile as $$
      select greatest(last + 1, floor(extract(epoch from clock_timestamp() - timestamptz '2026-01-01 00:00:00+00'))::integer)
    $$;

    create function tidemark.remember_epoch() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      insert into tidemark.former_epochs (document_id, epoch, company_id, last_lsn, reason, ended_by)
        values (old.id, old.epoch, old.company_id, old.head, 'purged', tidemark.user_id()) on conflict do nothing;
      return null;
    end $$;
    alter function tidemark.remember_epoch owner to tidemark_definer;
    create trigger remember_epoch after delete on tidemark.documents
      for each row execute function tidemark.remember_epoch();

    create function tidemark.follow_former_epoch() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      last integer := (select max(f.epoch) from tidemark.former_epochs f where f.document_id = new.id);
    begin
      if last is not null then
        new.epoch := tidemark.next_epoch(greatest(last, new.epoch));
      end if;
      return new;
    end $$;
    alter function tidemark.follow_former_epoch owner to tidemark_definer;
    create trigger follow_former_epoch before insert on tidemark.documents
      for each row execute function tidemark.follow_former_epoch();
  `.execute(db);
}

/** As in 0005, but a life of a document is told by where its log begins: one that is restored goes on with what it had. */
async function log(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function tidemark.load_document(document uuid)
      returns table (epoch integer, head bigint, lsn bigint, bytes bytea, user_id text, client_id bigint, at timestamptz)
      language plpgsql stable as $$
    #variable_conflict use_column
    declare
      current_epoch integer;
      current_head bigint;
      base bigint;
      start bigint;
      state bytea;
    begin
      perform tidemark.enter_companies_of(array[document]);
      select d.epoch, d.head, d.base_lsn into current_epoch, current_head, base
        from tidemark.documents d where d.id = document;
      if current_epoch is null then
        return;
      end if;
      return query select current_epoch, current_head, null::bigint, null::bytea, null::text, null::bigint, null::timestamptz;
      select c.lsn, c.state into start, state from tidemark.document_checkpoints c
        where c.document_id = document and c.lsn > base order by c.epoch desc, c.lsn desc limit 1;
      if start is not null then
        return query select current_epoch, current_head, start, state, null::text, null::bigint, null::timestamptz;
      end if;
      return query select current_epoch, current_head, u.lsn, u.update, u.user_id, u.client_id, u.stored_at
        from tidemark.document_updates u
        where u.document_id = document and u.lsn > coalesce(start, base) order by u.lsn;
    end $$;

    -- The first row (lsn null) says that the document lives in this epoch; without it the reader's room is gone.
    create function tidemark.read_updates(document uuid, at_epoch integer, after bigint, most integer)
      returns table (lsn bigint, update bytea, user_id text, client_id bigint, stored_at timestamptz)
      language plpgsql stable as $$
    #variable_conflict use_column
    begin
      perform tidemark.enter_companies_of(array[document]);
      if not exists (select from tidemark.documents d where d.id = document and d.epoch = at_epoch) then
        return;
      end if;
      return query select null::bigint, null::bytea, null::text, null::bigint, null::timestamptz;
      return query select u.lsn, u.update, u.user_id, u.client_id, u.stored_at
        from tidemark.document_updates u where u.document_id = document and u.lsn > after order by u.lsn limit most;
    end $$;

    create or replace function tidemark.save_checkpoint(document uuid, at_epoch integer, at_lsn bigint, state bytea, keep integer)
      returns boolean language plpgsql as $$
    #variable_conflict use_column
    declare
      found_one tidemark.documents;
      newest bigint;
    begin
      perform tidemark.enter_companies_of(array[document]);
      -- Keeps a purge away, but no append.
      select d.* into found_one from tidemark.documents d where d.id = document for key share;
      if found_one.id is null or found_one.epoch <> at_epoch or at_lsn <= found_one.base_lsn then
        return false;
      end if;
      if at_lsn > found_one.head then
        raise exception 'A checkpoint at % of a document whose log ends at %.', at_lsn, found_one.head;
      end if;
      select max(c.lsn) into newest from tidemark.document_checkpoints c
        where c.document_id = document and c.lsn > found_one.base_lsn;
      if newest >= at_lsn then
        return false;
      end if;
      insert into tidemark.document_checkpoints (document_id, lsn, epoch, company_id, state)
        values (document, at_lsn, at_epoch, found_one.company_id, state) on conflict do nothing;
      -- New before old: the one just stored is safe before an earlier one goes.
      delete from tidemark.document_checkpoints c where c.document_id = document and (c.epoch, c.lsn) not in (
        select k.epoch, k.lsn from tidemark.document_checkpoints k where k.document_id = document
        order by k.epoch desc, k.lsn desc limit keep
      );
      return true;
    end $$;
  `.execute(db);
}

async function beginAnew(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant update (epoch, head, base_lsn, log_bytes, updated_at, updated_by) on tidemark.documents to tidemark_definer;
    grant insert on tidemark.document_updates to tidemark_definer;
    create policy definer_anew on tidemark.documents for update to tidemark_definer using (true);

    create function tidemark.begin_anew(document uuid, state bytea default null) returns table (epoch integer, head bigint)
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    declare
      former tidemark.documents;
      -- An update that changes nothing, so that whoever compares heads sees that something happened.
      first bytea := coalesce(state, '\\x0000'::bytea);
      person text := tidemark.user_id();
    begin
      -- As every append does: whoever appends to the old life now waits, and is told that it is gone.
      select d.* into former from tidemark.documents d
        where d.id = document and d.company_id = any (tidemark.companies()) for no key update;
      if former.id is null then
        return;
      end if;
      insert into tidemark.former_epochs (document_id, epoch, company_id, last_lsn, reason, ended_by)
        values (former.id, former.epoch, former.company_id, former.head, 'reset', person) on conflict do nothing;
      update tidemark.documents d set epoch = tidemark.next_epoch(former.epoch), base_lsn = former.head,
          head = former.head + 1, log_bytes = octet_length(first),
          updated_at = clock_timestamp(), updated_by = coalesce(person, d.updated_by)
        where d.id = document
        returning d.epoch, d.head into epoch, head;
      insert into tidemark.document_updates (document_id, lsn, epoch, company_id, update, user_id, client_id)
        values (document, head, epoch, former.company_id, first, person, 0);
      return next;
    end $$;
    alter function tidemark.begin_anew owner to tidemark_definer;
    comment on function tidemark.begin_anew is
      'Begins a document anew: its next epoch, empty or with this state. The log so far stays and is not loaded.';

    create function tidemark.begin_all_anew(only_these uuid[] default null) returns bigint
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      begun bigint;
    begin
      with former as (
        select d.* from tidemark.documents d where only_these is null or d.id = any (only_these) order by d.id for no key update
      ), remembered as (
        insert into tidemark.former_epochs (document_id, epoch, company_id, last_lsn, reason)
          select f.id, f.epoch, f.company_id, f.head, 'restored' from former f on conflict do nothing
      ), anew as (
        update tidemark.documents d set epoch = tidemark.next_epoch(f.epoch), head = f.head + 1, log_bytes = d.log_bytes + 2
        from former f where d.id = f.id
        returning d.id, d.head, d.epoch, d.company_id
      )
      insert into tidemark.document_updates (document_id, lsn, epoch, company_id, update, client_id)
        select a.id, a.head, a.epoch, a.company_id, '\\x0000'::bytea, 0 from anew a;
      get diagnostics begun = row_count;
      return begun;
    end $$;
    alter function tidemark.begin_all_anew owner to tidemark_definer;
    comment on function tidemark.begin_all_anew is
      'For operators, after a backup was restored: all documents (or these) keep what they hold and begin their next epoch.';
  `.execute(db);
}

async function rights(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant usage on schema auth to tidemark_definer;
    grant select (id, "userId", "expiresAt") on auth.session to tidemark_definer;

    -- Many questions at once. A credential is 'session:<id>', 'token:<id>' or null; anything else is not known.
    create function tidemark.rights_of(people text[], documents uuid[], credentials text[])
      returns table (question integer, known boolean, company_id uuid, binned boolean, space_kind text, space_owner_id text,
        role text, token_company_id uuid, token_access text)
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select q.ordinality::integer, q.credential is null or l.id is not null or t.id is not null,
        d.company_id, d.deleted_at is not null, s.kind, s.owner_id, m.role, t.company_id, t.access
      from unnest(people, documents, credentials) with ordinality as q (person, document, credential, ordinality)
      left join auth.session l on l.id = case when q.credential like 'session:%' then substr(q.credential, 9) end
        and l."userId" = q.person and l."expiresAt" > now()
      left join tidemark.api_tokens t on t.id = case when q.credential like 'token:%' then substr(q.credential, 7)::uuid end
        and t.user_id = q.person and (t.expires_at is null or t.expires_at > now())
      left join tidemark.documents d on d.id = q.document
      left join tidemark.spaces s on s.id = d.space_id
      left join tidemark.memberships m on m.company_id = d.company_id and m.user_id = q.person
    $$;
    alter function tidemark.rights_of owner to tidemark_definer;
  `.execute(db);
}

/** What decides rights, and which of its columns. Appends and the last use of a token touch none of them. */
async function triggers(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Arguments: name of a part of the scope, column that it is read from, and so on.
    create function tidemark.tell_rights() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
    declare
      changed jsonb := to_jsonb(old);
      scope jsonb := '{}';
    begin
      for i in 0 .. tg_nargs / 2 - 1 loop
        scope := scope || jsonb_build_object(tg_argv[2 * i], changed -> tg_argv[2 * i + 1]);
      end loop;
      perform pg_notify('tidemark_rights', jsonb_strip_nulls(scope)::text);
      return null;
    end $$;
    create trigger tell_rights after delete or update of role, user_id, company_id on tidemark.memberships
      for each row execute function tidemark.tell_rights('userId', 'user_id', 'companyId', 'company_id');
    create trigger tell_rights after delete or update of company_id, space_id, deleted_at, epoch on tidemark.documents
      for each row execute function tidemark.tell_rights('documentId', 'id');
    create trigger tell_rights after delete or update of company_id, kind, owner_id on tidemark.spaces
      for each row execute function tidemark.tell_rights('companyId', 'company_id');
    create trigger tell_rights after delete or update of company_id, user_id, access, expires_at on tidemark.api_tokens
      for each row execute function tidemark.tell_rights('userId', 'user_id');
    create trigger tell_rights after delete or update of "userId" on auth.session
      for each row execute function tidemark.tell_rights('userId', 'userId');
  `.execute(db);
}
