import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { kindNames, kinds } from '../index.ts';
import { createEditor } from '../records/editor.ts';
import { createReader } from '../records/reader.ts';
import { addChart, duplicateChart, moveChart, setChartTitle } from './chart-commands.ts';
import { chartData } from './chart-data.ts';
import { addFilter, addTab, setTitle } from './commands.ts';
import { overlap } from './layout.ts';
import { layoutOf } from './layout-view.ts';
import { dashboardSchema } from './schema.ts';
import { dashboard } from './view.ts';

/** What no command would write: other types in every place, numbers that are none, strings that are not keys. */

const names = [
  ...Object.keys(dashboardSchema.collections),
  'el',
  'one',
  'lines',
  'params',
  'inventions',
  '',
  '__proto__',
];
const registers = [
  ...Object.keys(dashboardSchema.collections.charts.registers),
  ...Object.keys(dashboardSchema.collections.filters.registers),
  ...Object.keys(dashboardSchema.collections.datasets.registers),
  ...Object.keys(dashboardSchema.collections.meta.registers),
  ...[
    'map:y/',
    'map:y/a',
    'map:y/__proto__',
    'series:a',
    'opt:',
    'opt:__proto__',
    'col:',
    'col:a',
    'scope/',
    'a|b',
    '|',
  ],
];

const scalar = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    true,
    false,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    1e308,
    2 ** 60,
    1,
    0,
    -1,
    '',
  ),
  fc.constantFrom('a0', 'zzzz', 'line', 'lg', 'x-asc', 'all', 'light', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.double(),
  fc.uint8Array({ maxLength: 3 }),
);
const plain = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom([0, 0], [1, 2], [-1, 3], [1.5, 2], [12, 100], [0, 1e9], [1], {}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      [{ name: 'a' }],
      [{ name: 'a', type: 'date' }, 3, null],
      { field: 'a' },
      { field: 7 },
    ),
  },
  { weight: 1, arbitrary: fc.nat(500).map(nested) },
);
/** Makes a value anew each time: a Yjs type can be put in one place only. */
type Make = () => unknown;
const value: fc.Arbitrary<Make> = fc.oneof(
  { weight: 6, arbitrary: plain.map((made) => () => made) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...registers), plain), { maxLength: 6 })
      .map((entries) => () => new Y.Map(entries.map(([key, made]) => [key, made ?? null]))),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Make>(
      () => Y.Array.from([1, 'a']),
      () => new Y.Text('text'),
      () => new Y.XmlElement('p'),
      () => new Y.Doc(),
      () => new Y.Map([['deep', new Y.Map([['x', new Y.Array()]])]]),
    ),
  },
);
const record = fc.array(fc.tuple(fc.constantFrom(...registers), value), { maxLength: 12 });
const root = fc.record({
  name: fc.constantFrom(...names),
  type: fc.oneof(
    { weight: 5, arbitrary: fc.constant('map' as const) },
    { weight: 1, arbitrary: fc.constantFrom('array' as const, 'text' as const) },
  ),
  records: fc.array(
    fc.tuple(fc.oneof(fc.constantFrom('a', 'b', ...registers), fc.string({ maxLength: 3 })), record),
    { maxLength: 5 },
  ),
  loose: record,
});

function nested(depth: number): unknown {
  let inner: unknown = 1;
  for (let level = 0; level < depth; level += 1) inner = level % 2 === 0 ? [inner] : { inner };
  return inner;
}

function build(roots: readonly (typeof root extends fc.Arbitrary<infer T> ? T : never)[]): Y.Doc {
  const doc = new Y.Doc();
  const used = new Set<string>();
  for (const { name, type, records, loose } of roots) {
    if (used.has(name)) continue;
    used.add(name);
    if (type === 'array') doc.getArray(name).push([1, 'a', new Y.Map()]);
    else if (type === 'text') doc.getText(name).insert(0, 'text');
    else {
      const map = doc.getMap(name);
      for (const [key, make] of loose) put(map, key, make);
      for (const [id, entries] of records) {
        const made = new Y.Map();
        map.set(id, made);
        for (const [key, make] of entries) put(made, key, make);
      }
    }
  }
  return doc;
}

