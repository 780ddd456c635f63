import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCell } from './cell.ts';
import { inferColumns, uniqueNames } from './infer.ts';
import { parseDate } from './parse-date.ts';
import { parseNumber } from './parse-number.ts';
import { suggestCharts } from './suggest.ts';

/** These files quote nothing. */
function read(name: string) {
  const text = readFileSync(new URL(`../../fixtures/${name}.csv`, import.meta.url), 'utf8');
  const [header, ...rows] = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  return { header: header!, rows };
}

const typeOf = (cells: readonly string[], name = 'c', delimiter = ',') =>
  inferColumns(
    [name],
    cells.map((cell) => [cell]),
    delimiter,
  )[0]!;

describe('type inference', () => {
  test('DATA-1: real tables have the types a person would say', () => {
    const types = (name: string) => {
      const { header, rows } = read(name);
      return Object.fromEntries(inferColumns(header, rows).map((column) => [column.name, column.type]));
    };
    expect(types('seattle-weather')).toEqual({
      date: 'date',
      precipitation: 'decimal',
      temp_max: 'decimal',
      temp_min: 'decimal',
      wind: 'decimal',
      weather: 'category',
    });
    expect(types('stocks')).toEqual({ symbol: 'category', date: 'date', price: 'decimal' });
    expect(types('ec2_cpu_utilization_24ae8d')).toEqual({ timestamp: 'date', value: 'decimal' });
  });

  test('DATA-1: every cell of the real tables can be read under its column', () => {
    for (const name of ['seattle-weather', 'stocks', 'ec2_cpu_utilization_24ae8d']) {
      const { header, rows } = read(name);
      inferColumns(header, rows).forEach((column, index) => {
        expect(rows.filter((row) => parseCell(column, row[index]) === null)).toEqual([]);
      });
    }
    const { header, rows } = read('stocks');
    const [symbol, date, price] = inferColumns(header, rows);
    expect([parseCell(symbol!, 'MSFT'), parseCell(date!, 'Jan 1 2000'), parseCell(price!, '39.81')]).toEqual([
      'MSFT',
      Date.UTC(2000, 0, 1),
      39.81,
    ]);
  });

  test.each([
    [['1', '20', '-3'], 'integer', {}],
    [['1.5', '2', ''], 'decimal', { decimal: '.' }],
    [['1,5', '2,25'], 'decimal', { decimal: ',' }],
    [['1,234', '5,678,901'], 'integer', { decimal: '.' }],
    [['1.234,50', '12,1'], 'decimal', { decimal: ',' }],
    [['1 234,5', '12 000,25'], 'decimal', { decimal: ',' }],
    [["1'234.5", '1'], 'decimal', { decimal: '.' }],
    [['$1,200.50', '-$3', '($4.00)'], 'currency', { decimal: '.', currency: '$' }],
    [['12,50 €', '3 €'], 'currency', { decimal: ',', currency: '€' }],
    [['EUR 5', 'EUR 6'], 'currency', { currency: 'EUR' }],
    [['12%', '7.5 %'], 'percent', {}],
    [['1e-3', '2.5E+4'], 'decimal', {}],
    [['true', 'False', ''], 'boolean', {}],
    [['yes', 'no', 'yes'], 'boolean', {}],
    [['2024-01-31', '2023-12-01'], 'date', { order: 'ymd' }],
    [['2024-01-31T10:00:00Z', '2024-01-31 11:30'], 'date', {}],
    [['31/01/2024', '1/2/2024'], 'date', { order: 'dmy' }],
    [['1/31/2024', '2/1/2024'], 'date', { order: 'mdy' }],
    [['31.1.2024', '1.2.2024'], 'date', { order: 'dmy' }],
    [['1.2.2024', '3.4.2024'], 'date', { order: 'dmy' }],
    [['Jan 1 2000', 'Sept 15, 2001', '3 March 2002'], 'date', {}],
    [['00123', '04567', '12345'], 'id', {}],
    [['12345678901234567890', '12345678901234567891'], 'id', {}],
    [['a1b2', 'c3d4', 'e5f6'], 'id', {}],
    [['red', 'blue', 'red', 'red'], 'category', {}],
    [['NA', 'n/a', '-', '7'], 'integer', {}],
    [['', '', ''], 'text', {}],
    [[], 'text', {}],
  ] as const)('DATA-2: %j is %s', (cells, type, format) => {
    const column = typeOf(cells);
    expect(column.type).toBe(type);
    expect(column.format).toMatchObject(format);
    expect(column.unreadable).toBe(0);
  });

  test('DATA-2: dates that could be either way round are asked about', () => {
    expect(typeOf(['1/2/2024', '3/4/2024'])).toMatchObject({ type: 'date', ambiguous: true });
    expect(typeOf(['13/2/2024', '3/4/2024'])).toMatchObject({ ambiguous: false, format: { order: 'dmy' } });
  });

  test('DATA-2: "1.234" means what the file’s separator says', () => {
    expect(typeOf(['1.234', '5.678']).format.decimal).toBe('.');
    expect(typeOf(['1.234', '5.678'], 'c', ';')).toMatchObject({ type: 'integer', format: { decimal: ',' } });
  });

  test('DATA-2: unique numbers in a column called id are names, amounts stay numbers', () => {
    expect(typeOf(['7', '9', '12'], 'order_id').type).toBe('id');
    expect(typeOf(['7', '9', '12'], 'amount').type).toBe('integer');
    expect(typeOf(['7', '7', '12'], 'paid').type).toBe('integer');
  });

  test('DATA-2: a few bad cells are counted and do not make numbers into text; many do', () => {
    const cells = Array.from({ length: 99 }, (_, index) => `${index}.5`);
    expect(typeOf([...cells, 'oops'])).toMatchObject({ type: 'decimal', unreadable: 1 });
    expect(typeOf([...cells.slice(0, 50), ...Array(50).fill('oops')]).type).not.toBe('decimal');
    expect(typeOf(['12%', '3', '4']).type).not.toBe('integer');
  });

  test('DATA-2: long free text is text; names of columns are made unique', () => {
    const cells = Array.from(
      { length: 40 },
      (_, index) => `A longer sentence about the number ${index}, in words`,
    );
    expect(typeOf(cells).type).toBe('text');
    expect(uniqueNames(['\uFEFFa', ' a ', '', '', 'a 2'])).toEqual([
      'a',
      'a 2',
      'Column 3',
      'Column 4',
      'a 2 2',
    ]);
  });

  test('DATA-3: numbers written by any of the customs are read back', () => {
    const written = fc.record({
      value: fc.integer({ min: -999_999_999, max: 999_999_999 }),
      places: fc.constantFrom(0, 1, 2),
      decimal: fc.constantFrom('.' as const, ',' as const),
      group: fc.constantFrom('', 'other', ' ', '\u00a0', "'"),
      around: fc.constantFrom('', '$', '€ ', ' EUR', '%'),
      negative: fc.constantFrom('-', '−', '('),
    });
    fc.assert(
      fc.property(written, ({ value, places, decimal, group, around, negative }) => {
        const separator = group === 'other' ? (decimal === '.' ? ',' : '.') : group;
        const digits = String(Math.abs(value)).padStart(places + 1, '0');
        const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, separator);
        let text = places === 0 ? whole : `${whole}${decimal}${digits.slice(-places)}`;
        text = around.startsWith(' ') || around === '%' ? text + around : around + text;
        if (value < 0) text = negative === '(' ? `(${text})` : negative + text;
        const expected = Number(`${value}e-${places}`) / (around === '%' ? 100 : 1);
        expect([text, parseNumber(text, decimal)?.value]).toEqual([text, expected === 0 ? 0 : expected]);
      }),
      { numRuns: 500 },
    );
  });

  test('DATA-3: dates written by any of the customs are read back', () => {
    const months =
      'January February March April May June July August September October November December'.split(' ');
    const two = (part: number) => String(part).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }),
        (date) => {
          const [y, m, d] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
          const day = Date.UTC(y, m - 1, d);
          expect(parseDate(date.toISOString(), 'ymd')).toBe(date.getTime());
          expect(parseDate(`${y}-${two(m)}-${two(d)}`, 'dmy')).toBe(day);
          expect(parseDate(`${d}/${m}/${y}`, 'dmy')).toBe(day);
          expect(parseDate(`${two(m)}-${two(d)}-${y}`, 'mdy')).toBe(day);
          expect(parseDate(`${months[m - 1]!.slice(0, 3)} ${d} ${y}`, 'ymd')).toBe(day);
          expect(parseDate(`${months[m - 1]} ${d}, ${y}`, 'ymd')).toBe(day);
          expect(parseDate(`${d} ${months[m - 1]} ${y} 11:30 PM`, 'ymd')).toBe(day + 23.5 * 3_600_000);
          expect(parseDate(`${y}-${two(m)}-${two(d)}T02:00:00+02:00`, 'ymd')).toBe(day);
        },
      ),
    );
  });

  test('DATA-3: what is no date or number is null', () => {
    for (const raw of [
      '2024-02-30',
      '2023-02-29',
      '13/13/2024',
      'Foo 1 2000',
      '2024-13',
      '1.2',
      '25:00',
      '2024-01-01 25:00',
    ]) {
      expect([raw, parseDate(raw, 'dmy')]).toEqual([raw, null]);
    }
    for (const raw of [
      '1,23,4',
      '12a',
      '--1',
      '1.2.3',
      '.',
      '$',
      '%',
      '1 2',
      'Infinity',
      'NaN',
      '0x10',
      '1e999',
      '1,2345',
    ]) {
      expect([raw, parseNumber(raw, '.')]).toEqual([raw, null]);
    }
  });

  test('DATA-3: no cell under any type throws', () => {
    const column = fc.record({
      type: fc.constantFrom(
        'integer',
        'decimal',
        'currency',
        'percent',
        'date',
        'boolean',
        'category',
        'id',
        'text',
      ),
      format: fc.constantFrom({}, { decimal: ',' }, { order: 'dmy' }, { order: 'mdy' }),
    });
    fc.assert(
      fc.property(column, fc.array(fc.string({ unit: 'binary', maxLength: 30 })), (kind, cells) => {
        for (const cell of cells) parseCell(kind as Parameters<typeof parseCell>[0], cell);
        expect(typeOf(cells).distinct).toBeLessThanOrEqual(cells.length);
      }),
    );
  });

  test('DATA-3: a hostile cell is read in no time', () => {
    const hostile = [
      `${'1 '.repeat(5000)}x`,
      '1'.repeat(100_000),
      ' '.repeat(100_000),
      `$${' '.repeat(1000)}%`,
    ];
    // Time at work, not time that passes: others may have the machine meanwhile. Microseconds.
    const begin = process.threadCpuUsage();
    for (const cell of hostile) typeOf([cell, cell]);
    const { user, system } = process.threadCpuUsage(begin);
    expect(user + system).toBeLessThan(2_000_000);
  });
});

