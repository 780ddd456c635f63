import type { DiagramElement } from '@tidemark/documents/diagram';
import { expect, test } from 'vitest';
import { ghostsOf, insideOf, middleOf, placesOf, wayBetween } from './places.ts';

const element = (type: string, parent: string | null, values: Record<string, unknown>): DiagramElement =>
  ({
    type,
    parent,
    property: null,
    values: new Map(Object.entries(values)),
    lists: new Map(),
    children: new Map(),
  }) as unknown as DiagramElement;

const drawn = (x: number, plane = 'd/plane') =>
  new Map([
    ['task', element('bpmn:UserTask', 'process', { '@name': 'Check' })],
    ['start', element('bpmn:StartEvent', 'process', {})],
    ['flow', element('bpmn:SequenceFlow', 'process', {})],
    [
      's1',
      element('bpmndi:BPMNShape', plane, {
        '&bpmnElement': 'task',
        $bounds: { x, y: 10, width: 100, height: 80 },
      }),
    ],
    [
      's2',
      element('bpmndi:BPMNShape', plane, {
        '&bpmnElement': 'start',
        $bounds: { x: 0, y: 0, width: 36, height: 36 },
      }),
    ],
    [
      'e1',
      element('bpmndi:BPMNEdge', plane, {
        '&bpmnElement': 'flow',
        $waypoint: [
          [36, 18],
          [x, 50, 'more'],
        ],
      }),
    ],
    ['bad', element('bpmndi:BPMNShape', plane, { '&bpmnElement': 'lost', $bounds: { x: 'left' } })],
  ]);

const mark = (id: string, ...types: string[]) => ({ types, change: { name: id, thing: { id } } });

test('TIME-33: elements are where their shapes and edges are, in the form they are drawn in', () => {
  const places = placesOf(drawn(200));
  expect([...places]).toEqual([
    ['task', { plane: 'd/plane', contour: { form: 'box', x: 200, y: 10, width: 100, height: 80 } }],
    ['start', { plane: 'd/plane', contour: { form: 'round', x: 0, y: 0, width: 36, height: 36 } }],
    [
      'flow',
      {
        plane: 'd/plane',
        contour: {
          form: 'line',
          points: [
            { x: 36, y: 18 },
            { x: 200, y: 50 },
          ],
        },
      },
    ],
  ]);
  expect(middleOf(places.get('task')!.contour)).toEqual({ x: 250, y: 50 });
  expect(middleOf(places.get('flow')!.contour)).toEqual({ x: 118, y: 34 });
});

test('TIME-33: the arrow of a move goes from edge to edge, and there is none where both touch', () => {
  const box = (x: number, y: number) => ({ form: 'box', x, y, width: 100, height: 80 }) as const;
  expect(wayBetween(box(0, 0), box(300, 0))).toEqual([
    { x: 100, y: 40 },
    { x: 300, y: 40 },
  ]);
  expect(wayBetween(box(0, 0), box(0, -200))).toEqual([
    { x: 50, y: 0 },
    { x: 50, y: -120 },
  ]);
  expect(wayBetween(box(0, 0), box(90, 10))).toBeNull();
  expect(wayBetween(box(0, 0), box(0, 0))).toBeNull();
});

test('TIME-33: what was removed has a ghost where it was, what was moved one at its old place', () => {
  const marks = [
    mark('task', 'changed', 'moved'),
    mark('start', 'removed'),
    mark('flow', 'moved'),
    mark('new', 'added'),
  ];
  const ghosts = ghostsOf(marks, placesOf(drawn(200)), placesOf(drawn(320)));
  expect(ghosts.map(({ key, type, contour }) => [key, type, 'x' in contour ? contour.x : 'line'])).toEqual([
    ['task', 'moved', 200],
    ['start', 'removed', 0],
    ['flow', 'moved', 'line'],
  ]);
});

test('TIME-33: what is a move to the records alone has no ghost, one to another page has', () => {
  const marks = [mark('task', 'moved')];
  expect(ghostsOf(marks, placesOf(drawn(200)), placesOf(drawn(200)))).toEqual([]);
  expect(ghostsOf(marks, placesOf(drawn(200)), placesOf(drawn(200, 'sub/plane')))).toMatchObject([
    { key: 'task', plane: 'd/plane' },
  ]);
});

test('TIME-81: a collapsed element tells how many things differ on its page, and on the pages below', () => {
  const place = (plane: string) =>
    ({ plane, contour: { form: 'box', x: 0, y: 0, width: 1, height: 1 } }) as const;
  const places = new Map([
    ['sub', place('d/plane')],
    ['deep', place('sub/plane')],
    ['task', place('deep/plane')],
    ['near', place('sub/plane')],
  ]);
  const elements = new Map([
    ['d/plane', element('bpmndi:BPMNPlane', 'd', { '&bpmnElement': 'process' })],
    ['sub/plane', element('bpmndi:BPMNPlane', 'e', { '&bpmnElement': 'sub' })],
    ['deep/plane', element('bpmndi:BPMNPlane', 'f', { '&bpmnElement': 'deep' })],
  ]);
  const gone = new Map([...places, ['lost', place('sub/plane')] as const]);
  const marks = ['task', 'near', 'lost', 'sub', 'nowhere'].map(
    (id) => [`el/${id}`, mark(id, 'changed')] as const,
  );
  expect(insideOf(marks, elements, gone, places)).toEqual([
    { key: 'deep', plane: 'deep/plane', marks: ['el/task'] },
    { key: 'sub', plane: 'sub/plane', marks: ['el/task', 'el/near', 'el/lost'] },
  ]);
});
