import { isNumeric } from './cell.ts';
import type { NewChart } from './chart-commands.ts';
import type { Aggregation, Column } from './schema.ts';

/** What suggestions look at: types and how many different values, never what a column is called. */
export interface ColumnFacts extends Column {
  readonly label?: string;
  /** Different values in the sample. */
  readonly distinct: number;
}

export interface Suggestion {
  readonly chart: NewChart & { readonly title: string };
  /** Why, for people: "a date and a measure". */
  readonly reason: string;
}

const most = 6;

/**
 * At most six charts that suit a table, best first. `rows` is the size of the sample that `distinct` was counted in.
 * The charts name columns of the table; the caller adds the dataset.
 */
export function suggestCharts(columns: readonly ColumnFacts[], rows: number): Suggestion[] {
  const measures = columns.filter(({ type }) => isNumeric(type));
  const dates = columns.filter(({ type, distinct }) => type === 'date' && distinct > 1);
  const categories = columns.filter(
    ({ type, distinct }) =>
      (type === 'category' || type === 'boolean' || (type === 'text' && distinct <= 20)) && distinct > 1,
  );
  const few = categories.filter(({ distinct }) => distinct <= 12);
  const [date] = dates;
  const [measure] = measures;
  const [category] = few;
  const long = date !== undefined && date.distinct < rows * 0.75;

  const found: Suggestion[] = [];
  const add = (reason: string, chart: NewChart & { readonly title: string }) => found.push({ reason, chart });

  if (date && measure && category && long) {
    add('a date, a category and a measure', {
      type: 'line',
      title: `${nameOf(measure)} over time by ${nameOf(category)}`,
      ...mapped(date, [measure]),
      group: category.name,
    });
  }
  if (date && measure) {
    add('a date and a measure', {
      type: 'line',
      title: `${nameOf(measure)} over time`,
      ...mapped(date, [measure]),
    });
  }
  const family = measures.map((one) => familyOf(one, measures)).find((members) => members.length > 1);
  if (date && family) {
    add('a date and measures of one kind', {
      type: 'line',
      title: `${family.map(nameOf).join(' and ')} over time`,
      ...mapped(date, family),
    });
  }
  if (category && measure) {
    add('a category and a measure', {
      type: 'bar',
      title: `${said(measure)} by ${nameOf(category)}`,
      ...mapped(category, [measure]),
      sort: 'value-desc',
    });
  }
  for (const parts of few.filter(({ distinct }) => distinct <= 6).slice(0, 1)) {
    add('a category of few parts', {
      type: 'pie',
      title: `Rows by ${nameOf(parts)}`,
      x: parts.name,
      agg: 'count',
    });
  }
  if (measure) {
    add('a measure', {
      type: 'number',
      title: date ? `${said(measure)}, latest period` : said(measure),
      ...mapped(date ?? null, [measure]),
    });
  }
  const pair = measures[1];
  if (measure && pair) {
    add('two measures', {
      type: 'scatter',
      title: `${nameOf(pair)} against ${nameOf(measure)}`,
      ...mapped(measure, [pair]),
      ...(category ? { group: category.name } : {}),
    });
  }
  if (measure && measure.distinct > 10) {
    add('a measure with many values', {
      type: 'histogram',
      title: `Spread of ${nameOf(measure)}`,
      x: measure.name,
    });
  }
  const second = measures.find((other) => other !== measure && other !== pair);
  if (date && second) {
    add('a date and another measure', {
      type: 'area',
      title: `${nameOf(second)} over time`,
      ...mapped(date, [second]),
    });
  }
  const [wide] = categories;
  if (wide && (!category || !measure)) {
    add('a category', {
      type: 'bar',
      title: `Rows by ${nameOf(wide)}`,
      x: wide.name,
      agg: 'count',
      sort: 'value-desc',
    });
  }
  if (date && !measure) {
    add('a date', { type: 'bar', title: 'Rows over time', x: date.name, agg: 'count' });
  }
  add('the rows themselves', { type: 'table', title: 'All rows', sort: 'none' });
  return found.slice(0, most);
}

/** Measures of the same kind are drawn together when their names begin with the same word: temp_max, temp_min. */
function familyOf(measure: ColumnFacts, measures: readonly ColumnFacts[]): ColumnFacts[] {
  const word = firstWord(measure.name);
  const family = measures.filter(({ name, type }) => type === measure.type && firstWord(name) === word);
  return family.length > 1 && family.length <= 4 ? family : [measure];
}

function firstWord(name: string): string {
  return (/^[\p{L}\d]+(?=[\s_-])/u.exec(name)?.[0] ?? name).toLowerCase();
}

/** Amounts add up; rates and measurements are averaged. The type decides, a person may change it. */
export function usualAggregation(column: Column): Aggregation {
  return column.type === 'integer' || column.type === 'currency' ? 'sum' : 'avg';
}

function mapped(x: ColumnFacts | null, y: readonly ColumnFacts[]): Pick<NewChart, 'x' | 'y' | 'agg'> {
  return { x: x?.name ?? null, y: y.map(({ name }) => name), agg: usualAggregation(y[0]!) };
}

function said(column: ColumnFacts): string {
  return `${usualAggregation(column) === 'sum' ? 'Total' : 'Average'} ${nameOf(column)}`;
}

function nameOf(column: ColumnFacts): string {
  return column.label ?? column.name;
}
