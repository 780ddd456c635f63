import { type Kysely, sql } from 'kysely';

/** What may be packed or thinned, and doing it. Each call is one transaction that either does all of it or nothing. */
export async function packing(db: Kysely<unknown>): Promise<void> {
  await bounds(db);
  await pack(db);
  await thin(db);
  await due(db);
  await sql`
    revoke all on function tidemark.lives_of, tidemark.packable_to, tidemark.pack_updates, tidemark.thin_history,
      tidemark.history_due from public;
    grant execute on function tidemark.lives_of, tidemark.packable_to to tidemark_app, tidemark_definer;
    grant execute on function tidemark.pack_updates, tidemark.thin_history, tidemark.history_due to tidemark_app;
  `.execute(db);
}

async function bounds(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- The lives of a document: where each begins, its (last) epoch, and how it began. One that was deleted for good and made again
    -- counts from 1 anew; one that was restored from a backup goes on in its life.
    create function tidemark.lives_of(document uuid)
      returns table (after_lsn bigint, epoch integer, began_at timestamptz, began_by text) language sql stable as $$
      select coalesce(lag(l.last_lsn) over chain, 0), l.epoch, lag(l.ended_at) over chain, lag(l.ended_by) over chain
      from (
        select f.epoch, f.last_lsn, f.ended_at, f.ended_by from tidemark.former_epochs f
          join tidemark.documents d on d.id = f.document_id
          where f.document_id = document and f.reason = 'reset' and f.epoch > coalesce((
            select max(p.epoch) from tidemark.former_epochs p where p.document_id = document and p.reason = 'purged'), 0)
        union all
        select d.epoch, null, null, null from tidemark.documents d where d.id = document
      ) l window chain as (order by l.epoch)
      order by l.epoch
    $$;

    -- Rows up to here may go once they are packed. A load takes the newest checkpoint of the life and the rows after it; when
    -- that checkpoint is bad, the one before. With a single checkpoint the fallback is the whole life, so all its rows stay.
    -- Of former lives nothing is loaded.
    create function tidemark.packable_to(document uuid) returns bigint language sql stable as $$
      select case when count(c.lsn) > 1 then min(c.lsn) else d.base_lsn end
      from tidemark.documents d
      left join tidemark.document_checkpoints c on c.document_id = d.id and c.lsn > d.base_lsn
      where d.id = document group by d.id, d.base_lsn
    $$;
  `.execute(db);
}

async function pack(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Puts a segment in place of its rows. False, with nothing done: it does not begin right after what is packed, ends beyond
    -- what may be packed or in another life, or the rows' updates don't have the digest. It fails where what was read back from
    -- the segment (a line for each entry: LSN, client ID, milliseconds, bytes, user; then the digest of the updates) is not what
    -- the rows hold.
    create function tidemark.pack_updates(document uuid, first bigint, last bigint, content bytea, digest bytea, read_back bytea)
      returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    declare
      company uuid;
      packed bigint;
      there record;
    begin
      -- Keeps a purge away, but no append.
      select d.company_id into company from tidemark.documents d where d.id = document for key share;
      if company is null then
        return false;
      end if;
      insert into tidemark.history_places (document_id, company_id) values (document, company) on conflict do nothing;
      -- One packs at a time.
      select p.packed_lsn into packed from tidemark.history_places p where p.document_id = document for update;
      -- Checkpoints only move on, so what may be packed now may be packed later.
      if first <> packed + 1 or last < first or last > tidemark.packable_to(document) or exists (
        select from tidemark.lives_of(document) l where l.after_lsn >= first and l.after_lsn < last
      ) then
        return false;
      end if;
      select count(*) as count, sum(octet_length(u.update)) as bytes, min(u.stored_at) as from_at, max(u.stored_at) as to_at,
          sha256(string_agg(u.update, ''::bytea order by u.lsn)) as digest,
          string_agg(concat_ws(' ', u.lsn, u.client_id,
            (extract(epoch from date_trunc('milliseconds', u.stored_at)) * 1000)::bigint, octet_length(u.update), '=' || u.user_id),
            e'\\n' order by u.lsn) as lines
        into there
        from tidemark.document_updates u where u.document_id = document and u.lsn between first and last;
      if there.count <> last - first + 1 or there.digest <> digest then
        return false;
      end if;
      if sha256(convert_to(there.lines, 'UTF8') || there.digest) <> read_back then
        raise exception 'The segment of entries % to % of document % does not hold what the log does.', first, last, document;
      end if;
      insert into tidemark.document_segments (document_id, first_lsn, last_lsn, company_id, content, sha256, bytes, from_at, to_at)
        values (document, first, last, company, content, digest, there.bytes, there.from_at, there.to_at);
      delete from tidemark.document_updates u where u.document_id = document and u.lsn between first and last;
      update tidemark.history_places p set packed_lsn = last where p.document_id = document;
      return true;
    end $$;
    alter function tidemark.pack_updates owner to tidemark_definer;
  `.execute(db);
}

