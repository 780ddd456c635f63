import { readFile } from 'node:fs/promises';
import { isRefusal } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import { checkTable } from './table-check.ts';

async function* once(bytes: Uint8Array) {
  yield bytes;
}
const check = (content: string | Uint8Array) =>
  checkTable(once(typeof content === 'string' ? Buffer.from(content) : content));

describe('a table', () => {
  test('has rows, columns, an encoding and a delimiter', async () => {
    expect(await check('a,b\n1,2\n3,4\n')).toEqual({
      rows: 2,
      columns: ['a', 'b'],
      encoding: 'utf-8',
      delimiter: ',',
    });
    expect(await check('a;b\r\n1,5;2\r\n2,5;3\r\n')).toMatchObject({ delimiter: ';', rows: 2 });
    expect(await check('a\tb\n1\t2\n')).toMatchObject({ delimiter: '\t' });
  });

  test('of one column is one', async () => {
    expect(await check('price\n1\n2\n3\n')).toMatchObject({ rows: 3, columns: ['price'] });
  });

  test('may be UTF-8 with a mark, UTF-16 either way, or Windows-1252', async () => {
    const text = 'städt,größe\nKöln,1\n';
    const columns = ['städt', 'größe'];
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    expect(await check(`\ufeff${text}`)).toMatchObject({ encoding: 'utf-8', columns });
    expect(await check(utf16)).toMatchObject({ encoding: 'utf-16le', columns });
    expect(await check(Buffer.from(utf16).swap16())).toMatchObject({ encoding: 'utf-16be', columns });
    expect(await check(Buffer.from(text, 'latin1'))).toMatchObject({ encoding: 'windows-1252', columns });
  });

  test('gets names where they are missing or twice', async () => {
    expect(await check('x,,x,x 2\n1,2,3,4\n')).toMatchObject({ columns: ['x', 'Column 2', 'x 2', 'x 2 2'] });
  });

  test('may have a few ragged rows, padding and blank lines', async () => {
    const rows = Array.from({ length: 20 }, (_, index) => `${index},1`).join('\n');
    expect(await check(`a,b\n${rows}\n\n7\n8,9,,\n`)).toMatchObject({ rows: 22 });
  });

  test('may have quotes with line breaks in them, across the slices of the parser', async () => {
    const cell = `"${'long\n'.repeat(30_000)}"`;
    expect(await check(`a,b\n${cell},1\n2,3\n`)).toMatchObject({ rows: 2 });
  });

  test.each([
    ['seattle-weather.csv', 1461, ['date', 'precipitation', 'temp_max', 'temp_min', 'wind', 'weather']],
    ['stocks.csv', 560, ['symbol', 'date', 'price']],
    ['ec2_cpu_utilization_24ae8d.csv', 4032, ['timestamp', 'value']],
  ])('%s of the samples is one', async (name, rows, columns) => {
    const bytes = await readFile(new URL(`../../samples/${name}`, import.meta.url));
    expect(await check(bytes)).toMatchObject({ rows, columns });
  });
});

describe('no table', () => {
  test.each([
    ['nothing', '', /empty/],
    ['blanks', ' \n\t\n', /blanks/],
    ['bytes', Buffer.from([1, 2, 3, 0, 5]), /binary/],
    ['control characters', '\x01\x02\x03\x04', /binary/],
    ['a workbook', Buffer.from('PK\x03\x04rest of the zip', 'latin1'), /spreadsheet/],
    ['a PDF', '%PDF-1.7\n', /PDF/],
    ['a page', '<!doctype html><p>Sign in</p>', /web page/],
    ['names without rows', 'a,b,c\n', /no rows/],
    ['a first line of commas', ',,\n1,2,3\n', /no column/],
    ['rows of any length', 'a,b,c\n1\n1,2\n1,2,3,4,5\n1,2,3\n', /3 of 4 rows.*row 2/],
    ['too many columns', `${'x,'.repeat(1_001)}\n1\n`, /at most 1000/],
  ])('%s', async (_name, content, why) => {
    const answer = await check(content);
    expect(isRefusal(answer) && answer.refused).toBe('not-a-table');
    expect(isRefusal(answer) && answer.detail).toMatch(why);
  });
});
