import { type Accumulator, accumulator } from './accumulate.ts';
import { type Bucket, bucketStart, buckets, chooseBucket } from './bucket.ts';
import { isNumeric } from './cell.ts';
import type { ChartData } from './chart-picture.ts';
import { type ColumnCells, finite, isBucket, type Measure, problem, type Resolved } from './chart-request.ts';
import { downsample, type Point } from './downsample.ts';

/** Line, bar, area and pie: measures over the horizontal axis, split by a group. */

/** Categories beyond which a chart without a limit says so instead of drawing a wall. */
const mostCategories = 1000;
const defaultLimit = { bar: 20, pie: 8, line: mostCategories, area: mostCategories } as const;
const mostGroups = 12;
const mostTimeBars = 60;
const mostBuckets = 200;
const other = 'Other';

type Plan = Resolved & { readonly type: keyof typeof defaultLimit; readonly x: ColumnCells };

export function seriesData(resolved: Resolved): ChartData {
  const plan = resolved as Plan;
  const { type } = plan.x.column;
  if (plan.type !== 'pie' && type === 'date') return overTime(plan);
  if ((plan.type === 'line' || plan.type === 'area') && isNumeric(type))
    return overNumbers(plan, 'none', 'number');
  return overCategories(plan);
}

/** One line or bar stack: the rows of one group under one measure. */
interface Strand {
  readonly key: string;
  readonly measure: Measure;
  readonly group: string | null;
}

function overTime(plan: Plan): ChartData {
  const { rows, x } = plan;
  const instants = new Set<number>();
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const at = x.cells[row];
    if (typeof at !== 'number') continue;
    instants.add(at);
    from = Math.min(from, at);
    to = Math.max(to, at);
  }
  if (instants.size === 0) return problem('no-rows', `"${x.column.name}" holds no dates.`, x.column.name);
  const asked = plan.request.options?.bucket;
  if (isBucket(asked, buckets)) return overNumbers(plan, asked, 'time');
  if (plan.type === 'bar') {
    const bucket = instants.size <= mostTimeBars ? 'none' : chooseBucket(from, to, mostTimeBars);
    return overNumbers(plan, bucket, 'time');
  }
  // Few rows share an instant: it is a curve, thinned without changing its values. Else it is a list of events.
  const strands =
    plan.group === null ? 1 : Math.max(1, new Set(rows.map((row) => plan.group!.cells[row])).size);
  const curve = rows.length < instants.size * strands * 1.5;
  return overNumbers(plan, curve ? 'none' : chooseBucket(from, to, mostBuckets), 'time');
}

function overNumbers(plan: Plan, bucket: Bucket, xType: 'time' | 'number'): ChartData {
  const { rows, x, maxPoints } = plan;
  const { strands, strandOf, notes } = split(plan);
  const sums = new Map<string, Map<number, Accumulator>>();
  for (const row of rows) {
    const at = x.cells[row];
    if (typeof at !== 'number') continue;
    for (const strand of strandOf(row)) {
      const value = strand.measure.value(row);
      const key = bucketStart(at, bucket);
      const points = getOrAdd(sums, strand.key, () => new Map<number, Accumulator>());
      if (value === null) continue;
      getOrAdd(points, key, () => accumulator(strand.measure.agg)).add(value);
    }
  }
  const series = strands.map((strand) => {
    const points = [...(sums.get(strand.key) ?? [])]
      .sort((a, b) => a[0] - b[0])
      .map(([at, sum]): Point => [at, finite(sum.result())]);
    const thin = downsample(points, maxPoints);
    if (thin.length < points.length) {
      notes.add(`Drawn with ${thin.length} of ${points.length} points.`);
    }
    return { ...drawn(strand), points: thin };
  });
  if (series.every(({ points }) => points.length === 0))
    return problem('no-rows', 'There is nothing to draw.');
  return { kind: 'points', xType, bucket, series, notes: [...notes] };
}

