import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { kindNames, kinds } from './kinds.ts';
import { createEditor, diffStates, isJson, readPast, textCollection } from './records/index.ts';

/** What no command would write, as past and as present of each kind. */

const ids = ['a', 'b', 'a/p', 'b/plane', 'a|b', '__proto__', 'constructor'];
const scalars = [
  null,
  true,
  0,
  1,
  -7,
  0.5,
  1e308,
  '',
  'a',
  'b',
  'a/p',
  '?x',
  'bpmn:Task',
  'bpmn:Process',
  'bpmndi:BPMNShape',
  'USD',
];
const values = fc.oneof(
  fc.constantFrom<unknown>(...scalars),
  fc.constantFrom<unknown>(
    ['a', 'flowElements'],
    ['b', 'planeElement'],
    ['a'],
    [[1, 2]],
    { x: 1 },
    { is: 'won' },
  ),
  fc.constantFrom<unknown>({ x: 1, y: 2, width: 3, height: 4 }, [
    { d: 0, n: 'zeebe:properties', u: 'z' },
    { d: 1, n: 'p', u: 'z', a: 7 },
  ]),
  fc.jsonValue({ maxDepth: 2 }),
);

describe.each(kindNames)('garbage as the past of a %s', (name) => {
  const kind = kinds[name];
  const { schema } = kind;
  const registers = [
    ...Object.values(schema.collections).flatMap((collection) => [
      ...Object.keys(collection.registers),
      ...Object.keys(collection.families).flatMap((prefix) => [
        prefix,
        `${prefix}a`,
        `${prefix}flowNodeRef/a`,
      ]),
    ]),
    ...[
      '&bpmnElement',
      '&processRef',
      '&sourceRef',
      '&targetRef',
      '&attachedToRef',
      't',
      'pf',
      'g',
      'x',
      'later',
    ],
  ];
  const document = fc
    .array(
      fc.tuple(
        fc.constantFrom(...Object.keys(schema.collections)),
        fc.constantFrom(...ids),
        fc.constantFrom(...registers),
        values,
      ),
      { maxLength: 60 },
    )
    .map((writes) => {
      const doc = new Y.Doc();
      for (const [collection, id, register, value] of writes) {
        const map = doc.getMap(collection);
        const { layout } = schema.collections[collection]!;
        if (layout === 'single') map.set(register, value);
        else if (layout === 'flat') map.set(`${id}|${register}`, value);
        else {
          if (!(map.get(id) instanceof Y.Map)) map.set(id, new Y.Map());
          (map.get(id) as Y.Map<unknown>).set(register, value);
        }
      }
      // As somebody has it who was sent it.
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      return copy;
    });

  test('REC-2, REC-18: any two contents are compared, in plain values, and every register is told once', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const [was, is] = [readPast(before, schema), readPast(after, schema)];
        const changes = kind.describe(was, is);
        expect(isJson(JSON.parse(JSON.stringify(changes)))).toBe(true);
        const told = changes.flatMap((change) => change.registers);
        expect(told.length).toBe(diffStates(schema, was.state, is.state).length);
        expect(new Set(told.map((each) => JSON.stringify(each))).size).toBe(told.length);
      }),
      { numRuns: 150 },
    );
  });

  test('REC-20, REC-21: of any content any things are restored and copied, and only closed ones are left', () => {
    fc.assert(
      fc.property(document, document, (before, after) => {
        const [was, is] = [readPast(before, schema), readPast(after, schema)];
        const editor = createEditor(after, schema);
        const things = [
          ...kind.describe(was, is).map(({ thing }) => thing),
          { collection: 'nowhere', id: 'a' },
          { collection: textCollection, id: 'nowhere' },
          { collection: '__proto__', id: 'toString' },
        ];
        kind.copyThings(editor, was, things);
        const { left } = kind.restoreThings(editor, was, things);
        if (left.length > 0) expect(schema.isClosed).toBeDefined();
        // What only the server writes is never restored.
        const rest = diffStates(schema, was.state, readPast(after, schema).state).filter(
          (each) => each.type !== 'changed' || !['status', 'parent'].includes(each.register),
        );
        if (left.length === 0) {
          const asked = new Set(things.map(({ collection, id }) => `${collection}/${id}`));
          expect(rest.filter(({ collection, id }) => asked.has(`${collection}/${id}`))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });
});
