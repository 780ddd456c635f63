import { isNumeric } from './cell.ts';
import type { ChartData } from './chart-picture.ts';
import { problem, type Resolved, take } from './chart-request.ts';

const mostBins = 30;

/** How often values fall into bins of equal, round width. The column is the horizontal one, or the first measure. */
export function histogramData({ table, rows, x, request }: Resolved): ChartData {
  const source = x ?? take(table, request.mapping.y[0]?.field ?? null);
  if (source === null) return problem('no-columns', 'Choose a column of numbers.');
  const { name, type } = source.column;
  if (!isNumeric(type)) return problem('not-a-number', `"${name}" holds no numbers.`, name);
  const values = rows.flatMap((row) => {
    const cell = source.cells[row];
    return typeof cell === 'number' ? [cell] : [];
  });
  if (values.length === 0) return problem('no-rows', `"${name}" is empty.`, name);
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  const bins = Math.min(request.mapping.limit ?? mostBins, mostBins, Math.ceil(Math.sqrt(values.length)));
  const width = roundWidth((high - low) / bins);
  if (!(width > 0 && width < Number.MAX_VALUE))
    return problem('not-a-number', `"${name}" spans more than can be drawn.`, name);
  const first = Math.floor(low / width);
  const counts = new Array<number>(Math.floor(high / width) - first + 1).fill(0);
  for (const value of values) counts[Math.floor(value / width) - first]! += 1;
  const edge = (index: number) => Number(((first + index) * width).toPrecision(12));
  return {
    kind: 'categories',
    categories: counts.map((_, index) => `${edge(index)} – ${edge(index + 1)}`),
    series: [
      { id: name, label: name, color: request.mapping.y[0]?.color ?? null, axis: 'left', values: counts },
    ],
    notes: [],
  };
}

/** The next 1, 2 or 5 times a power of ten. */
function roundWidth(width: number): number {
  if (width <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(width));
  return ([1, 2, 5, 10].find((step) => step * power >= width) ?? 10) * power;
}
