import { describe, expect, it } from 'vitest';
import { idProblem } from './identifiers.ts';

const free = () => false;

describe('an id somebody types', () => {
  it('may be any NCName', () => {
    for (const id of ['Task_1', '_', 'straße', 'Übergabe-2.1', '活动', 'a·b'])
      expect(idProblem(id, free)).toBeNull();
  });

  it('is refused with the reason', () => {
    expect(idProblem('', free)).toBe('An id is needed.');
    expect(idProblem('Task 1', free)).toBe('An id has no spaces.');
    expect(idProblem('ns:Task', free)).toBe('An id has no colon.');
    for (const id of ['1Task', '-a', '.a', 'a/b', 'a&b', '×', 'a;b'])
      expect(idProblem(id, free), id).toMatch(/begins with/);
    expect(idProblem('Task_1', (id) => id === 'Task_1')).toBe('Another element has this id.');
  });
});
