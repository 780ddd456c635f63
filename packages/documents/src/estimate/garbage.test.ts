import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { kinds } from '../kinds.ts';
import { createEditor } from '../records/editor.ts';
import { createReader } from '../records/reader.ts';
import { readState } from '../records/state.ts';
import * as commands from './index.ts';
import { type EstimateView, estimate } from './view.ts';

/** What no command would write: other types in every place, numbers that are none, money beyond all bounds. */

const { collections } = commands.estimateSchema;
const names = [...Object.keys(collections), 'scope', 'terms', 'notes', 'inventions', '__proto__'];
const registers = [
  ...new Set(Object.values(collections).flatMap((collection) => Object.keys(collection.registers))),
  ...['calc:', 'calc:qty', 'calc:__proto__', 'qtyM', 'minor', 'a|b'],
];
const ids = ['a', 'b', 'c', '', '__proto__', 'x'.repeat(600), ...registers.slice(0, 5)];

const scalar = fc.oneof(
  fc.constantFrom(
    null,
    undefined,
    true,
    false,
    Number.NaN,
    Infinity,
    -Infinity,
    -0,
    1e308,
    2 ** 60,
    -(2 ** 60),
  ),
  fc.constantFrom(
    0.5,
    -1,
    1,
    1e15,
    'a',
    'b',
    'draft',
    'won',
    'mat',
    'usd',
    '2026-02-31',
    '2026-02-28',
    '12*3',
  ),
  fc.constantFrom<unknown>(
    { is: 'won' },
    { is: 'lost', at: 7, number: -1 },
    { is: 'hacked' },
    { documentId: 'd' },
    [],
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constant('\ud800'),
  fc.constant('y'.repeat(11_000)),
  fc.double(),
  fc.jsonValue({ maxDepth: 2 }),
);
/** Makes a value anew each time: a Yjs type can be put in one place only. */
const value: fc.Arbitrary<() => unknown> = fc.oneof(
  { weight: 8, arbitrary: scalar.map((made) => () => made) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<() => unknown>(
      () => Y.Array.from([1]),
      () => new Y.Text('t'),
      () => new Y.Doc(),
      () => new Y.Map([['qty', 1]]),
    ),
  },
);
const record = fc.array(fc.tuple(fc.constantFrom(...registers), value), { maxLength: 10 });
const root = fc.record({
  name: fc.constantFrom(...names),
  type: fc.constantFrom('map', 'map', 'map', 'map', 'map', 'array', 'text'),
  records: fc.array(fc.tuple(fc.constantFrom(...ids), record), { maxLength: 5 }),
  loose: record,
});
type Root = typeof root extends fc.Arbitrary<infer T> ? T : never;

function build(roots: readonly Root[]): Y.Doc {
  const doc = new Y.Doc();
  const used = new Set<string>();
  for (const { name, type, records, loose } of roots) {
    if (used.has(name)) continue;
    used.add(name);
    if (type === 'array') doc.getArray(name).push([1]);
    else if (type === 'text') doc.getText(name).insert(0, 'text');
    else {
      const map = doc.getMap(name);
      for (const [key, make] of loose) map.set(key, make());
      for (const [id, entries] of records) {
        const made = new Y.Map();
        map.set(id, made);
        for (const [key, make] of entries) made.set(key, make());
      }
    }
  }
  return doc;
}

function reload(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

const fresh = (doc: Y.Doc) => createReader(doc, estimate).view();

/** Whatever it was read from: what the calculation and the screen rely on. */
function expectSane(view: EstimateView): void {
  const numbers = (item: object, ...fields: string[]) => {
    for (const field of fields) {
      const number: unknown = Reflect.get(item, field);
      if (number !== null || field !== 'actualImpact') expect(number).toSatisfy(Number.isSafeInteger);
    }
  };
  const texts = (item: object, ...fields: string[]) => {
    for (const field of fields) {
      const text: unknown = Reflect.get(item, field);
      expect(typeof text === 'string' && text.isWellFormed() && text.length <= 10_000).toBe(true);
    }
  };
  numbers(view.params, 'targetBp', 'overheadBp', 'contingencyBp', 'taxBp');
  expect(view.meta.currency).toMatch(/^[A-Z]{3}$/);
  expect(commands.statuses).toContain(view.meta.status.is);
  texts(view.meta, 'title', 'client', 'site', 'number');
  for (const line of view.lines.values()) {
    numbers(line, 'qty', 'unitCost', 'wasteBp');
    texts(line, 'name', 'unit', 'code', 'note');
    expect(line.wasteBp).toBeGreaterThanOrEqual(0);
    expect(commands.lineKinds).toContain(line.kind);
  }
  for (const risk of view.risks) {
    numbers(risk, 'probBp', 'low', 'high', 'mitigationCost', 'mitigatedProbBp', 'actualImpact');
    expect(risk.probBp).toBeLessThanOrEqual(10_000);
    expect(risk.low).toBeGreaterThanOrEqual(0);
  }
  for (const actual of view.actuals) numbers(actual, 'amount');
  expect(view.sections.flatMap(({ lines }) => lines)).toEqual([...view.lines.values()]);
}

describe('garbage', () => {
  test('EST-8: any content gives a view that can be reckoned with, its checks and its JSON, and no reading writes', () => {
    fc.assert(
      fc.property(fc.array(root, { maxLength: 8 }), (roots) => {
        const made = build(roots);
        const received = reload(made);
        // As the writer's own replica sees it (root types are fixed) and as a receiver does (they are not).
        for (const doc of [made, received]) {
          const before = Y.encodeStateVector(doc);
          const reader = createReader(doc, estimate);
          const view = reader.view();
          expect(reader.view()).toBe(view);
          expectSane(view);
          JSON.stringify(kinds.estimate.content(doc));
          expect(kinds.estimate.check(doc)).toEqual(view.findings);
          commands.readTexts(doc);
          expect(Y.encodeStateVector(doc)).toEqual(before);
        }
        expect(fresh(received)).toEqual(fresh(reload(received)));
      }),
      { numRuns: 300 },
    );
  });

  test('EST-8: on top of any content the commands work, and a live reader keeps up with them', () => {
    fc.assert(
      fc.property(fc.array(root, { maxLength: 6 }), fc.array(root, { maxLength: 3 }), (first, second) => {
        const doc = reload(build(first));
        const reader = createReader(doc, estimate);
        const editor = createEditor(doc, estimate.schema);
        commands.writeStatus(editor, {
          is: 'draft',
          at: '',
          by: null,
          byName: '',
          versionId: null,
          number: null,
        });
        const before = reader.view();
        const group = commands.addGroup(editor, 'Mine', before.groups[0]?.id ?? null)!;
        for (const [id, line] of before.lines) {
          expect(commands.setCells(editor, [{ id, column: 'qty', value: 7 }])).toBe(
            line.qty !== 7 || hasCalc(doc, id),
          );
        }
        const ids = [...before.lines.keys()];
        if (ids.length > 0) commands.duplicateLines(editor, ids);
        const [mine] = commands.addLines(editor, { group }, [{ name: 'Mine' }])!;
        for (const [at, id] of ids.entries()) {
          commands.moveLines(editor, [id], group, mine!);
          const inside = reader.view().sections.find((section) => section.group?.id === group)!.lines;
          expect(inside.map((line) => line.id)).toEqual([...ids.slice(0, at + 1), mine]);
        }
        const risk = commands.addRisk(editor, { title: 'Mine' })!;
        expect(reader.view().risks.at(-1)?.id).toBe(risk);
        commands.spliceText(editor, 'terms', 'Terms');
        expectSane(reader.view());
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(build(second)));
        expect(reader.view()).toEqual(fresh(doc));
      }),
      { numRuns: 150 },
    );
  });

  test('EST-7: what lies outside of its limits is brought inside, and said with its place', () => {
    const doc = new Y.Doc();
    kinds.estimate.seed(doc, 'T');
    doc.getMap('params').set('targetBp', -5).toString();
    doc.getMap('params').set('taxBp', 1e300);
    doc.getMap('meta').set('currency', 'eur');
    doc.getMap('meta').set('status', { is: 'stolen' });
    doc.getMap('meta').set('validUntil', '2026-02-30');
    doc.getMap('lines').set(
      'l',
      new Y.Map<unknown>([
        ['qty', 2 ** 60],
        ['unitCost', 0.6],
        ['wasteBp', Number.NaN],
        ['name', 'a\ud800b'],
        ['note', 'x'.repeat(10_001)],
        ['g', 'gone'],
      ]),
    );
    doc.getMap('risks').set(
      'r',
      new Y.Map<unknown>([
        ['probBp', 10_001],
        ['low', -1],
      ]),
    );
    const view = estimate.view(readState(doc, estimate.schema), [], null);
    expect(view.params).toMatchObject({ targetBp: 0, taxBp: 100_000 });
    expect(view.meta).toMatchObject({ currency: 'EUR', validUntil: '', status: { is: 'draft' } });
    expect(view.lines.get('l')).toMatchObject({
      qty: Number.MAX_SAFE_INTEGER,
      unitCost: 1,
      wasteBp: 0,
      name: 'a\ufffdb',
      note: 'x'.repeat(10_000),
    });
    expect(view.risks[0]).toMatchObject({ probBp: 10_000, low: 0 });
    const said = kinds.estimate.check(doc).map(({ code, id, register }) => `${code} ${id} ${register}`);
    expect(said).toEqual([
      'dangling l g',
      'mended l name',
      'mended l note',
      'mended l qty',
      'mended l unitCost',
      'wrong-type l wasteBp',
      'mended meta currency',
      'unreadable meta status',
      'unreadable meta validUntil',
      'mended params targetBp',
      'mended params taxBp',
      'mended r low',
      'mended r probBp',
    ]);
  });
});

test('EST-7: a moment that no clock shows is none, so that whoever says the day of it does not fail', () => {
  const at = (written: unknown) => {
    const doc = new Y.Doc();
    kinds.estimate.seed(doc, 'T');
    doc.getMap('meta').set('status', { is: 'submitted', at: written });
    return estimate.view(readState(doc, estimate.schema), [], null).meta.status.at;
  };
  expect(at('2026-11-21T09:30:00.000Z')).toBe('2026-11-21T09:30:00.000Z');
  for (const wrong of ['2026-13-01T00:00:00Z', '2026-99-99T99:99:99Z', '2026-11-21T:.Z', 'soon', 7])
    expect(at(wrong)).toBe('');
});

test('EST-8: more findings than a call takes arguments are told all the same', () => {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, 'T');
  const lines = new Map(
    Array.from({ length: 200_000 }, (_, n) => [`l${n}`, new Map([['g', 'gone']])] as const),
  );
  const state = { ...readState(doc, estimate.schema), lines };
  expect(estimate.view(state, [], null).findings).toHaveLength(200_000);
});

function hasCalc(doc: Y.Doc, id: string): boolean {
  const line = doc.getMap('lines').get(id);
  const calc = line instanceof Y.Map ? line.get('calc:qty') : null;
  return calc !== null && calc !== undefined;
}
