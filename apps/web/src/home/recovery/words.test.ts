import { expect, test } from 'vitest';
import type { RecoveryStanding } from '../../api/recovery.ts';
import { bySpace, departedWords } from './departed-words.ts';
import { holds } from './use-choice.ts';
import { acts, fieldTime, outcomeWords, planWords, quickTimes } from './words.ts';

const standing = (over: Partial<RecoveryStanding>): RecoveryStanding => ({
  document: { id: 'd', kind: 'estimate', title: 'Roof' },
  ...{ standing: 'changed', edits: 0, by: [], binned: false, came: false, nearest: null, status: null },
  ...over,
});
const by = (...names: string[]) => names.map((name) => ({ id: name, name }));
const plan = (over: Partial<RecoveryStanding>, mode: 'copies' | 'in-place' = 'in-place', nearest = false) => {
  const { text, reason } = planWords(standing(over), mode, nearest);
  return [text, reason];
};

test('TIME-59 says what would happen to a document, and why', () => {
  expect(plan({ edits: 2, by: by('Ana', 'Tom') })).toEqual(['Is restored', '2 edits since by Ana and Tom']);
  expect(plan({ edits: 1, by: by('Ana', 'Tom', 'Mia') }, 'copies')).toEqual([
    'A copy',
    '1 edit since by Ana, Tom and others',
  ]);
  expect(plan({ standing: 'unchanged' })).toEqual(['Stays', 'Not changed since']);
  expect(plan({ standing: 'unchanged', binned: true })).toEqual(['Comes out of the bin', 'In the bin since']);
  expect(plan({ binned: true, edits: 1, by: by('Ana') })).toEqual([
    'Comes back',
    'In the bin since · 1 edit since by Ana',
  ]);
  expect(plan({ standing: 'made-since' })).toEqual(['Stays', 'Made since then']);
  expect(plan({ standing: 'in-bin' })).toEqual(['Stays in the bin', 'It was there then']);
  expect(plan({ status: 'submitted' })).toEqual([
    'Is tried',
    'It is submitted: left out if a price would change',
  ]);
  expect(plan({ status: 'submitted', edits: 1 }, 'copies')[0]).toBe('A copy');
});

test('TIME-59 says where every edit is no longer kept, and takes the version before only when told to', () => {
  const thinned = { standing: 'no-detail', nearest: { at: '2026-11-03T14:05:00Z', name: '' } } as const;
  expect(plan(thinned)[0]).toBe('Is left out');
  expect(plan(thinned)[1]).toMatch(/no longer kept; the last version before is of .*2026/);
  expect(plan(thinned, 'in-place', true)[0]).toMatch(/^Is restored as of .*2026/);
  expect(plan({ standing: 'no-detail' }, 'copies', true)).toEqual([
    'Is left out',
    'Every edit of then is no longer kept',
  ]);
  expect([acts(standing(thinned), false), acts(standing(thinned), true)]).toEqual([false, true]);
});

test('TIME-59 says what came of it', () => {
  const line = { type: 'document', id: 'd', copy: null, outOfBin: false, problem: null } as const;
  const copy = { id: 'c', title: 'Roof as of 3 Nov 2026, 14:05' };
  expect(outcomeWords({ ...line, outcome: 'restored', outOfBin: true }).text).toBe(
    'Restored, out of the bin',
  );
  expect(outcomeWords({ ...line, outcome: 'copied', copy }).text).toBe('Copied');
  expect(outcomeWords({ ...line, outcome: 'nothing', copy }).text).toBe('The copy is there');
  const problem = { code: 'status-conflict', detail: 'Its prices stand still.' };
  expect(outcomeWords({ ...line, outcome: 'refused', outOfBin: true, problem })).toEqual({
    ...{ tone: 'warns', text: 'Out of the bin, but not restored', reason: 'Its prices stand still.' },
  });
});

test('TIME-59 offers times that are over, where the person is', () => {
  const early = new Date(2026, 10, 3, 7, 30, 20).getTime();
  expect(quickTimes(early).map(({ label }) => label)).toEqual([
    'An hour ago',
    'Yesterday evening',
    'A week ago',
  ]);
  const late = new Date(2026, 10, 3, 15, 30, 20).getTime();
  expect(quickTimes(late).map(({ at }) => fieldTime(at))).toEqual([
    '2026-11-03T14:30:00',
    '2026-11-03T08:00:00',
    '2026-11-02T18:00:00',
    '2026-10-27T18:00:00',
  ]);
});

test('TIME-76 says what has left the space, and where it is as far as one may know', () => {
  const at = (space: string, title: string) => ({
    document: { id: title, kind: 'estimate', title },
    space: { id: space, name: space },
  });
  const none = { purged: 0, moved: 0, hidden: 0, elsewhere: [] };
  expect(departedWords(none)).toEqual({ gone: '', others: '', hidden: '' });
  expect(departedWords({ purged: 1, moved: 4, hidden: 2, elsewhere: [at('Own', 'A')] })).toEqual({
    gone: 'One document of that time was deleted for good and cannot come back.',
    others: 'One document of that time was moved to other spaces, too.',
    hidden: '2 documents of that time were moved to where you have no access.',
  });
  const elsewhere = [...'ABCDEFG'].map((title) => at('Own', title)).concat(at('Yard', 'H'));
  const told = bySpace({ ...none, moved: 8, elsewhere });
  expect(told.map(({ space, named, more }) => [space.name, named.length, more])).toEqual([
    ['Own', 5, 2],
    ['Yard', 1, 0],
  ]);
  expect(bySpace({ ...none, moved: 6, elsewhere: elsewhere.slice(0, 6) })[0]).toMatchObject({ more: 0 });
  expect(plan({ came: true, edits: 1 })[1]).toBe('In another space then · 1 edit since');
});

test('TIME-75 a filter finds every of its words anywhere in the name', () => {
  const item = standing({ document: { id: 'd', kind: 'estimate', title: 'Roof of Building C' } });
  expect(['', ' ', 'roof', 'building ROOF', 'c'].map((filter) => holds(item, filter))).toEqual(
    Array(5).fill(true),
  );
  expect(['yard', 'roof yard'].map((filter) => holds(item, filter))).toEqual([false, false]);
  expect(holds(standing({ document: { id: 'd', kind: 'estimate', title: '' } }), 'untitled')).toBe(true);
});
