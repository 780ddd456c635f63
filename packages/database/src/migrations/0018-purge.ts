import { type Kysely, sql } from 'kysely';

/**
 * When documents in the bin are deleted for good, and which stored objects (the bytes of files) nothing refers to any more.
 *
 * An object is content that several rows may refer to, of several companies. Whoever writes a row takes a lock on the object and then
 * looks whether it is there; whoever removes an object takes that lock alone, looks that no row refers to it, and removes it before the
 * transaction ends. So no row ever refers to an object that was removed under it, and after a crash the object is still noted.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant create on schema tidemark to tidemark_definer`.execute(db);
  await purgeTimes(db);
  await orphans(db);
  await sql`
    revoke create on schema tidemark from tidemark_definer;
    revoke all on function tidemark.set_purge_time, tidemark.due_for_purge, tidemark.object_lock, tidemark.hold_object,
      tidemark.note_orphan, tidemark.list_orphans, tidemark.claim_orphan from public;
    grant execute on function tidemark.object_lock to tidemark_app, tidemark_definer;
    grant execute on function tidemark.due_for_purge, tidemark.list_orphans, tidemark.claim_orphan to tidemark_app;
  `.execute(db);
}

async function purgeTimes(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Fixed when it is moved to the bin, so that the day that was told does not move with a setting.
    alter table tidemark.documents add column purge_at timestamptz;
    -- Nobody was told of a day yet.
    update tidemark.documents set purge_at = now() + interval '30 days' where deleted_at is not null;
    create index documents_to_purge on tidemark.documents (purge_at) where purge_at is not null;

    create function tidemark.set_purge_time() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
    begin
      if new.deleted_at is null then
        new.purge_at := null;
      elsif new.purge_at is null then
        new.purge_at := now() + interval '30 days';
      end if;
      return new;
    end $$;
    create trigger set_purge_time before insert or update of deleted_at, purge_at on tidemark.documents
      for each row execute function tidemark.set_purge_time();

    -- Documents of all companies whose time in the bin is over, the longest first.
    create function tidemark.due_for_purge(most integer) returns table (document_id uuid, company_id uuid)
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select d.id, d.company_id from tidemark.documents d where d.purge_at <= now() order by d.purge_at, d.id limit most
    $$;
    alter function tidemark.due_for_purge owner to tidemark_definer;
  `.execute(db);
}

async function orphans(db: Kysely<unknown>): Promise<void> {
  await sql`
    -- Objects that lost a row; perhaps others refer to them still. Of no tenant's: only the functions below reach it.
    create table tidemark.orphaned_objects (
      sha256 bytea primary key check (octet_length(sha256) = 32),
      since timestamptz not null default now()
    );
    alter table tidemark.orphaned_objects enable row level security;
    alter table tidemark.orphaned_objects force row level security;
    create policy definer on tidemark.orphaned_objects to tidemark_definer using (true) with check (true);
    grant select, insert, update, delete on tidemark.orphaned_objects to tidemark_definer;
    grant select (sha256) on tidemark.files, tidemark.attachments to tidemark_definer;
    create policy definer on tidemark.files for select to tidemark_definer using (true);
    create policy definer on tidemark.attachments for select to tidemark_definer using (true);

    -- 64 locks for all objects: a copy of a document with a thousand files takes no more.
    create function tidemark.object_lock(object bytea) returns integer language sql immutable
      return get_byte(object, 0) % 64;

    create function tidemark.hold_object() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
    begin
      perform pg_advisory_xact_lock_shared(1953064301, tidemark.object_lock(new.sha256));
      return new;
    end $$;
    create trigger hold_object before insert on tidemark.files for each row execute function tidemark.hold_object();
    create trigger hold_object before insert on tidemark.attachments for each row execute function tidemark.hold_object();

    create function tidemark.note_orphan() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      insert into tidemark.orphaned_objects (sha256) values (old.sha256) on conflict do nothing;
      return null;
    end $$;
    alter function tidemark.note_orphan owner to tidemark_definer;
    create trigger note_orphan after delete on tidemark.files for each row execute function tidemark.note_orphan();
    create trigger note_orphan after delete on tidemark.attachments for each row execute function tidemark.note_orphan();

    create function tidemark.list_orphans(after bytea, most integer) returns setof bytea
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select o.sha256 from tidemark.orphaned_objects o where after is null or o.sha256 > after order by o.sha256 limit most
    $$;
    alter function tidemark.list_orphans owner to tidemark_definer;

    -- Whether the object may be removed before this transaction ends: nothing refers to it, and nothing will until then.
    create function tidemark.claim_orphan(object bytea) returns boolean
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      perform pg_advisory_xact_lock(1953064301, tidemark.object_lock(object));
      -- Statements of their own, with snapshots taken after the lock.
      delete from tidemark.orphaned_objects o where o.sha256 = object;
      if not found then
        return false;
      end if;
      return not exists (select from tidemark.files f where f.sha256 = object)
        and not exists (select from tidemark.attachments a where a.sha256 = object);
    end $$;
    alter function tidemark.claim_orphan owner to tidemark_definer;
  `.execute(db);
}
