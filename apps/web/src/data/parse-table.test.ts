import { expect, test } from 'vitest';
import { encodingOf, NotATable, parseTable } from './parse-table.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

test('semicolons, quotes and line breaks in cells are understood', () => {
  const table = parseTable(bytes('name;note\n"A; B";"two\nlines"\nC;\n'));
  expect(table.delimiter).toBe(';');
  expect(table.header).toEqual(['name', 'note']);
  expect(table.rows).toEqual([
    ['A; B', 'two\nlines'],
    ['C', ''],
  ]);
});

test('cells stay text: leading zeros survive', () => {
  expect(parseTable(bytes('zip,n\n01234,1\n')).rows[0]).toEqual(['01234', '1']);
});

test('the encoding is found by mark, by shape, or taken for the old one', () => {
  expect(encodingOf(bytes('a,ü'))).toBe('utf-8');
  expect(encodingOf(new Uint8Array([0xff, 0xfe, 0x61, 0]))).toBe('utf-16le');
  const old = new Uint8Array([0x61, 0x0a, 0xfc]);
  expect(encodingOf(old)).toBe('windows-1252');
  expect(parseTable(old).rows).toEqual([['ü']]);
});

test('what is no table is refused in words', () => {
  const refused = (content: Uint8Array, words: RegExp) => {
    expect(() => parseTable(content)).toThrow(NotATable);
    expect(() => parseTable(content)).toThrow(words);
  };
  refused(new Uint8Array(), /empty/);
  refused(bytes('  \n \n'), /blanks/);
  refused(new Uint8Array([0x50, 0x4b, 3, 4]), /spreadsheet/);
  refused(bytes('a,b\n'), /no rows/);
  refused(new Uint8Array([0x61, 0, 0x62]), /binary/);
});
