import { expect, test } from 'vitest';
import { writeChangesCsv } from './changes-csv.ts';

test('FILE-45 a comparison as CSV has exact amounts, and its text never runs as a formula', () => {
  const csv = writeChangesCsv([
    {
      section: 'Roof, "north"',
      what: 'changed',
      code: '=1+1',
      name: '@SUM(A1)',
      fields: '+1: 2 → 3',
      before: 10_000,
      after: -12_345,
      change: -22_345,
    },
    { section: '', what: 'added', code: '', name: 'Vent', fields: '', before: null, after: 0, change: 0 },
  ]);
  expect(csv.split('\r\n')).toEqual([
    '\uFEFFSection,What,Code,Description,Changes,Before,After,Change',
    `"Roof, ""north""",changed,'=1+1,'@SUM(A1),'+1: 2 → 3,1,-1.2345,-2.2345`,
    ',added,,Vent,,,0,0',
    '',
  ]);
});
