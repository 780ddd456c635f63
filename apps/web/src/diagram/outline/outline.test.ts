import type { DiagramElement } from '@tidemark/documents/diagram';
import { describe, expect, it } from 'vitest';
import { search } from '../search/search.ts';
import { flowOrder } from './flow-order.ts';
import { type OutlineNode, outlineOf } from './outline.ts';
import { pathTo, rowsOf, typeAhead } from './rows.ts';

interface Parts {
  readonly values?: Record<string, string | boolean>;
  readonly lists?: Record<string, string[]>;
  readonly children?: Record<string, string[]>;
}

function diagram(parts: Record<string, [type: string, parts?: Parts]>): Map<string, DiagramElement> {
  return new Map(
    Object.entries(parts).map(([key, [type, { values = {}, lists = {}, children = {} } = {}]]) => [
      key,
      {
        type: `bpmn:${type}`,
        parent: null,
        property: null,
        values: new Map(Object.entries(values)),
        lists: new Map(Object.entries(lists)),
        children: new Map(Object.entries(children)),
      },
    ]),
  );
}

const flow = (from: string, to: string, name = ''): [string, Parts] => [
  'SequenceFlow',
  { values: { '&sourceRef': from, '&targetRef': to, ...(name ? { '@name': name } : {}) } },
];

const order = diagram({
  root: ['Definitions', { children: { rootElements: ['process'], diagrams: ['drawing'] } }],
  process: [
    'Process',
    {
      children: {
        flowElements: [
          'end',
          'pack',
          'check',
          'start',
          'late',
          'f1',
          'f2',
          'f3',
          'f4',
          'data',
          'thing',
          'ask',
        ],
      },
    },
  ],
  start: ['StartEvent', { values: { '@name': 'Order in' } }],
  check: ['ExclusiveGateway', { values: { '@name': 'In stock?' } }],
  pack: [
    'UserTask',
    { values: { '@name': 'Pack', '@id': 'Task_pack' }, children: { documentation: ['doc'] } },
  ],
  ask: ['ServiceTask', {}],
  doc: ['Documentation', { values: { '@text': 'Wrap it in Bläschenfolie, twice when it is glass.' } }],
  late: [
    'BoundaryEvent',
    { values: { '&attachedToRef': 'pack' }, children: { eventDefinitions: ['timer'] } },
  ],
  timer: ['TimerEventDefinition'],
  end: ['EndEvent'],
  data: ['DataObjectReference', { values: { '@name': 'Invoice' } }],
  thing: ['DataObject'],
  f1: flow('start', 'check'),
  f2: flow('check', 'pack', 'yes'),
  f3: flow('check', 'end'),
  f4: flow('late', 'ask'),
  drawing: ['Drawing'],
  'drawing/plane': ['Plane', { children: { planeElement: ['s1', 's2', 's3'] } }],
  s1: ['Shape', { values: { '&bpmnElement': 'check' } }],
  s2: ['Shape', { values: { '&bpmnElement': 'pack' } }],
  s3: ['Shape', { values: { '&bpmnElement': 'data' } }],
});

const shape = (nodes: readonly OutlineNode[]): unknown[] =>
  nodes.map(({ key, children }) => (children.length === 0 ? key : [key, ...shape(children)]));

describe('the outline', () => {
  it('reads as the process runs; what is attached and branches stand inside', () => {
    expect(shape(outlineOf(order, 'root'))).toEqual([
      ['process', 'start', ['check', 'f2', 'f3'], ['pack', 'late'], 'ask', 'end', 'data'],
    ]);
  });

  it('names a flow by where it leads, an event by what it waits for', () => {
    const rows = rowsOf(outlineOf(order, 'root'), new Set());
    const words = new Map(rows.map(({ node }) => [node.key, node.words]));
    expect(words.get('f3')).toBe('Sequence flow to end event');
    expect(words.get('f2')).toBe('Sequence flow to Pack');
    expect(words.get('late')).toBe('Timer boundary event');
  });

  it('shows lanes with their steps, in flow order, and what is in no lane after them', () => {
    const lanes = diagram({
      root: ['Definitions', { children: { rootElements: ['both', 'process'] } }],
      both: ['Collaboration', { children: { participants: ['pool', 'empty'] } }],
      pool: ['Participant', { values: { '&processRef': 'process' } }],
      empty: ['Participant'],
      process: ['Process', { children: { laneSets: ['set'], flowElements: ['b', 'a', 'c', 'f'] } }],
      set: ['LaneSet', { children: { lanes: ['lane'] } }],
      lane: ['Lane', { lists: { flowNodeRef: ['b', 'a'] } }],
      'lane/childLaneSet': ['LaneSet', { children: { lanes: ['inner'] } }],
      inner: ['Lane', { lists: { flowNodeRef: ['b'] } }],
      a: ['Task'],
      b: ['Task'],
      c: ['Task'],
      f: flow('a', 'b'),
    });
    expect(shape(outlineOf(lanes, 'root'))).toEqual([['pool', ['lane', ['inner', 'b'], 'a'], 'c'], 'empty']);
  });

  it('orders loops where they close, and chains of thousands without filling the stack', () => {
    const next: Record<string, string[]> = { a: ['b'], b: ['c', 'd'], c: ['b'], d: [] };
    expect(
      flowOrder(
        ['d', 'c', 'b', 'a'],
        (step) => next[step] ?? [],
        () => false,
      ),
    ).toEqual(['a', 'b', 'c', 'd']);
    const chain = Array.from({ length: 20_000 }, (_, index) => `s${index}`);
    const ordered = flowOrder(
      [...chain].reverse(),
      (step) => [`s${Number(step.slice(1)) + 1}`],
      () => false,
    );
    expect(ordered).toEqual(chain);
  });

  it('opens and closes lines, finds the way to one, and goes to what is typed', () => {
    const nodes = outlineOf(order, 'root');
    expect(rowsOf(nodes, new Set(['process'])).map(({ node, open }) => [node.key, open])).toEqual([
      ['process', false],
    ]);
    expect(pathTo(nodes, 'late')).toEqual(['process', 'pack']);
    expect(pathTo(nodes, 'gone')).toBeNull();
    const rows = rowsOf(nodes, new Set());
    const at = (key: string) => rows.findIndex(({ node }) => node.key === key);
    expect(typeAhead(rows, 0, 'p')).toBe(at('pack'));
    expect(typeAhead(rows, at('pack'), 'p')).toBe(at('process'));
    expect(typeAhead(rows, at('pack'), 'pa')).toBe(at('pack'));
    expect(typeAhead(rows, 2, 'zzz')).toBe(2);
  });
});

describe('the search', () => {
  const keys = (query: string) => search(order, 'root', query).map(({ key, where }) => [key, where]);

  it('finds names, ids, types and documentation, the best first', () => {
    expect(keys('in')).toEqual([
      ['check', 'name'],
      ['data', 'name'],
      ['pack', 'documentation'],
    ]);
    expect(keys('TASK_PACK')).toEqual([['pack', 'id']]);
    expect(keys('gateway')).toEqual([['check', 'type']]);
  });

  it('looks past case and accents and shows where the words stand', () => {
    const [hit] = search(order, 'root', 'blaschen');
    expect(hit).toMatchObject({ key: 'pack', where: 'documentation' });
    expect(hit?.excerpt).toBe('Wrap it in Bläschenfolie, twice when it is glass.');
  });

  it('finds nothing that is not drawn, and nothing for nothing', () => {
    expect(keys('Order in')).toEqual([]);
    expect(keys('   ')).toEqual([]);
  });
});
