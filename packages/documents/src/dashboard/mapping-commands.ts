import type { Editor } from '../records/editor.ts';
import { writeOrderedSet } from '../records/ordered-set.ts';
import { change, freeName, type Gesture, setRegister, settingOf, viewNow } from './chart-write.ts';
import type { Aggregation, SeriesSetting, SortOrder } from './schema.ts';

/** Commands on what a chart draws: columns, measures, order. */

export function setX(editor: Editor, id: string, column: string | null): boolean {
  return setRegister(editor, 'Change horizontal axis', id, 'map:x', column);
}

export function setGroup(editor: Editor, id: string, column: string | null): boolean {
  return setRegister(editor, 'Change grouping', id, 'map:group', column);
}

export function setAggregation(editor: Editor, id: string, agg: Aggregation): boolean {
  return setRegister(editor, 'Change aggregation', id, 'map:agg', agg);
}

export function setSort(editor: Editor, id: string, sort: SortOrder): boolean {
  return setRegister(editor, 'Change order', id, 'map:sort', sort);
}

export function setLimit(editor: Editor, id: string, limit: number | null): boolean {
  return setRegister(editor, 'Change limit', id, 'map:limit', limit);
}

/** The chart's measures in order. A measure is named after its column, so that two people who add it meet. */
export function setSeries(editor: Editor, id: string, seriesIds: readonly string[]): boolean {
  return change(editor, 'Change series', id, (write) =>
    writeOrderedSet(write, 'charts', id, 'map:y/', seriesIds),
  );
}

/** Adds a column as the last measure; returns the new series' id, or null when the chart is gone. */
export function addSeries(editor: Editor, id: string, field: string): string | null {
  const chart = viewNow(editor).charts.find((other) => other.id === id);
  if (chart === undefined) return null;
  const ids = chart.mapping.y.map((series) => series.id);
  const seriesId = freeName(field, ids);
  change(editor, 'Add series', id, (write) => {
    writeOrderedSet(write, 'charts', id, 'map:y/', [...ids, seriesId]);
    if (seriesId !== field) write.set('charts', id, `series:${seriesId}`, settingOf({ field }));
  });
  return seriesId;
}

export function removeSeries(editor: Editor, id: string, seriesId: string): boolean {
  return change(editor, 'Remove series', id, (write) => write.set('charts', id, `map:y/${seriesId}`, null));
}

/** Changes parts of one measure's setting: one atomic register. */
export function setSeriesSetting(
  editor: Editor,
  id: string,
  seriesId: string,
  setting: Partial<SeriesSetting>,
  gesture: Gesture = {},
): boolean {
  const series = viewNow(editor)
    .charts.find((chart) => chart.id === id)
    ?.mapping.y.find((other) => other.id === seriesId);
  if (series === undefined) return false;
  const { id: _, ...before } = series;
  return setRegister(
    editor,
    'Change series',
    id,
    `series:${seriesId}`,
    settingOf({ ...before, ...setting }),
    gesture,
  );
}
