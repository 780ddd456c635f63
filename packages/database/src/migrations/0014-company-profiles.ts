import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/** What a company says of itself on the papers that it sends. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.company_profiles (
      company_id uuid primary key references tidemark.companies (id) on delete cascade,
      -- '' is the company's name here.
      name text not null default '' check (char_length(name) <= 200),
      address text not null default '' check (char_length(address) <= 1000),
      phone text not null default '' check (char_length(phone) <= 100),
      email text not null default '' check (char_length(email) <= 200),
      website text not null default '' check (char_length(website) <= 200),
      licence text not null default '' check (char_length(licence) <= 200),
      -- Of an estimate that has none of its own.
      terms text not null default '' check (char_length(terms) <= 50000),
      accent text not null default '' check (accent = '' or accent ~ '^#[0-9a-f]{6}$'),
      -- Where a day begins, for the dates on papers: a name of the time zone database.
      time_zone text not null default 'UTC' check (char_length(time_zone) between 1 and 100),
      logo bytea check (octet_length(logo) between 1 and 262144),
      logo_type text check (logo_type in ('image/png', 'image/jpeg')),
      -- Counts the changes, so that nobody overwrites what they have not seen.
      revision integer not null default 1,
      updated_at timestamptz not null default now(),
      updated_by text references auth."user" (id) on delete set null,
      check ((logo is null) = (logo_type is null))
    );
    alter table tidemark.company_profiles alter column logo set storage external;
  `.execute(db);
  await tenantPolicy(db, 'company_profiles');
  await sql`grant select, insert, update on tidemark.company_profiles to tidemark_app`.execute(db);
}
