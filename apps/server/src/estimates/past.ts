import { type Database, inTenant, type RiskFigures } from '@tidemark/database';
import { patterns, type RiskPattern, rateOf } from '@tidemark/estimating';
import type { Refusal } from '@tidemark/protocol';
import { type SqlBool, sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { invalid } from '../http/problems.ts';
import { patternsOf, writePlace } from '../price-list/order.ts';
import { happened, inCategory, newestFirst, type PastFilter, pastProjects } from './past-query.ts';
import type { PastLesson, PastProject, PastRiskCase, Patterns } from './past-shapes.ts';

/** What past projects say, from the figures that they left; no estimate is opened for it. */
export interface Past {
  patterns(reader: Reader, filter: PastFilter): Promise<Patterns>;
  projects(reader: Reader, filter: PastFilter & { status?: Decided }, page: Place): Answer<PastProject>;
  /** Of projects that were won. `decided`: those that struck or were avoided alone. */
  risks(reader: Reader, filter: PastFilter & { decided: boolean }, page: Place): Answer<PastRiskCase>;
  /** `q` is looked for in what was written, in its risk and in its project. */
  lessons(
    reader: Reader,
    filter: PastFilter & { kind?: PastLesson['kind'] | undefined },
    page: Place,
  ): Answer<PastLesson>;
}

type Decided = 'won' | 'lost' | undefined;
interface Place {
  readonly cursor?: string | undefined;
  readonly limit: number;
}
type Answer<T> = Promise<{ items: T[]; nextCursor: string | null } | Refusal>;

/** Projects that patterns are made of: enough for any interval, and a few milliseconds of reckoning. */
const mostProjects = 1_000;
const mostCategories = 200;
const mostCosts = 200;

export function createPast({ app }: Pick<Database, 'app'>): Past {
  return {
    patterns({ tenant }, { currency, category, ...filter }) {
      return inTenant(app, tenant, async (tx) => {
        const all = pastProjects(tx, { tenant }, { ...filter, category });
        const counts = await all
          .select(({ fn }) => ['f.status', 'f.currency', fn.countAll<number>().as('projects')])
          .groupBy(['f.status', 'f.currency'])
          .orderBy('projects', 'desc')
          .orderBy('f.currency')
          .execute();
        const rows = await all
          .where('f.status', '=', 'won')
          .select(['f.document_id as documentId', 'd.title', 'f.currency', 'f.cost', 'f.actual', 'f.risks'])
          .select(happened.as('decidedAt'))
          .orderBy(happened, 'desc')
          .orderBy('f.document_id')
          .limit(mostProjects)
          .execute();
        const won = counts.filter(({ status }) => status === 'won');
        const money = currency ?? won[0]?.currency ?? null;
        const { costs, total } = costsOf(rows, money);
        return {
          currency: money,
          currencies: won.map(({ currency: of, projects }) => ({ currency: of, projects })),
          won: sum(won.map(({ projects }) => projects)),
          lost: sum(counts.filter(({ status }) => status === 'lost').map(({ projects }) => projects)),
          read: rows.length,
          categories: categoriesOf(rows, money ?? 'USD', category),
          costs,
          total,
        };
      });
    },

    projects({ tenant }, { status, ...filter }, page) {
      return inTenant(app, tenant, async (tx) => {
        const order = newestFirst('projects');
        let query = pastProjects(tx, { tenant }, filter);
        if (status !== undefined) query = query.where('f.status', '=', status);
        const after = page.cursor === undefined ? undefined : order.after(page.cursor);
        if (after === null) return notOurs();
        if (after !== undefined) query = query.where(after);
        const rows = await query
          .select(['f.document_id as documentId', 'd.title', 'f.status', 'f.client', 'f.number'])
          .select(['f.currency', 'f.bid', 'f.cost', 'f.actual', 'f.risks'])
          .select(['f.planned_days as plannedDays', 'f.actual_days as actualDays'])
          .select(happened.as('decidedAt'))
          .select(sql<number>`coalesce(jsonb_array_length(f.lessons), 0)`.as('lessons'))
          .select(order.place.as('place'))
          .orderBy(order.by)
          .limit(page.limit + 1)
          .execute();
        return paged(rows, page.limit, ({ place, risks, status: is, ...row }) => ({
          ...row,
          ...varianceOf(row.cost, row.actual),
          decidedAt: row.decidedAt.toISOString(),
          status: is === 'lost' ? 'lost' : 'won',
          risks: risks.length,
          struck: risks.filter(({ outcome }) => outcome === 'struck').length,
        }));
      });
    },

    risks({ tenant }, { decided, ...filter }, page) {
      return inTenant(app, tenant, async (tx) => {
        const order = newestFirst('risks', sql`r.n`);
        let query = pastProjects(tx, { tenant }, filter)
          .where('f.status', '=', 'won')
          .innerJoin(
            sql<{ risk: RiskFigures; n: number }>`jsonb_array_elements(f.risks) with ordinality`.as<'r'>(
              sql`r(risk, n)`,
            ),
            (join) => join.onTrue(),
          );
        if (filter.category !== undefined)
          query = query.where(inCategory(sql`r.risk ->> 'category'`, filter.category));
        if (decided) query = query.where(sql<SqlBool>`r.risk ->> 'outcome' <> 'open'`);
        const after = page.cursor === undefined ? undefined : order.after(page.cursor);
        if (after === null) return notOurs();
        if (after !== undefined) query = query.where(after);
        const rows = await query
          .select(['f.document_id as documentId', 'd.title', 'f.currency', 'r.risk'])
          .select(happened.as('decidedAt'))
          .select(order.place.as('place'))
          .orderBy(order.by)
          .limit(page.limit + 1)
          .execute();
        return paged(rows, page.limit, ({ place, risk: { title: name, expected, ...risk }, ...row }) => ({
          ...row,
          ...risk,
          name,
          decidedAt: row.decidedAt.toISOString(),
        }));
      });
    },

    lessons({ tenant }, { kind, q, ...filter }, page) {
      return inTenant(app, tenant, async (tx) => {
        const order = newestFirst('lessons', sql`l.n`);
        let query = pastProjects(tx, { tenant }, { ...filter, category: undefined }).innerJoin(
          sql<{
            lesson: Pick<PastLesson, 'id' | 'kind' | 'text' | 'risk'>;
            n: number;
          }>`jsonb_array_elements(f.lessons) with ordinality`.as<'l'>(sql`l(lesson, n)`),
          (join) => join.onTrue(),
        );
        if (kind !== undefined) query = query.where(sql<SqlBool>`l.lesson ->> 'kind' = ${kind}`);
        if (filter.category !== undefined)
          query = query.where(inCategory(sql`l.lesson #>> '{risk,category}'`, filter.category));
        for (const pattern of patternsOf(q)) {
          query = query.where(sql<SqlBool>`concat_ws(' ', l.lesson ->> 'text', l.lesson #>> '{risk,title}',
            l.lesson #>> '{risk,category}', d.title, f.client) ilike ${pattern}`);
        }
        const after = page.cursor === undefined ? undefined : order.after(page.cursor);
        if (after === null) return notOurs();
        if (after !== undefined) query = query.where(after);
        const rows = await query
          .select(['f.document_id as documentId', 'd.title', 'f.status', 'f.client', 'l.lesson'])
          .select(happened.as('decidedAt'))
          .select(order.place.as('place'))
          .orderBy(order.by)
          .limit(page.limit + 1)
          .execute();
        return paged(rows, page.limit, ({ place, lesson, status: is, ...row }) => ({
          ...row,
          ...lesson,
          status: is === 'lost' ? 'lost' : 'won',
          decidedAt: row.decidedAt.toISOString(),
        }));
      });
    },
  };
}

interface Row {
  readonly documentId: string;
  readonly title: string;
  readonly decidedAt: Date;
  readonly currency: string;
  readonly cost: number | null;
  readonly actual: number | null;
  readonly risks: readonly RiskFigures[];
}

function categoriesOf(rows: readonly Row[], currency: string, category: string | undefined) {
  const risks = rows.flatMap(({ documentId, currency: of, risks: all }) =>
    all.map((risk) => ({ ...risk, documentId, currency: of })),
  );
  const wanted = category === undefined ? null : keyOf(category);
  return patterns(risks, currency)
    .filter((pattern) => wanted === null || keyOf(pattern.category) === wanted)
    .slice(0, mostCategories)
    .map(({ risks: _behind, ...pattern }: RiskPattern) => pattern);
}

function keyOf(category: string): string {
  return category.trim().replaceAll(/\s+/gu, ' ').toLowerCase();
}

function costsOf(rows: readonly Row[], currency: string | null): Pick<Patterns, 'costs' | 'total'> {
  const known = rows.flatMap(({ documentId, title, decidedAt, currency: of, cost, actual }) =>
    of === currency && cost !== null && actual !== null
      ? [{ documentId, title, decidedAt: decidedAt.toISOString(), cost, actual, ...difference(cost, actual) }]
      : [],
  );
  const cost = sum(known.map((one) => one.cost));
  const actual = sum(known.map((one) => one.actual));
  const exact = [cost, actual, actual - cost].every(Number.isSafeInteger);
  return {
    costs: known.slice(0, mostCosts),
    total:
      known.length > 0 && exact
        ? { projects: known.length, cost, actual, ...difference(cost, actual) }
        : null,
  };
}

function varianceOf(cost: number | null, actual: number | null) {
  return cost === null || actual === null ? { variance: null, varianceBp: null } : difference(cost, actual);
}

function difference(cost: number, actual: number) {
  const variance = actual - cost;
  return { variance, varianceBp: rateOf(variance, cost) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((so, one) => so + one, 0);
}

function paged<R extends { readonly place: readonly string[] }, T>(
  rows: readonly R[],
  limit: number,
  itemOf: (row: R) => T,
): { items: T[]; nextCursor: string | null } {
  const last = rows.length > limit ? rows[limit - 1] : undefined;
  return {
    items: rows.slice(0, limit).map(itemOf),
    nextCursor: last === undefined ? null : writePlace(last.place),
  };
}

function notOurs(): Refusal {
  return invalid({ cursor: 'is not one of ours' });
}