function overCategories(plan: Plan): ChartData {
  const { x, request } = plan;
  const name = (row: number) =>
    x.cells[row] === null || x.cells[row] === undefined ? null : String(x.cells[row]);
  const rows = plan.rows.filter((row) => name(row) !== null);
  if (rows.length === 0) return problem('no-rows', `"${x.column.name}" is empty.`, x.column.name);
  const limit = request.mapping.limit ?? defaultLimit[plan.type];
  const measure = plan.measures[0]!;
  const ranking = rank(rows, measure, (row) => name(row)!);
  if (ranking.length > mostCategories && request.mapping.limit === null) {
    return problem(
      'too-many-categories',
      `"${x.column.name}" has ${ranking.length} different values. Set a limit or choose another column.`,
      x.column.name,
    );
  }
  const kept = new Set(ranking.slice(0, limit).map(([category]) => category));
  const { strands, strandOf, notes } = split(plan);
  const cut = ranking.length > kept.size;
  // A category of the data that is itself called "Other" keeps its own bar.
  const rest = cut && kept.has(other) ? `${other} (${ranking.length - kept.size})` : other;
  const sums = new Map<string, Map<string, Accumulator>>();
  for (const row of rows) {
    const own = name(row)!;
    const category = kept.has(own) ? own : rest;
    for (const strand of strandOf(row)) {
      const value = strand.measure.value(row);
      if (value === null) continue;
      const bars = getOrAdd(sums, strand.key, () => new Map<string, Accumulator>());
      getOrAdd(bars, category, () => accumulator(strand.measure.agg)).add(value);
    }
  }
  const categories = order(plan, ranking.slice(0, limit), cut ? rest : null);
  if (cut) notes.add(`${ranking.length - kept.size} smaller categories are gathered under "${rest}".`);
  const series = strands.map((strand) => ({
    ...drawn(strand),
    values: categories.map((category) => finite(sums.get(strand.key)?.get(category)?.result() ?? null)),
  }));
  return { kind: 'categories', categories, series, notes: [...notes] };
}

/** Categories by the size of their first measure, largest first; the same everywhere (ties by name). */
function rank(
  rows: readonly number[],
  measure: Measure,
  nameOf: (row: number) => string,
): [string, number][] {
  const sums = new Map<string, Accumulator>();
  for (const row of rows) {
    const sum = getOrAdd(sums, nameOf(row), () => accumulator(measure.agg));
    const value = measure.value(row);
    if (value !== null) sum.add(value);
  }
  return [...sums]
    .map(([name, sum]): [string, number] => [name, finite(sum.result()) ?? Number.NEGATIVE_INFINITY])
    .sort((a, b) => (a[1] === b[1] ? compareText(a[0], b[0]) : a[1] > b[1] ? -1 : 1));
}

/** "Other" always stands last. */
function order(plan: Plan, ranking: readonly [string, number][], rest: string | null): string[] {
  const { sort } = plan.request.mapping;
  const numeric = isNumeric(plan.x.column.type);
  const byName = (a: string, b: string) => (numeric ? Number(a) - Number(b) : compareText(a, b));
  let names = ranking.map(([name]) => name);
  // Slices stand largest first unless somebody asked for another order.
  if (sort === 'value-asc') names.reverse();
  else if (sort === 'none') names = inRowOrder(plan, new Set(names));
  else if (sort === 'x-desc') names.sort((a, b) => byName(b, a));
  else if (sort === 'x-asc' && plan.type !== 'pie') names.sort(byName);
  return rest === null ? names : [...names, rest];
}

function inRowOrder({ rows, x }: Plan, names: ReadonlySet<string>): string[] {
  const seen = new Set<string>();
  for (const row of rows) {
    const name = String(x.cells[row]);
    if (names.has(name)) seen.add(name);
  }
  return [...seen];
}

/** The strands of a chart, and which of them a row belongs to. Groups beyond the largest share one. */
function split({ group, measures, rows }: Plan): {
  strands: Strand[];
  strandOf: (row: number) => readonly Strand[];
  notes: Set<string>;
} {
  const notes = new Set<string>();
  if (group === null) {
    const strands = measures.map((measure) => ({ key: measure.id, measure, group: null }));
    return { strands, strandOf: () => strands, notes };
  }
  const nameOf = (row: number) => String(group.cells[row] ?? 'Empty');
  const ranking = rank(rows, measures[0]!, nameOf).map(([name]) => name);
  const cut = ranking.length > mostGroups;
  const kept = cut ? ranking.slice(0, mostGroups - 1) : ranking;
  if (cut) notes.add(`${ranking.length - kept.length} smaller groups are gathered under "${other}".`);
  const rest = kept.includes(other) ? `${other} groups` : other;
  const names = cut ? [...kept.toSorted(compareText), rest] : kept.toSorted(compareText);
  const byName = new Map(
    names.map((name) => [
      name,
      measures.map((measure) => ({ key: JSON.stringify([measure.id, name]), measure, group: name })),
    ]),
  );
  return {
    strands: [...byName.values()].flat(),
    strandOf: (row) => byName.get(nameOf(row)) ?? byName.get(rest) ?? [],
    notes,
  };
}

function drawn({ key, measure, group }: Strand) {
  const label = group === null ? measure.label : group;
  return { id: key, label, color: measure.color, axis: measure.axis };
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
