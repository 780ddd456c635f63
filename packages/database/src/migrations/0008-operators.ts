import { type Kysely, sql } from 'kysely';

/**
 * The people who look after the server: they see its processes, rooms and quarantine, of all companies, but no content
 * other than what was quarantined. The first account of a server is its first operator.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant create on schema tidemark to tidemark_definer`.execute(db);
  await tables(db);
  await people(db);
  await processes(db);
  await documents(db);
  await sql`
    revoke create on schema tidemark from tidemark_definer;
    revoke all on function tidemark.is_operator, tidemark.need_operator, tidemark.first_operator, tidemark.appoint_first_operator, tidemark.list_operators,
      tidemark.appoint_operator, tidemark.dismiss_operator, tidemark.report_process, tidemark.forget_process,
      tidemark.read_processes, tidemark.inspect_documents, tidemark.inspect_people from public;
    grant execute on function tidemark.is_operator, tidemark.list_operators, tidemark.appoint_operator,
      tidemark.dismiss_operator, tidemark.report_process, tidemark.forget_process, tidemark.read_processes,
      tidemark.inspect_documents, tidemark.inspect_people to tidemark_app;
  `.execute(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.operators (
      user_id text primary key references auth."user" (id) on delete cascade,
      appointed_by text references auth."user" (id) on delete set null,
      appointed_at timestamptz not null default now()
    );
    -- What each process says of itself while it lives. Lost with a crash of Postgres, and said again at once.
    create unlogged table tidemark.processes (
      id uuid primary key,
      started_at timestamptz not null,
      beat_at timestamptz not null default clock_timestamp(),
      answered uuid,
      report jsonb not null
    );
  `.execute(db);
  for (const table of ['operators', 'processes']) {
    const name = sql.id('tidemark', table);
    await sql`alter table ${name} enable row level security`.execute(db);
    await sql`alter table ${name} force row level security`.execute(db);
    await sql`create policy definer on ${name} to tidemark_definer using (true) with check (true)`.execute(
      db,
    );
    await sql`grant select, insert, update, delete on ${name} to tidemark_definer`.execute(db);
  }
  await sql`
    grant usage on schema auth to tidemark_definer;
    grant select (id, name, email, "createdAt") on auth."user" to tidemark_definer;
    create policy definer on auth."user" for select to tidemark_definer using (true);
    grant select on tidemark.document_checkpoints to tidemark_definer;
    create policy definer on tidemark.document_checkpoints for select to tidemark_definer using (true);
  `.execute(db);
}

async function people(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.is_operator() returns boolean
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select exists (select from tidemark.operators o where o.user_id = tidemark.user_id())
    $$;
    create function tidemark.need_operator() returns void
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if not tidemark.is_operator() then
        raise exception 'Only an operator of the server may do this.' using errcode = 'insufficient_privilege';
      end if;
    end $$;

    -- The oldest account, if there is no operator yet. The lock makes two first sign-ups come one after the other.
    create function tidemark.appoint_first_operator() returns void
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      if exists (select from tidemark.operators) then
        return;
      end if;
      lock table tidemark.operators in share row exclusive mode;
      insert into tidemark.operators (user_id)
        select u.id from auth."user" u where not exists (select from tidemark.operators) order by u."createdAt", u.id limit 1;
    end $$;
    create function tidemark.first_operator() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform tidemark.appoint_first_operator();
      return null;
    end $$;

    create function tidemark.list_operators()
      returns table (id text, name text, email text, appointed_by text, appointed_at timestamptz)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    begin
      perform tidemark.need_operator();
      return query select u.id, u.name, u.email, a.name, o.appointed_at
        from tidemark.operators o join auth."user" u on u.id = o.user_id left join auth."user" a on a.id = o.appointed_by
        order by o.appointed_at, u.id;
    end $$;

    -- False: nobody has this address.
    create function tidemark.appoint_operator(address text) returns boolean
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    declare
      person text;
    begin
      perform tidemark.need_operator();
      select u.id into person from auth."user" u where u.email = lower(address);
      if person is null then
        return false;
      end if;
      insert into tidemark.operators (user_id, appointed_by) values (person, tidemark.user_id()) on conflict do nothing;
      return true;
    end $$;

    -- 'dismissed', 'unknown', or 'last': a server is never left without.
    create function tidemark.dismiss_operator(person text) returns text
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform tidemark.need_operator();
      lock table tidemark.operators in share row exclusive mode;
      if not exists (select from tidemark.operators o where o.user_id = person) then
        return 'unknown';
      end if;
      if (select count(*) from tidemark.operators) = 1 then
        return 'last';
      end if;
      delete from tidemark.operators o where o.user_id = person;
      return 'dismissed';
    end $$;
  `.execute(db);
  for (const name of [
    'is_operator()',
    'need_operator()',
    'appoint_first_operator()',
    'first_operator()',
    'list_operators()',
    'appoint_operator(text)',
    'dismiss_operator(text)',
  ]) {
    await sql`alter function ${sql.raw(`tidemark.${name}`)} owner to tidemark_definer`.execute(db);
  }
  await sql`
    create trigger first_operator after insert on auth."user" for each statement execute function tidemark.first_operator();
    -- For accounts that are older than this migration.
    select tidemark.appoint_first_operator();
  `.execute(db);
}

async function processes(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.report_process(process uuid, since timestamptz, answering uuid, said jsonb) returns void
      language sql security definer set search_path = pg_catalog, pg_temp as $$
      -- Whoever has been silent for ten minutes is gone.
      delete from tidemark.processes p where p.beat_at < clock_timestamp() - interval '10 minutes' and p.id <> process;
      insert into tidemark.processes (id, started_at, answered, report) values (process, since, answering, said)
        on conflict (id) do update set beat_at = clock_timestamp(), report = excluded.report,
          answered = coalesce(excluded.answered, tidemark.processes.answered);
    $$;
    create function tidemark.forget_process(process uuid) returns void
      language sql security definer set search_path = pg_catalog, pg_temp as $$
      delete from tidemark.processes p where p.id = process
    $$;
    create function tidemark.read_processes()
      returns table (id uuid, started_at timestamptz, beat_at timestamptz, answered uuid, report jsonb)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    begin
      perform tidemark.need_operator();
      return query select p.id, p.started_at, p.beat_at, p.answered, p.report from tidemark.processes p order by p.started_at;
    end $$;
    alter function tidemark.report_process owner to tidemark_definer;
    alter function tidemark.forget_process owner to tidemark_definer;
    alter function tidemark.read_processes owner to tidemark_definer;
  `.execute(db);
}

async function documents(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.inspect_documents(wanted uuid[])
      returns table (id uuid, title text, kind text, company text, epoch integer, head bigint, log_bytes bigint,
        checkpoint_lsn bigint, checkpoint_bytes bigint, checkpoint_at timestamptz, updated_at timestamptz, deleted_at timestamptz)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    begin
      perform tidemark.need_operator();
      return query select d.id, d.title, d.kind, c.name, d.epoch, d.head, d.log_bytes, k.lsn, k.bytes, k.created_at,
          d.updated_at, d.deleted_at
        from tidemark.documents d join tidemark.companies c on c.id = d.company_id
        left join lateral (
          select p.lsn, octet_length(p.state)::bigint as bytes, p.created_at from tidemark.document_checkpoints p
          where p.document_id = d.id and p.epoch = d.epoch order by p.lsn desc limit 1
        ) k on true
        where d.id = any (wanted);
    end $$;
    alter function tidemark.inspect_documents owner to tidemark_definer;

    create function tidemark.inspect_people(wanted text[]) returns table (id text, name text, email text)
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    begin
      perform tidemark.need_operator();
      return query select u.id, u.name, u.email from auth."user" u where u.id = any (wanted);
    end $$;
    alter function tidemark.inspect_people owner to tidemark_definer;
  `.execute(db);
}
