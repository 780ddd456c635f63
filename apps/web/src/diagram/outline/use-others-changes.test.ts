import type { DiagramElement } from '@tidemark/documents/diagram';
import { expect, test } from 'vitest';
import { difference } from './use-others-changes.ts';

const element = (name: string, property = 'flowElements'): DiagramElement => ({
  type: 'bpmn:Task',
  parent: 'p',
  property,
  values: new Map([['@name', name]]),
  lists: new Map(),
  children: new Map(),
});

test('what others added, removed and renamed is said; many things are counted', () => {
  const pack = element('Pack');
  const before = new Map([
    ['a', pack],
    ['b', element('Ship')],
    ['c', element('Bill')],
  ]);
  const after = new Map([
    ['a', pack],
    ['b', element('Send')],
    ['d', element('Weigh')],
    ['shape', element('', 'planeElement')],
  ]);
  expect(difference(before, after)).toBe(
    'Somebody else added Weigh, task; removed Bill, task; renamed Ship to Send.',
  );
  expect(difference(before, before)).toBeNull();
  const many = new Map(['x', 'y', 'z'].map((key) => [key, element(key)]));
  expect(difference(new Map(), many)).toBe('Somebody else added 3 elements.');
});
