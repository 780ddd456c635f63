import { type Kysely, sql } from 'kysely';

/** What looking back over past projects asks of an estimate beside its figures: when it was decided, and what was learned. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    alter table tidemark.estimate_figures
      -- When it was won or lost; null of any other, and of rows from before this was kept.
      add column decided_at timestamptz,
      -- [{id, kind, text, risk: {title, category} | null}]; null: not read from the estimate yet.
      add column lessons jsonb;
    create index estimate_figures_past
      on tidemark.estimate_figures (company_id, status, (coalesce(decided_at, updated_at)) desc, document_id)
      where status in ('won', 'lost');
  `.execute(db);
}