function put(map: Y.Map<unknown>, key: string, make: Make): void {
  map.set(key, make());
}

describe('garbage', () => {
  test('REC-2: any content gives a view, its layout, its checks and its JSON, and no reading writes', () => {
    fc.assert(
      fc.property(fc.array(root, { maxLength: 8 }), (roots) => {
        const made = build(roots);
        const received = new Y.Doc();
        Y.applyUpdate(received, Y.encodeStateAsUpdate(made));
        // As the writer's own replica sees it (root types are fixed) and as a receiver does (they are not).
        for (const doc of [made, received]) {
          const before = Y.encodeStateVector(doc);
          const reader = createReader(doc, dashboard);
          const view = reader.view();
          expect(reader.view()).toBe(view);
          for (const breakpoint of ['lg', 'md', 'sm'] as const) {
            const tiles = layoutOf(view, { breakpoint, withHidden: true });
            expect(tiles.some((tile, at) => tiles.slice(at + 1).some((other) => overlap(tile, other)))).toBe(
              false,
            );
          }
          for (const chart of view.charts) {
            const table = { columns: view.datasets[0]?.columns ?? [], rows: [['1'], []] };
            expect(chartData({ ...chart, table, filters: view.filters }).kind).toBeTypeOf('string');
          }
          for (const name of kindNames) {
            JSON.stringify(kinds[name].content(doc));
            expect(kinds[name].check(doc)).toBeInstanceOf(Array);
            expect(kinds[name].title(doc)).toBeTypeOf('string');
          }
          expect(Y.encodeStateVector(doc)).toEqual(before);
          reader.destroy();
        }
        expect(kinds.dashboard.content(received)).toEqual(kinds.dashboard.content(reload(received)));
      }),
      { numRuns: 300 },
    );
  });

  test('REC-2: on top of any content the commands work, and a live reader keeps up with them', () => {
    fc.assert(
      fc.property(fc.array(root, { maxLength: 6 }), fc.array(root, { maxLength: 3 }), (first, second) => {
        const doc = reload(build(first));
        const reader = createReader(doc, dashboard);
        reader.view();
        const editor = createEditor(doc, dashboardSchema);
        const id = addChart(editor, { type: 'bar', y: ['a'] });
        setChartTitle(editor, id, 'Mine');
        moveChart(editor, id, { x: 1, y: 1 });
        for (const chart of reader.view().charts) duplicateChart(editor, chart.id);
        addTab(editor, 'Tab');
        addFilter(editor, { field: 'a', op: 'is', value: 1 });
        setTitle(editor, 'Title');
        expect(reader.view().meta.title).toBe('Title');
        expect(reader.view().charts.find((chart) => chart.id === id)?.title).toBe('Mine');
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(build(second)));
        expect(reader.view()).toEqual(createReader(doc, dashboard).view());
      }),
      { numRuns: 150 },
    );
  });

  test('REC-2: what is hidden or mended is said, with its place', () => {
    const doc = new Y.Doc();
    kinds.dashboard.seed(doc, 'T');
    const charts = doc.getMap('charts');
    charts.set('list', new Y.Array());
    charts.set(
      'bad',
      new Y.Map<unknown>([
        ['type', 'hologram'],
        ['pos:lg', [1]],
        ['datasetId', 'gone'],
        ['title', new Y.Text()],
      ]),
    );
    const found = kinds.dashboard.check(doc).map(({ code, id, register }) => [code, id, register]);
    expect(found).toEqual([
      ['dangling', 'bad', 'datasetId'],
      ['unreadable', 'bad', 'pos:lg'],
      ['wrong-type', 'bad', 'title'],
      ['unreadable', 'bad', 'type'],
      ['wrong-type', 'list', null],
    ]);
    const other = new Y.Doc();
    other.getArray('charts');
    expect(kinds.dashboard.check(other).map(({ code, collection }) => [code, collection])).toEqual([
      ['wrong-type', 'charts'],
      ['not-seeded', 'meta'],
    ]);
  });
});

function reload(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}