describe('suggestions', () => {
  const suggest = (name: string) => {
    const { header, rows } = read(name);
    return suggestCharts(inferColumns(header, rows), rows.length);
  };

  test('DATA-4: six at most, the best first, each on columns that are there', () => {
    for (const name of ['seattle-weather', 'stocks', 'ec2_cpu_utilization_24ae8d']) {
      const { header } = read(name);
      const found = suggest(name);
      expect(found.length).toBeGreaterThan(2);
      expect(found.length).toBeLessThanOrEqual(6);
      for (const { chart } of found) {
        for (const column of [chart.x, chart.group, ...(chart.y ?? [])]) {
          if (column) expect(header).toContain(column);
        }
      }
    }
    expect(suggest('stocks')[0]?.chart).toMatchObject({
      type: 'line',
      x: 'date',
      y: ['price'],
      group: 'symbol',
    });
    expect(suggest('seattle-weather').map(({ chart }) => chart.type)).toEqual([
      'line',
      'line',
      'bar',
      'pie',
      'number',
      'scatter',
    ]);
  });

  test('DATA-4: columns that only name rows are no measures', () => {
    const columns = inferColumns(
      ['id', 'note'],
      Array.from({ length: 50 }, (_, index) => [`${1000 + index}`, `note ${index} is long`]),
    );
    expect(suggestCharts(columns, 50).map(({ chart }) => chart.type)).toEqual(['table']);
    expect(suggestCharts([], 0).map(({ chart }) => chart.type)).toEqual(['table']);
  });
});