async function thin(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Removes the segments that end at or before up_to, the automatic versions of that time but for the kept ones, and the history
    -- checkpoints of other moments. False, with nothing done: what stays (kept versions, and what follows in the same life) would
    -- have no state to be made from. Checkpoints for loads don't count: a newer one takes their place any time.
    create function tidemark.thin_history(document uuid, up_to bigint, keep uuid[])
      returns boolean language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    declare
      target bigint;
      needed bigint[];
    begin
      perform from tidemark.documents d where d.id = document for key share;
      perform from tidemark.history_places p where p.document_id = document for update;
      select max(s.last_lsn) into target from tidemark.document_segments s
        where s.document_id = document and s.last_lsn <= up_to;
      if target is null then
        return true;
      end if;
      -- Before its first entry a document is empty.
      select coalesce(array_agg(v.lsn), '{}') into needed from tidemark.automatic_versions v
        where v.document_id = document and v.lsn between 1 and target and v.id = any (keep);
      if not exists (select from tidemark.lives_of(document) l where l.after_lsn = target) then
        needed := needed || target;
      end if;
      if exists (
        select from unnest(needed) as n (lsn)
        where not exists (select from tidemark.history_checkpoints c where c.document_id = document and c.lsn = n.lsn)
      ) then
        return false;
      end if;
      delete from tidemark.document_segments s where s.document_id = document and s.last_lsn <= target;
      delete from tidemark.automatic_versions v
        where v.document_id = document and v.lsn <= target and not v.id = any (keep);
      delete from tidemark.history_checkpoints c
        where c.document_id = document and c.lsn <= target and not c.lsn = any (needed);
      update tidemark.history_places p set thinned_lsn = target where p.document_id = document;
      return true;
    end $$;
    alter function tidemark.thin_history owner to tidemark_definer;
  `.execute(db);
}

async function due(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Documents of all companies that have entries of which no session is known, or at least so many rows that may be packed;
    -- by id, after one. packable_to is written out: called for each document it takes as long as all the rest ten times over.
    create function tidemark.history_due(after uuid, least_rows bigint, most integer)
      returns table (document_id uuid, unsettled bigint, packable bigint, changed_at timestamptz)
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select d.id, d.head - coalesce(p.settled_lsn, 0), greatest(0, k.up_to - coalesce(p.packed_lsn, 0)), d.updated_at
      from tidemark.documents d
      left join tidemark.history_places p on p.document_id = d.id
      cross join lateral (
        select case when count(*) > 1 then min(c.lsn) else d.base_lsn end as up_to
        from tidemark.document_checkpoints c where c.document_id = d.id and c.lsn > d.base_lsn
      ) k
      where d.id > coalesce(after, '00000000-0000-0000-0000-000000000000')
        -- So that most documents are passed over without a look at their checkpoints.
        and (d.head > coalesce(p.settled_lsn, 0) or d.head - coalesce(p.packed_lsn, 0) >= least_rows)
        and (d.head > coalesce(p.settled_lsn, 0) or k.up_to - coalesce(p.packed_lsn, 0) >= least_rows)
      order by d.id limit most
    $$;
    alter function tidemark.history_due owner to tidemark_definer;
  `.execute(db);
}
