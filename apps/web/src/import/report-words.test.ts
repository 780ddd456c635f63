import type { FileNote } from '@tidemark/bpmn';
import { describe, expect, test } from 'vitest';
import { countWords, groupNotes, typeWords } from './report-words.ts';

test('counts say what matters', () => {
  expect(countWords({ kept: 0, changed: 0, lost: 0 })).toBe('The file was taken over as it is');
  expect(countWords({ kept: 3, changed: 0, lost: 0 })).toBe('All of the file was kept');
  expect(countWords({ kept: 3, changed: 2, lost: 0 })).toBe('2 changed');
  expect(countWords({ kept: 0, changed: 2, lost: 1 })).toBe('1 left out, 2 changed');
});

test('types of BPMN in plain words', () => {
  expect(['userTask', 'BPMNShape', 'task', 'exclusiveGateway', 'BPMNPlane'].map(typeWords)).toEqual([
    'User task',
    'BPMN shape',
    'Task',
    'Exclusive gateway',
    'BPMN plane',
  ]);
});

describe('notes', () => {
  const note = (
    fate: FileNote['fate'],
    detail: string,
    id: string | null,
    name: string | null = null,
  ): FileNote => ({
    code: 'value-changed',
    fate,
    element: id === null && name === null ? null : { id, type: 'userTask', name },
    line: 1,
    detail,
  });
  const notes = [
    note('changed', 'a', 'T', 'Check\nroof'),
    note('lost', 'b', null),
    note('lost', 'Comment', 'T', 'Check\nroof'),
    note('kept', 'c', 'U'),
  ];
  const titles = (...args: [FileNote['fate'] | null, string]) =>
    groupNotes(notes, ...args).map(({ title, notes: inside }) => [title, inside.length]);

  test('are grouped by element, in the order of the file', () => {
    expect(titles(null, '')).toEqual([
      ['User task “Check roof”', 2],
      ['The file', 1],
      ['User task', 1],
    ]);
  });

  test('are filtered by fate and by words', () => {
    expect(titles('lost', '')).toEqual([
      ['The file', 1],
      ['User task “Check roof”', 1],
    ]);
    expect(titles(null, ' comm ')).toEqual([['User task “Check roof”', 1]]);
    expect(titles(null, 'roof')).toEqual([['User task “Check roof”', 2]]);
    expect(titles('kept', 'zzz')).toEqual([]);
  });
});
