import { expect, test } from 'vitest';
import { arrange } from './palette.ts';

test('entries are named and ordered, separators go, and what nobody knows here comes last as it is', () => {
  const arranged = arrange({
    'create.task': { group: 'activity', title: 'Create task' },
    'tool-separator': { group: 'tools', separator: true },
    'more.things': { group: 'more', title: 'More' },
    'hand-tool': { group: 'tools', title: 'Activate hand tool' },
  });
  expect(Object.entries(arranged).map(([id, { title, group }]) => [id, title, group])).toEqual([
    ['hand-tool', 'Move the paper', 'tools'],
    ['create.task', 'Task', 'group-2'],
    ['more.things', 'More', 'more'],
  ]);
});
