import { type Kysely, sql } from 'kysely';
import { tenantPolicy } from './0002-companies.ts';

/** A company's own prices, what they were before, and the assemblies made of them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table tidemark.price_items (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      code text not null default '' check (char_length(code) <= 100),
      name text not null check (char_length(name) between 1 and 500),
      unit text not null default '' check (char_length(unit) <= 50),
      -- Ten-thousandths of the currency's unit, within what a JavaScript number holds exactly.
      unit_cost bigint not null check (abs(unit_cost) <= 9007199254740991),
      currency text not null check (currency ~ '^[A-Z]{3}$'),
      kind text not null check (kind in ('mat', 'lab', 'equip', 'sub', 'other')),
      waste_bp integer not null default 0 check (waste_bp between 0 and 100000),
      category text not null default '' check (char_length(category) <= 200),
      note text not null default '' check (char_length(note) <= 2000),
      -- Counts the changes, so that nobody overwrites what they have not seen.
      revision integer not null default 1,
      created_at timestamptz not null default now(),
      created_by text references auth."user" (id) on delete set null,
      updated_at timestamptz not null default now(),
      updated_by text references auth."user" (id) on delete set null,
      archived_at timestamptz,
      unique (company_id, id)
    );
    create unique index price_items_code on tidemark.price_items (company_id, lower(code))
      where code <> '' and archived_at is null;
    create index price_items_name on tidemark.price_items (company_id, lower(name), id);

    create table tidemark.price_changes (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      item_id uuid not null,
      -- Null: its first price.
      old_cost bigint,
      old_currency text,
      new_cost bigint not null,
      new_currency text not null,
      changed_at timestamptz not null default clock_timestamp(),
      changed_by text references auth."user" (id) on delete set null,
      check ((old_cost is null) = (old_currency is null)),
      foreign key (company_id, item_id) references tidemark.price_items (company_id, id) on delete cascade
    );
    create index price_changes_item on tidemark.price_changes (item_id, changed_at desc);

    create table tidemark.assemblies (
      id uuid primary key default gen_random_uuid(),
      company_id uuid not null references tidemark.companies (id) on delete cascade,
      name text not null check (char_length(name) between 1 and 500),
      unit text not null default '' check (char_length(unit) <= 50),
      category text not null default '' check (char_length(category) <= 200),
      description text not null default '' check (char_length(description) <= 2000),
      -- Read and written as a whole: an array of components.
      components jsonb not null check (jsonb_typeof(components) = 'array'),
      revision integer not null default 1,
      created_at timestamptz not null default now(),
      created_by text references auth."user" (id) on delete set null,
      updated_at timestamptz not null default now(),
      updated_by text references auth."user" (id) on delete set null,
      archived_at timestamptz,
      unique (company_id, id)
    );
    create index assemblies_name on tidemark.assemblies (company_id, lower(name), id);

    -- Whichever statement changes a price, what it was is kept.
    create function tidemark.keep_price_change() returns trigger language plpgsql set search_path = '' as $$
    begin
      if tg_op = 'UPDATE' and old.unit_cost = new.unit_cost and old.currency = new.currency then
        return null;
      end if;
      insert into tidemark.price_changes (company_id, item_id, old_cost, old_currency, new_cost, new_currency, changed_by)
      values (
        new.company_id, new.id,
        case when tg_op = 'UPDATE' then old.unit_cost end,
        case when tg_op = 'UPDATE' then old.currency end,
        new.unit_cost, new.currency, tidemark.user_id()
      );
      return null;
    end $$;
    create trigger keep_price_change after insert or update on tidemark.price_items
      for each row execute function tidemark.keep_price_change();
  `.execute(db);
  for (const table of ['price_items', 'price_changes', 'assemblies']) await tenantPolicy(db, table);
  // Nothing is deleted row by row: what is archived can come back, and estimates refer to it.
  await sql`
    grant select, insert, update on tidemark.price_items, tidemark.assemblies to tidemark_app;
    grant select, insert on tidemark.price_changes to tidemark_app;
  `.execute(db);
}
