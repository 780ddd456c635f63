import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/**
 * How long a company keeps every edit, how those are called who wrote, the moment that a version named afterwards is of, and what
 * the night has to do.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tidemark.companies
      -- Days for which every single edit can be looked at; older ones are thinned to versions. Null: for good.
      add column history_days integer default 365 check (history_days between 7 and 3650);

    alter table tidemark.versions
      -- When its state stood, of a moment that was named later; null: when it was made.
      add column moment_at timestamptz;

    -- Logs and sessions of work know ids alone, and keep them when an account goes.
    create table tidemark.history_writers (
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      user_id text not null,
      name text not null,
      primary key (company_id, user_id)
    );
    grant select, insert, update on tidemark.history_writers to tidemark_app;
  `.execute(db);
  await tenantPolicy(db, 'history_writers');
  await night(db);
}

async function night(db: Kysely<unknown>): Promise<void> {
  await sql`
    grant create on schema tidemark to tidemark_definer;

    -- Documents of all companies that have changed since their last nightly version before this night, or that hold entries older
    -- than their company keeps them; by id, after one.
    create function tidemark.history_night(night timestamptz, now timestamptz, after uuid, most integer)
      returns table (document_id uuid) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select d.id from tidemark.documents d
      join tidemark.companies c on c.id = d.company_id
      left join tidemark.history_places p on p.document_id = d.id
      cross join lateral (
        select max(v.lsn) as lsn, max(v.at) as at from tidemark.automatic_versions v
        where v.document_id = d.id and v.reason = 'nightly'
      ) last
      where d.id > coalesce(after, '00000000-0000-0000-0000-000000000000') and (
        d.created_at <= night and d.head > coalesce(last.lsn, 0) and (last.at is null or last.at < night)
        or exists (
          select from tidemark.document_segments s
          where s.document_id = d.id and s.to_at < now - make_interval(days => c.history_days))
        -- The first row that is not packed: thinning packs what may be packed (packable_to, written out as in history_due).
        or coalesce(p.packed_lsn, 0) < (
          select case when count(*) > 1 then min(k.lsn) else d.base_lsn end
          from tidemark.document_checkpoints k where k.document_id = d.id and k.lsn > d.base_lsn)
        and exists (
          select from tidemark.document_updates u
          where u.document_id = d.id and u.lsn = coalesce(p.packed_lsn, 0) + 1
            and u.stored_at < now - make_interval(days => c.history_days))
      )
      order by d.id limit most
    $$;
    alter function tidemark.history_night owner to tidemark_definer;
    revoke all on function tidemark.history_night from public;
    grant execute on function tidemark.history_night to tidemark_app;

    revoke create on schema tidemark from tidemark_definer;
  `.execute(db);
}
