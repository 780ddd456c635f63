import { type Kysely, sql } from 'kysely';

/**
 * The log's ways in, now that old rows may lie in segments. Whoever asks for entries that were packed gets the segments that
 * hold them, in the same answer, as rows with first_lsn; of what is thinned, the newest checkpoint stands in for them.
 *
 * The functions that an older version of the server calls stay: they know no segments, so the checkpoint stands in for all
 * that is packed.
 */
export async function logFunctions(db: Kysely<unknown>): Promise<void> {
  await between(db);
  await append(db);
  await load(db);
  await read(db);
  await older(db);
  await sql`
    revoke all on function tidemark.log_between, tidemark.append_entries, tidemark.load_log, tidemark.read_log from public;
    grant execute on function tidemark.log_between, tidemark.append_entries, tidemark.load_log, tidemark.read_log to tidemark_app;
  `.execute(db);
}

async function between(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Entries after one LSN up to another. Stable, so that all its statements see what its caller's statement sees: a row that is
    -- packed meanwhile is in one place of the two, never in both or in none.
    --
    -- A stand-in: the newest checkpoint as the first entry, and empty updates for the others, so that positions have no hole. It
    -- holds what they held, and perhaps what comes after, which changes nothing when it comes.
    create function tidemark.log_between(document uuid, after bigint, up_to bigint, segments boolean)
      returns table (first_lsn bigint, lsn bigint, update bytea, user_id text, client_id bigint, stored_at timestamptz)
      language plpgsql stable as $$
    #variable_conflict use_column
    declare
      packed bigint;
      -- Up to here nothing can be answered entry by entry.
      lost bigint;
      stand_in tidemark.document_checkpoints;
      start bigint := after;
    begin
      select p.packed_lsn, case when segments then p.thinned_lsn else p.packed_lsn end into packed, lost
        from tidemark.history_places p where p.document_id = document;
      if after < lost then
        select c.* into stand_in from tidemark.document_checkpoints c join tidemark.documents d on d.id = c.document_id
          where c.document_id = document and c.lsn > d.base_lsn and c.lsn >= lost order by c.epoch desc, c.lsn desc limit 1;
        if stand_in.lsn is null then
          raise exception 'Entries of document % after % are not there any more, and no checkpoint holds them.', document, after;
        end if;
        return query select null::bigint, n, case when n = after + 1 then stand_in.state else '\\x0000'::bytea end,
            null::text, 0::bigint, stand_in.created_at
          from generate_series(after + 1, least(lost, up_to)) as n;
        start := lost;
      end if;
      if start < packed then
        if not exists (select from tidemark.document_segments s
          where s.document_id = document and s.first_lsn <= start + 1 and s.last_lsn > start) then
          raise exception 'The segment of document % after % is missing.', document, start;
        end if;
        return query select s.first_lsn, s.last_lsn, s.content, null::text, 0::bigint, s.to_at
          from tidemark.document_segments s
          where s.document_id = document and s.last_lsn > start and s.first_lsn <= up_to order by s.first_lsn;
      end if;
      return query select null::bigint, u.lsn, u.update, u.user_id, u.client_id, u.stored_at
        from tidemark.document_updates u
        where u.document_id = document and u.lsn > start and u.lsn <= up_to order by u.lsn;
    end $$;
  `.execute(db);
}

async function append(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- As append_updates of 0005, whose comments hold. Entries that others wrote between come from log_between.
    create function tidemark.append_entries(
      documents uuid[], epochs integer[], afters bigint[],
      content bytea, owners integer[], sizes integer[], users text[], clients bigint[], segments boolean
    ) returns table (batch integer, before bigint, first_lsn bigint, lsn bigint, update bytea, user_id text, client_id bigint,
        stored_at timestamptz)
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
        return query select alive[i], befores[i], null::bigint, null::bigint, null::bytea, null::text, null::bigint, null::timestamptz;
        if afters[alive[i]] < befores[i] then
          return query select alive[i], befores[i], u.first_lsn, u.lsn, u.update, u.user_id, u.client_id, u.stored_at
            from tidemark.documents d cross join lateral
              tidemark.log_between(d.id, greatest(afters[alive[i]], d.base_lsn), befores[i], segments) u
            where d.id = documents[alive[i]];
        end if;
      end loop;
    end $$;
  `.execute(db);
}

