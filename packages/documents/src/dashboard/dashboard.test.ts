import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { kinds } from '../index.ts';
import { createEditor, createReader } from '../records/index.ts';
import * as dashboards from './index.ts';

function open(title = 'Weather') {
  const doc = new Y.Doc();
  kinds.dashboard.seed(doc, title);
  const editor = createEditor(doc, dashboards.dashboardSchema, 'ana');
  const reader = createReader(doc, dashboards.dashboard);
  return { doc, editor, reader };
}

describe('dashboard', () => {
  test('DASH-1: a chart that is added is in the view, at a free place', () => {
    const { editor, reader } = open();
    const a = dashboards.addChart(editor, { type: 'line', title: 'Rain', x: 'date', y: ['precipitation'] });
    const b = dashboards.addChart(editor, { type: 'bar' });
    const view = reader.view();
    expect(view.findings).toEqual([]);
    expect(view.charts.map(({ id }) => id)).toEqual([a, b]);
    expect(view.charts[0]).toMatchObject({
      title: 'Rain',
      mapping: { x: 'date', y: [{ id: 'precipitation' }] },
    });
    expect(dashboards.layoutOf(view)).toEqual([
      { id: a, x: 0, y: 0, w: 6, h: 8 },
      { id: b, x: 6, y: 0, w: 6, h: 8 },
    ]);
  });
});
