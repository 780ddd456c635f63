import { type Kysely, sql } from 'kysely';

/** Companies and who belongs to them. The policies read two settings that inTenant makes for each transaction. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await settings(db);
  await tables(db);
  await policies(db);
}

async function settings(db: Kysely<unknown>): Promise<void> {
  await sql`
    create schema if not exists tidemark;
    revoke all on schema tidemark from public;
    grant usage on schema tidemark to tidemark_app, tidemark_definer;

    create function tidemark.companies() returns uuid[] language sql stable
      return string_to_array(nullif(current_setting('tidemark.company', true), ''), ',')::uuid[];
    comment on function tidemark.companies() is
      'The companies this transaction works for: one, or several for a commit shared by their documents.';

    create function tidemark.user_id() returns text language sql stable
      return nullif(current_setting('tidemark.user', true), '');
    comment on function tidemark.user_id() is 'The person this transaction works for, null for the server itself.';
  `.execute(db);
}

async function tables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.companies (
      id uuid primary key default gen_random_uuid(),
      name text not null check (char_length(name) between 1 and 200),
      created_at timestamptz not null default now()
    );
    create table tidemark.spaces (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      kind text not null check (kind in ('company', 'personal')),
      owner_id text references auth."user" (id) on delete set null,
      name text not null check (char_length(name) between 1 and 200),
      created_at timestamptz not null default now(),
      unique (company_id, id)
    );
    comment on column tidemark.spaces.owner_id is 'Whose personal space it is; null when that account is gone.';
    create unique index spaces_company on tidemark.spaces (company_id) where kind = 'company';
    create unique index spaces_personal on tidemark.spaces (company_id, owner_id) where kind = 'personal';
    create table tidemark.memberships (
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      user_id text not null references auth."user" (id) on delete cascade,
      role text not null check (role in ('owner', 'editor', 'viewer')),
      created_at timestamptz not null default now(),
      primary key (company_id, user_id)
    );
    create index memberships_user on tidemark.memberships (user_id);
    create table tidemark.invitations (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      code_hash bytea not null unique check (octet_length(code_hash) = 32),
      role text not null check (role in ('editor', 'viewer')),
      created_by text references auth."user" (id) on delete set null,
      created_at timestamptz not null default now(),
      expires_at timestamptz not null,
      withdrawn_at timestamptz,
      max_uses integer not null default 1 check (max_uses > 0),
      uses integer not null default 0 check (uses between 0 and max_uses),
      used_by text references auth."user" (id) on delete set null,
      used_at timestamptz
    );
    create index invitations_company on tidemark.invitations (company_id, created_at desc);
    create table tidemark.api_tokens (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      user_id text not null references auth."user" (id) on delete cascade,
      name text not null check (char_length(name) between 1 and 200),
      token_hash bytea not null unique check (octet_length(token_hash) = 32),
      access text not null default 'edit' check (access in ('edit', 'read')),
      created_at timestamptz not null default now(),
      expires_at timestamptz,
      last_used_at timestamptz
    );
    create index api_tokens_user on tidemark.api_tokens (company_id, user_id);
  `.execute(db);
}

async function policies(db: Kysely<unknown>): Promise<void> {
  for (const table of ['spaces', 'memberships', 'invitations', 'api_tokens']) await tenantPolicy(db, table);
  await sql`
    grant select, insert, update, delete
      on tidemark.spaces, tidemark.memberships, tidemark.invitations, tidemark.api_tokens to tidemark_app;
    -- Companies are made by a function only, together with their first owner.
    grant select, update, delete on tidemark.companies to tidemark_app;
    alter table tidemark.companies enable row level security;
    alter table tidemark.companies force row level security;
    create policy tenant on tidemark.companies to tidemark_app
      using (id = any ((select tidemark.companies())::uuid[]));

    -- Before the company is known, people see where they belong.
    create policy own on tidemark.memberships for select to tidemark_app
      using (user_id = (select tidemark.user_id()));
    create policy own on tidemark.companies for select to tidemark_app
      using (id in (select m.company_id from tidemark.memberships m where m.user_id = (select tidemark.user_id())));
    create policy colleagues on auth."user" for select to tidemark_app using (
      id = (select tidemark.user_id())
      or id in (select m.user_id from tidemark.memberships m
                where m.company_id = any ((select tidemark.companies())::uuid[]))
    );

    -- What the functions of 0004 may reach, run as this role.
    grant select, insert on tidemark.companies, tidemark.spaces, tidemark.memberships to tidemark_definer;
    grant select, update on tidemark.invitations, tidemark.api_tokens to tidemark_definer;
    create policy definer on tidemark.companies to tidemark_definer using (true) with check (true);
    create policy definer on tidemark.spaces to tidemark_definer using (true) with check (true);
    create policy definer on tidemark.memberships to tidemark_definer using (true) with check (true);
    create policy definer on tidemark.invitations to tidemark_definer using (true) with check (true);
    create policy definer on tidemark.api_tokens to tidemark_definer using (true) with check (true);
  `.execute(db);
}

/** Rows of the transaction's companies and of no other, for reading and for writing, also for the table's owner. */
export async function tenantPolicy(db: Kysely<unknown>, table: string): Promise<void> {
  const name = sql.id('tidemark', table);
  await sql`alter table ${name} enable row level security`.execute(db);
  await sql`alter table ${name} force row level security`.execute(db);
  await sql`create policy tenant on ${name} to tidemark_app
    using (company_id = any ((select tidemark.companies())::uuid[]))
    with check (company_id = any ((select tidemark.companies())::uuid[]))`.execute(db);
}