async function load(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- As load_document of 0006. Only where no kept checkpoint is as late as what is packed (somebody removed them) is there
    -- anything to read from segments; where that is thinned, the load fails: never a document with a hole.
    create function tidemark.load_log(document uuid, segments boolean)
      returns table (epoch integer, head bigint, first_lsn bigint, lsn bigint, bytes bytea, user_id text, client_id bigint,
        at timestamptz)
      language plpgsql stable as $$
    #variable_conflict use_column
    declare
      found_one tidemark.documents;
      packed bigint;
      start bigint;
      state bytea;
    begin
      perform tidemark.enter_companies_of(array[document]);
      select d.* into found_one from tidemark.documents d where d.id = document;
      if found_one.id is null then
        return;
      end if;
      return query select found_one.epoch, found_one.head, null::bigint, null::bigint, null::bytea, null::text, null::bigint,
        null::timestamptz;
      select c.lsn, c.state into start, state from tidemark.document_checkpoints c
        where c.document_id = document and c.lsn > found_one.base_lsn order by c.epoch desc, c.lsn desc limit 1;
      if start is not null then
        return query select found_one.epoch, found_one.head, null::bigint, start, state, null::text, null::bigint, null::timestamptz;
      end if;
      start := coalesce(start, found_one.base_lsn);
      select p.packed_lsn into packed from tidemark.history_places p where p.document_id = document;
      if start < packed then
        return query select found_one.epoch, found_one.head, u.first_lsn, u.lsn, u.update, u.user_id, u.client_id, u.stored_at
          from tidemark.log_between(document, start, found_one.head, segments) u;
      else
        return query select found_one.epoch, found_one.head, null::bigint, u.lsn, u.update, u.user_id, u.client_id, u.stored_at
          from tidemark.document_updates u where u.document_id = document and u.lsn > start order by u.lsn;
      end if;
    end $$;
  `.execute(db);
}

async function read(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The first row (lsn null) says that the document lives in this epoch; without it the reader's room is gone.
    create function tidemark.read_log(document uuid, at_epoch integer, after bigint, most integer, segments boolean)
      returns table (first_lsn bigint, lsn bigint, update bytea, user_id text, client_id bigint, stored_at timestamptz)
      language plpgsql stable as $$
    #variable_conflict use_column
    declare
      base bigint;
    begin
      perform tidemark.enter_companies_of(array[document]);
      select d.base_lsn into base from tidemark.documents d where d.id = document and d.epoch = at_epoch;
      if base is null then
        return;
      end if;
      return query select null::bigint, null::bigint, null::bytea, null::text, null::bigint, null::timestamptz;
      base := greatest(after, base);
      -- LSNs have no gaps, so that many entries end there.
      return query select u.first_lsn, u.lsn, u.update, u.user_id, u.client_id, u.stored_at
        from tidemark.log_between(document, base, base + most, segments) u;
    end $$;
  `.execute(db);
}

/** What servers call that were started before this. */
async function older(db: Kysely<unknown>): Promise<void> {
  await sql`
    create or replace function tidemark.append_updates(
      documents uuid[], epochs integer[], afters bigint[],
      content bytea, owners integer[], sizes integer[], users text[], clients bigint[]
    ) returns table (batch integer, before bigint, lsn bigint, update bytea, user_id text, client_id bigint, stored_at timestamptz)
      language sql as $$
      select a.batch, a.before, a.lsn, a.update, a.user_id, a.client_id, a.stored_at
      from tidemark.append_entries(documents, epochs, afters, content, owners, sizes, users, clients, false) a
    $$;

    create or replace function tidemark.load_document(document uuid)
      returns table (epoch integer, head bigint, lsn bigint, bytes bytea, user_id text, client_id bigint, at timestamptz)
      language sql stable as $$
      select l.epoch, l.head, l.lsn, l.bytes, l.user_id, l.client_id, l.at from tidemark.load_log(document, false) l
    $$;

    create or replace function tidemark.read_updates(document uuid, at_epoch integer, after bigint, most integer)
      returns table (lsn bigint, update bytea, user_id text, client_id bigint, stored_at timestamptz)
      language sql stable as $$
      select r.lsn, r.update, r.user_id, r.client_id, r.stored_at from tidemark.read_log(document, at_epoch, after, most, false) r
    $$;

    -- Of the time before epochs were told; nothing calls it any more.
    drop function tidemark.read_updates(uuid, bigint, integer);
  `.execute(db);
}
