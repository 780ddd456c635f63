import { type Kysely, sql } from 'kysely';

/** The tables of the login library (better-auth), with its names, in a schema of their own. Only tidemark_auth writes them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create schema if not exists auth;
    revoke all on schema auth from public;

    create table auth."user" (
      id text primary key,
      name text not null,
      email text not null unique,
      "emailVerified" boolean not null default false,
      image text,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );
    create table auth.session (
      id text primary key,
      "expiresAt" timestamptz not null,
      token text not null unique,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now(),
      "ipAddress" text,
      "userAgent" text,
      "userId" text not null references auth."user" (id) on delete cascade
    );
    create index session_by_user on auth.session ("userId");
    create table auth.account (
      id text primary key,
      "accountId" text not null,
      "providerId" text not null,
      "userId" text not null references auth."user" (id) on delete cascade,
      "accessToken" text,
      "refreshToken" text,
      "idToken" text,
      "accessTokenExpiresAt" timestamptz,
      "refreshTokenExpiresAt" timestamptz,
      scope text,
      password text,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );
    create index account_by_user on auth.account ("userId");
    create table auth.verification (
      id text primary key,
      identifier text not null,
      value text not null,
      "expiresAt" timestamptz not null,
      "createdAt" timestamptz not null default now(),
      "updatedAt" timestamptz not null default now()
    );
    create index verification_identifier on auth.verification (identifier);
    create table auth."rateLimit" (
      id text primary key,
      key text not null unique,
      count integer not null,
      "lastRequest" bigint not null
    );

    grant usage on schema auth to tidemark_auth, tidemark_app;
    grant select, insert, update, delete on all tables in schema auth to tidemark_auth;
    grant select (id, name, email, image) on auth."user" to tidemark_app;

    alter table auth."user" enable row level security;
    alter table auth."user" force row level security;
    create policy login on auth."user" to tidemark_auth using (true) with check (true);
  `.execute(db);
}
