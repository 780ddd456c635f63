import { type Kysely, sql } from 'kysely';

/**
 * What has to happen before the company of a request is known. These functions run as tidemark_definer, a role nobody
 * logs in as, whose policies open just the tables they touch. The person is the one of the transaction (inTenant).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`grant create on schema tidemark to tidemark_definer`.execute(db);
  await lookups(db);
  await companies(db);
  await purge(db);
  await sql`
    revoke create on schema tidemark from tidemark_definer;
    revoke all on all functions in schema tidemark from public;
    grant execute on function tidemark.companies, tidemark.user_id to tidemark_app, tidemark_definer;
    grant execute on function tidemark.find_token, tidemark.find_invitation, tidemark.find_document,
      tidemark.create_company, tidemark.accept_invitation to tidemark_app;
  `.execute(db);
}

async function lookups(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.find_token(hash bytea)
      returns table (token_id uuid, company_id uuid, user_id text, access text, expires_at timestamptz)
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    begin
      -- When a token was last used is known to the minute, so that it costs no write per request.
      update tidemark.api_tokens t set last_used_at = now()
        where t.token_hash = hash and (t.last_used_at is null or t.last_used_at < now() - interval '1 minute');
      return query
        select t.id, t.company_id, t.user_id, t.access, t.expires_at
        from tidemark.api_tokens t
        join tidemark.memberships m on m.company_id = t.company_id and m.user_id = t.user_id
        where t.token_hash = hash and (t.expires_at is null or t.expires_at > now());
    end $$;
    alter function tidemark.find_token owner to tidemark_definer;

    create function tidemark.find_invitation(hash bytea)
      returns table (invitation_id uuid, company_id uuid, company_name text, role text, expires_at timestamptz, open boolean)
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select i.id, i.company_id, c.name, i.role, i.expires_at,
        i.withdrawn_at is null and i.expires_at > now() and i.uses < i.max_uses
      from tidemark.invitations i join tidemark.companies c on c.id = i.company_id
      where i.code_hash = hash
    $$;
    alter function tidemark.find_invitation owner to tidemark_definer;

    create function tidemark.find_document(wanted uuid)
      returns table (company_id uuid, space_id uuid, space_kind text, space_owner_id text, kind text, epoch integer,
        deleted_at timestamptz, role text)
      language sql stable security definer set search_path = pg_catalog, pg_temp as $$
      select d.company_id, d.space_id, s.kind, s.owner_id, d.kind, d.epoch, d.deleted_at, m.role
      from tidemark.documents d
      join tidemark.spaces s on s.id = d.space_id
      join tidemark.memberships m on m.company_id = d.company_id and m.user_id = tidemark.user_id()
      where d.id = wanted
    $$;
    alter function tidemark.find_document owner to tidemark_definer;
    comment on function tidemark.find_document is
      'Where a document is and the role of this person in its company; no row for whoever does not belong there.';
  `.execute(db);
}

async function companies(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.create_company(company_name text)
      returns table (company_id uuid, space_id uuid, personal_space_id uuid)
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    declare
      person text := tidemark.user_id();
    begin
      if person is null then
        raise exception 'A company is created by somebody, and no user is set.';
      end if;
      insert into tidemark.companies (name) values (company_name) returning id into company_id;
      insert into tidemark.memberships (company_id, user_id, role) values (create_company.company_id, person, 'owner');
      insert into tidemark.spaces (company_id, kind, name)
        values (create_company.company_id, 'company', company_name) returning id into space_id;
      insert into tidemark.spaces (company_id, kind, owner_id, name)
        values (create_company.company_id, 'personal', person, 'Personal') returning id into personal_space_id;
      return next;
    end $$;
    alter function tidemark.create_company owner to tidemark_definer;

    create function tidemark.accept_invitation(hash bytea)
      returns table (outcome text, company_id uuid)
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    #variable_conflict use_column
    declare
      person text := tidemark.user_id();
      found_one tidemark.invitations;
    begin
      if person is null then
        raise exception 'An invitation is accepted by somebody, and no user is set.';
      end if;
      -- The row lock makes two people with the same code come one after the other.
      select i.* into found_one from tidemark.invitations i where i.code_hash = hash for update;
      if found_one.id is null then
        outcome := 'unknown';
        return next;
        return;
      end if;
      company_id := found_one.company_id;
      if exists (select from tidemark.memberships m where m.company_id = found_one.company_id and m.user_id = person) then
        outcome := 'member-already';
      elsif found_one.withdrawn_at is not null or found_one.expires_at <= now() or found_one.uses >= found_one.max_uses then
        outcome := 'closed';
        company_id := null;
      else
        insert into tidemark.memberships (company_id, user_id, role) values (found_one.company_id, person, found_one.role);
        insert into tidemark.spaces (company_id, kind, owner_id, name)
          values (found_one.company_id, 'personal', person, 'Personal') on conflict do nothing;
        update tidemark.invitations i set uses = i.uses + 1, used_by = person, used_at = now() where i.id = found_one.id;
        outcome := 'joined';
      end if;
      return next;
    end $$;
    alter function tidemark.accept_invitation owner to tidemark_definer;
  `.execute(db);
}

async function purge(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function tidemark.forget_log() returns trigger
      language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
    begin
      delete from tidemark.document_updates u where u.document_id = old.id;
      return null;
    end $$;
    alter function tidemark.forget_log owner to tidemark_definer;
    create trigger forget_log after delete on tidemark.documents
      for each row execute function tidemark.forget_log();
  `.execute(db);
}
