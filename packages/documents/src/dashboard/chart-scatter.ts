import { isNumeric } from './cell.ts';
import type { ChartData } from './chart-picture.ts';
import { problem, type Resolved, take } from './chart-request.ts';
import type { Point } from './downsample.ts';

const mostDots = 5000;

/** One dot per row, in colours by group; too many are thinned evenly, the same ones on every machine. */
export function scatterData({ table, rows, x, group, request }: Resolved): ChartData {
  if (x === null || !(isNumeric(x.column.type) || x.column.type === 'date')) {
    const name = x?.column.name ?? '';
    return problem('not-a-number', `"${name}" holds no numbers; dots need them on both axes.`, name);
  }
  const settings = request.mapping.y;
  if (settings.length === 0) return problem('no-columns', 'Choose a column for the vertical axis.');
  const notes: string[] = [];
  const step = Math.max(1, Math.ceil((rows.length * settings.length) / mostDots));
  if (step > 1) notes.push(`Every ${step}th row is drawn.`);
  const series = settings.flatMap((setting) => {
    const y = take(table, setting.field);
    const groups = new Map<string, Point[]>();
    for (let index = 0; index < rows.length; index += step) {
      const row = rows[index]!;
      const across = x.cells[row];
      const up = y?.cells[row];
      if (typeof across !== 'number' || typeof up !== 'number') continue;
      const name = group === null ? '' : String(group.cells[row] ?? 'Empty');
      const points = groups.get(name) ?? [];
      points.push([across, up]);
      groups.set(name, points);
    }
    return [...groups]
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([name, points]) => ({
        id: group === null ? setting.id : JSON.stringify([setting.id, name]),
        label: group === null ? (setting.label ?? setting.field) : name,
        color: setting.color,
        axis: setting.axis,
        points,
      }));
  });
  if (series.length === 0) return problem('no-rows', 'No row has numbers for both axes.');
  return {
    kind: 'points',
    xType: x.column.type === 'date' ? 'time' : 'number',
    bucket: 'none',
    series,
    notes,
  };
}
