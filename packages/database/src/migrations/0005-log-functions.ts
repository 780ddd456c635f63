import { type Kysely, sql } from 'kysely';

/**
 * The update log's ways in, one round trip each. They run with the rights of the caller, under row-level security, and
 * set the company themselves: the engine works for documents of many companies at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant create on schema tidemark to tidemark_definer`.execute(db);
  await enter(db);
  await append(db);
  await read(db);
  await checkpoint(db);
  await sql`
    revoke create on schema tidemark from tidemark_definer;
    revoke all on function tidemark.companies_of, tidemark.heads_of, tidemark.enter_companies_of, tidemark.append_updates,
      tidemark.load_document, tidemark.read_updates, tidemark.save_checkpoint from public;
    grant execute on function tidemark.companies_of, tidemark.heads_of, tidemark.enter_companies_of,
      tidemark.append_updates, tidemark.load_document, tidemark.read_updates, tidemark.save_checkpoint to tidemark_app;
  `.execute(db);
}

async function enter(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.companies_of(documents uuid[]) returns uuid[]
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select array_agg(distinct d.company_id) from tidemark.documents d where d.id = any (documents)
    $$;
    alter function tidemark.companies_of owner to tidemark_definer;

    create function tidemark.heads_of(documents uuid[]) returns table (id uuid, head bigint)
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select d.id, d.head from tidemark.documents d where d.id = any (documents)
    $$;
    alter function tidemark.heads_of owner to tidemark_definer;

    create function tidemark.enter_companies_of(documents uuid[]) returns void language sql as $$
      select set_config('tidemark.company', coalesce(array_to_string(tidemark.companies_of(documents), ','), ''), true)
    $$;
  `.execute(db);
}

async function append(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- One group of batches, at most one per document. Batch i is for documents[i] in epochs[i], and its writer has seen
    -- afters[i]. The entries of all batches follow one another: entry e belongs to batch owners[e], its bytes lie in
    -- content, cut by sizes. A row comes back per living batch (lsn null, before = head before it), and one per entry
    -- that others wrote between.
    create function tidemark.append_updates(
      documents uuid[], epochs integer[], afters bigint[],
      content bytea, owners integer[], sizes integer[], users text[], clients bigint[]
    ) returns table (batch integer, before bigint, lsn bigint, update bytea, user_id text, client_id bigint, stored_at timestamptz)
      language plpgsql as $$
    #variable_conflict use_column
    declare
      alive integer[];
      befores bigint[];
      i integer;
    begin
      perform tidemark.enter_companies_of(documents);
      -- In the order of ids, so that two groups never wait for each other in a circle.
      perform from tidemark.documents d where d.id = any (documents) order by d.id for no key update;
      -- A statement of its own, with a snapshot taken after the lock: it sees what others committed while we waited.
      with entries as (
        select e.batch, e.size, e.author, e.client,
          row_number() over (partition by e.batch order by e.ordinality) as place,
          sum(e.size) over (order by e.ordinality) - e.size as start
        from unnest(owners, sizes, users, clients) with ordinality as e (batch, size, author, client, ordinality)
      ), batches as (
        select b.ordinality::integer as batch, b.document, b.epoch, count(e.batch) as count, coalesce(sum(e.size), 0) as bytes,
          (array_agg(e.author order by e.place desc) filter (where e.author is not null))[1] as author
        from unnest(documents, epochs) with ordinality as b (document, epoch, ordinality)
        left join entries e on e.batch = b.ordinality
        group by 1, 2, 3
      ), living as (
        -- The time of the last change moves once a second: it stands in an index, and a row whose indexed columns stay is
        -- rewritten in place.
        update tidemark.documents d set head = d.head + t.count, log_bytes = d.log_bytes + t.bytes,
          updated_at = case when d.updated_at > clock_timestamp() - interval '1 second' then d.updated_at else clock_timestamp() end,
          updated_by = coalesce(t.author, d.updated_by)
        from batches t where d.id = t.document and d.epoch = t.epoch
        returning t.batch, d.id, d.company_id, d.epoch, d.head - t.count as before
      ), stored as (
        insert into tidemark.document_updates (document_id, lsn, epoch, company_id, update, user_id, client_id)
        select l.id, l.before + e.place, l.epoch, l.company_id,
          substring(content from (e.start + 1)::integer for e.size), e.author, e.client
        from entries e join living l on l.batch = e.batch
        order by e.batch, e.place
      )
      select array_agg(l.batch), array_agg(l.before) into alive, befores from living l;
      for i in 1 .. coalesce(array_length(alive, 1), 0) loop
        return query select alive[i], befores[i], null::bigint, null::bytea, null::text, null::bigint, null::timestamptz;
        if afters[alive[i]] < befores[i] then
          return query select alive[i], befores[i], u.lsn, u.update, u.user_id, u.client_id, u.stored_at
            from tidemark.document_updates u
            where u.document_id = documents[alive[i]] and u.epoch = epochs[alive[i]]
              and u.lsn > afters[alive[i]] and u.lsn <= befores[i]
            order by u.lsn;
        end if;
      end loop;
    end $$;
  `.execute(db);
}

async function read(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Stable, so that all its statements share one snapshot: checkpoint and tail fit together. The first row is the
    -- document (lsn null, bytes null), then the checkpoint (at null) if there is one, then the entries after it.
    create function tidemark.load_document(document uuid)
      returns table (epoch integer, head bigint, lsn bigint, bytes bytea, user_id text, client_id bigint, at timestamptz)
      language plpgsql stable as $$
    #variable_conflict use_column
    declare
      current_epoch integer;
      current_head bigint;
      start bigint;
      state bytea;
    begin
      perform tidemark.enter_companies_of(array[document]);
      select d.epoch, d.head into current_epoch, current_head from tidemark.documents d where d.id = document;
      if current_epoch is null then
        return;
      end if;
      return query select current_epoch, current_head, null::bigint, null::bytea, null::text, null::bigint, null::timestamptz;
      select c.lsn, c.state into start, state from tidemark.document_checkpoints c
        where c.document_id = document and c.epoch = current_epoch order by c.lsn desc limit 1;
      if start is not null then
        return query select current_epoch, current_head, start, state, null::text, null::bigint, null::timestamptz;
      end if;
      return query select current_epoch, current_head, u.lsn, u.update, u.user_id, u.client_id, u.stored_at
        from tidemark.document_updates u
        where u.document_id = document and u.epoch = current_epoch and u.lsn > coalesce(start, 0) order by u.lsn;
    end $$;

    create function tidemark.read_updates(document uuid, after bigint, most integer)
      returns table (lsn bigint, update bytea, user_id text, client_id bigint, stored_at timestamptz)
      language plpgsql stable as $$
    #variable_conflict use_column
    begin
      perform tidemark.enter_companies_of(array[document]);
      return query select u.lsn, u.update, u.user_id, u.client_id, u.stored_at
        from tidemark.document_updates u
        where u.document_id = document and u.lsn > after
          and u.epoch = (select d.epoch from tidemark.documents d where d.id = document)
        order by u.lsn limit most;
    end $$;
  `.execute(db);
}

async function checkpoint(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.save_checkpoint(document uuid, at_epoch integer, at_lsn bigint, state bytea, keep integer)
      returns boolean language plpgsql as $$
    #variable_conflict use_column
    declare
      found_one tidemark.documents;
      newest bigint;
    begin
      perform tidemark.enter_companies_of(array[document]);
      -- Keeps a purge away, but no append.
      select d.* into found_one from tidemark.documents d where d.id = document for key share;
      if found_one.id is null or found_one.epoch <> at_epoch then
        return false;
      end if;
      if at_lsn > found_one.head then
        raise exception 'A checkpoint at % of a document whose log ends at %.', at_lsn, found_one.head;
      end if;
      select max(c.lsn) into newest from tidemark.document_checkpoints c
        where c.document_id = document and c.epoch = at_epoch;
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
