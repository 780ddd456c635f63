import {
  addGroup,
  estimate,
  type LineView,
  lineKinds,
  setCells,
  setMeta,
} from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { copyOf } from './clipboard-copy.ts';
import { readHtml } from './clipboard-html.ts';
import { incomingOf, paste } from './clipboard-paste.ts';
import { readText, writeText } from './clipboard-text.ts';
import { type TestGrid, testGrid } from './grid.testing.ts';
import { goTo } from './grid.ts';
import { readPasted } from './paste-plan.ts';
import { extend, select, selectRow } from './selection.ts';
import { addLineKey } from './sheet.ts';

const texts = (rows: ReturnType<typeof readText>) => rows.map((row) => row.map(({ text }) => text));
const at = (row: string, column: 'name' | 'qty' | 'unitCost' | 'unit' | 'code' | 'wasteBp') => ({
  row,
  column,
});
const never = () => Promise.reject(new Error('a short block needs no pause'));

const pasteText = (t: TestGrid, text: string, html = '') => {
  const incoming = incomingOf(html, text);
  return incoming === null ? Promise.resolve(false) : paste(t.grid, incoming, never);
};
const copied = (t: TestGrid) => {
  const { amounts } = calculate(t.grid.reader.view());
  return copyOf(t.grid, amounts)!;
};
const line = (t: TestGrid, id: string | undefined) => t.grid.reader.view().lines.get(id ?? '')!;

/** What Excel for Microsoft 365 puts there, but for its styles. */
const excelHtml = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta name=Generator content="Microsoft Excel 15"><style><!--table {mso-displayed-decimal-separator:"\\.";} td {color:black;}--></style></head>
<body link="#467886" vlink="#96607D">
<table border=0 cellpadding=0 cellspacing=0 width=256 style='border-collapse:
 collapse;width:192pt'>
<!--StartFragment-->
 <col width=128 style='width:96pt'>
 <tr height=20 style='height:15.0pt'>
  <td height=20 width=128 style='height:15.0pt;width:96pt'>Shingles,<br>
    architectural</td>
  <td class=xl65 align=right width=64 style='width:48pt' x:num="42.123456">42.12</td>
  <td width=64>SQ</td>
  <td class=xl66 align=right> $124.50 </td>
 </tr>
 <tr height=20 style='height:15.0pt'>
  <td height=20>5&quot; pipe &amp; fittings</td>
  <td align=right x:num>2</td>
  <td></td>
  <td align=right x:num="1234567">1.23E+06</td>
 </tr>
<!--EndFragment-->
</table>
</body></html>`;

const sheetsHtml = `<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}--></style><table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" cellpadding="0" dir="ltr" border="1" style="table-layout:fixed" data-sheets-root="1" data-sheets-baot="1"><colgroup><col width="100"/></colgroup><tbody><tr style="height:21px;"><td style="padding:2px 3px" data-sheets-value="{&quot;1&quot;:2,&quot;2&quot;:&quot;Ridge vent&quot;}">Ridge vent</td><td data-sheets-value="{&quot;1&quot;:3,&quot;3&quot;:120.3333333}" data-sheets-numberformat="{&quot;1&quot;:2}">120,33</td></tr><tr><td>Line one<br/>line two</td><td data-sheets-value="{&quot;1&quot;:3,&quot;3&quot;:7}">7</td></tr></tbody></table>`;

const libreHtml = `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 24.8.2.1 (Linux)"/><style type="text/css">body,div,table{ font-family:"Liberation Sans"; font-size:x-small }</style></head><body><table cellspacing="0" border="0"><colgroup width="130"></colgroup>
	<tr>
		<td height="17" align="left"><font face="Arial">Dachlatte</font></td>
		<td align="right" sdval="1234.5" sdnum="1031;0;#.##0,00">1.234,50</td>
	</tr>
	<tr><td colspan=2 align="left">Zwischensumme</td></tr>
	<tr><td rowspan=2>A</td><td sdval="1" sdnum="1031;">1</td></tr>
	<tr><td sdval="2" sdnum="1031;">2</td></tr>
</table></body></html>`;

test('GRID-30: text of spreadsheets is read as its cells, with tabs, breaks and marks within them', () => {
  expect(texts(readText('a\tb\r\n"two\nlines"\t"say ""hi"""\r\n'))).toEqual([
    ['a', 'b'],
    ['two\nlines', 'say "hi"'],
  ]);
  expect(texts(readText('5" pipe\t"best" grade\t"'))).toEqual([['5" pipe', '"best" grade', '"']]);
  expect(texts(readText('a\n\nb\n\n\n'))).toEqual([['a'], [''], ['b']]);
  expect(texts(readText('\t\t3'))).toEqual([['', '', '3']]);
  expect(readText('')).toEqual([]);
});

test('GRID-30: whatever is in cells comes back from text', () => {
  const signs = ['\t', '\n', '\r\n', '"', '""', 'a', ' ', '1', ','];
  for (let seed = 1; seed < 2_000; seed += 1) {
    let state = seed;
    const next = (most: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % most;
    };
    const rows = Array.from({ length: 1 + next(3) }, () =>
      Array.from({ length: 1 + next(3) }, () =>
        Array.from({ length: next(5) }, () => signs[next(signs.length)]).join(''),
      ),
    );
    // The last row is not empty: what is, is no part of a block.
    rows.push(['end']);
    expect(texts(readText(writeText(rows))), JSON.stringify(rows)).toEqual(rows);
  }
});

test('GRID-31: tables of Excel, Google Sheets and LibreOffice are read with the numbers that their cells hold', () => {
  expect(readHtml(excelHtml)?.rows).toEqual([
    [
      { text: 'Shingles,\narchitectural', number: null },
      { text: '42.12', number: 42.123456 },
      { text: 'SQ', number: null },
      { text: '$124.50', number: null },
    ],
    [
      { text: '5" pipe & fittings', number: null },
      { text: '2', number: null },
      { text: '', number: null },
      { text: '1.23E+06', number: 1_234_567 },
    ],
  ]);
  expect(readHtml(sheetsHtml)?.rows).toEqual([
    [
      { text: 'Ridge vent', number: null },
      { text: '120,33', number: 120.3333333 },
    ],
    [
      { text: 'Line one\nline two', number: null },
      { text: '7', number: 7 },
    ],
  ]);
  expect(readHtml(libreHtml)?.rows).toEqual([
    [
      { text: 'Dachlatte', number: null },
      { text: '1.234,50', number: 1234.5 },
    ],
    [
      { text: 'Zwischensumme', number: null },
      { text: '', number: null },
    ],
    [
      { text: 'A', number: null },
      { text: '1', number: 1 },
    ],
    [
      { text: '', number: null },
      { text: '2', number: 2 },
    ],
  ]);
  const german = excelHtml.replace('separator:"\\."', 'separator:"\\,"').replace(' $124.50 ', '1.234 €');
  expect(readHtml(german)?.rows[0]?.[3], 'Excel in another language').toEqual({
    text: '1.234 €',
    number: 1_234,
  });
  expect(readHtml('<p>no table</p>')).toBeNull();
  expect(readHtml('<table><tr><td>open')?.rows).toEqual([[{ text: 'open', number: null }]]);
});

test('GRID-32: a block is written from the active cell on, goes on into new lines, and is one step', async () => {
  const t = testGrid();
  goTo(t.grid, t.first[1]!, 'name');
  expect(await pasteText(t, '', excelHtml)).toBe(true);
  t.render();
  expect(t.names()[0]).toEqual(['Shingles', 'Shingles, architectural', '5" pipe & fittings']);
  expect(line(t, t.first[1])).toMatchObject({ qty: 42_123_456, unit: 'SQ', unitCost: 1_245_000 });
  expect(line(t, t.first[2])).toMatchObject({ qty: 2_000_000, unit: '', unitCost: 12_345_670_000 });
  await pasteText(t, 'One\t1\nTwo\t2\n\nThree\t3*4\nFour\t4');
  expect(t.names()).toEqual([
    ['Shingles', 'One', 'Two', 'Three', 'Four'],
    ['Siding', 'Trim', 'Paint'],
  ]);
  const [, , , three] = t.grid.reader.view().sections[0]!.lines;
  expect(three).toMatchObject({ qty: 12_000_000, calc: { qty: '3*4' } });
  t.grid.undo.undo();
  expect(t.names()[0]).toEqual(['Shingles', 'Shingles, architectural', '5" pipe & fittings']);
  t.grid.undo.undo();
  expect(t.names()[0]).toEqual(['Shingles', 'Nails', 'Felt']);
});

test('GRID-32: one value fills all that are chosen, and a row is repeated over them', async () => {
  const t = testGrid();
  const block = extend(select(at(t.first[0]!, 'qty')), at(t.first[2]!, 'unit'));
  t.grid.store.set({ selection: extend(select(at(t.first[0]!, 'qty')), at(t.first[2]!, 'qty')) });
  await pasteText(t, '7');
  expect(t.first.map((id) => line(t, id).qty)).toEqual([7_000_000, 7_000_000, 7_000_000]);
  t.grid.store.set({ selection: block });
  await pasteText(t, '8\tm');
  expect(t.first.map((id) => [line(t, id).qty, line(t, id).unit])).toEqual(Array(3).fill([8_000_000, 'm']));
  // A block that does not fit evenly is written once.
  t.grid.store.set({ selection: block });
  await pasteText(t, '1\n2');
  expect(t.first.map((id) => line(t, id).qty)).toEqual([1_000_000, 2_000_000, 8_000_000]);
});

test('GRID-33: what can not be read is left out and told, the rest is written', async () => {
  const t = testGrid();
  goTo(t.grid, t.first[0]!, 'qty');
  await pasteText(t, '5\tm\t10\nmany\tm\t11\n01/02/2024\tm\tx');
  expect(t.first.map((id) => line(t, id).qty)).toEqual([5_000_000, 2_000_000, 2_000_000]);
  expect(t.first.map((id) => line(t, id).unitCost)).toEqual([100_000, 110_000, 100_000]);
  const { pasted, said } = t.grid.store.get();
  expect(pasted?.issues.map(({ row, column, text }) => [row, column, text])).toEqual([
    [2, 'qty', 'many'],
    [3, 'qty', '01/02/2024'],
    [3, 'unitCost', 'x'],
  ]);
  expect(pasted?.issues.every(({ problem }) => problem !== '')).toBe(true);
  expect(said?.text).toBe('6 cells pasted. 3 cells could not be read and were left out.');
  goTo(t.grid, t.first[0]!, 'note' as 'name');
  await pasteText(t, 'a\tb\tc');
  expect(t.grid.store.get().pasted?.issues).toHaveLength(1);
});

test('GRID-33: a dash is nothing in a column of numbers, as accounting formats show it', async () => {
  const t = testGrid();
  goTo(t.grid, t.first[0]!, 'qty');
  await pasteText(t, '-\tm\t $ -   \n2\t-\t3-');
  expect(t.first.slice(0, 2).map((id) => line(t, id))).toMatchObject([
    { qty: 0, unit: 'm', unitCost: 0 },
    { qty: 2_000_000, unit: '-', unitCost: -30_000 },
  ]);
  expect(t.grid.store.get().pasted).toBeNull();
});

test('GRID-33: an amount that says another currency is left out and told, as the text it was', async () => {
  const t = testGrid();
  goTo(t.grid, t.first[0]!, 'unitCost');
  await pasteText(t, '€5\n$7.50\n1.234,50');
  expect(t.first.map((id) => line(t, id).unitCost)).toEqual([100_000, 75_000, 12_345_000]);
  expect(t.grid.store.get().pasted?.issues).toEqual([
    expect.objectContaining({ text: '€5', problem: expect.stringMatching(/^€ is another currency/) }),
  ]);
  expect(readPasted('unitCost', { text: '1.234 €', number: 1234 }, 'USD')).toHaveProperty('problem');
  expect(readPasted('unitCost', { text: '1.234 €', number: 1234 }, 'EUR')).toMatchObject({
    value: 12_340_000,
  });
});

test('GRID-34: what is copied comes back the same, registers and all, also into another estimate', async () => {
  const from = testGrid();
  const [shingles] = from.first;
  setCells(from.grid.editor, [
    { id: shingles!, column: 'qty', value: 42_000_000, calc: '12*3.5' },
    { id: shingles!, column: 'note', value: 'first\nsecond "layer"' },
    { id: shingles!, column: 'optional', value: true },
    { id: shingles!, column: 'item', value: 'item-7' },
    { id: shingles!, column: 'wasteBp', value: 1_250 },
    { id: shingles!, column: 'kind', value: 'sub' },
    { id: from.first[1]!, column: 'unitCost', value: 123_456 },
  ]);
  from.grid.store.set({ selection: extend(selectRow(at(shingles!, 'name')), at(from.first[2]!, 'name')) });
  const { html, text } = copied(from);
  const to = testGrid();
  goTo(to.grid, addLineKey(to.grid.reader.view().groups[1]!.id), 'name');
  await pasteText(to, text, html);
  const came = to.grid.reader.view().sections[1]!.lines.slice(-3);
  const plain = ({ id: _, order: __, group: ___, ...rest }: ReturnType<typeof line>) => rest;
  expect(came.map(plain)).toEqual(from.first.map((id) => plain(line(from, id))));

  // Cells of them, into others of the same columns.
  from.grid.store.set({ selection: extend(select(at(shingles!, 'qty')), at(from.first[1]!, 'wasteBp')) });
  goTo(to.grid, to.first[0]!, 'qty');
  const cells = copied(from);
  await pasteText(to, cells.text, cells.html);
  expect(line(to, to.first[0])).toMatchObject({
    qty: 42_000_000,
    calc: { qty: '12*3.5' },
    wasteBp: 1_250,
    kind: 'mat',
  });
  expect(line(to, to.first[1]).unitCost).toBe(123_456);
  expect(to.grid.store.get().pasted).toBeNull();
});

test('GRID-34: whatever lines hold, copied and pasted it is the same, by the table and by text alone', async () => {
  let state = 7;
  const next = (most: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  const words = [
    '5" pipe',
    '=1+1',
    '007',
    '<b>&amp;',
    'Dächer · 屋根 🏠',
    "it's",
    '1/2',
    '-',
    '+1',
    '10\'6"',
    '',
    'a b',
  ];
  const word = () => words[next(words.length)] ?? '';
  for (let round = 0; round < 60; round += 1) {
    const from = testGrid();
    const ids = [...from.first, ...from.second];
    setCells(
      from.grid.editor,
      ids.flatMap((id) => [
        { id, column: 'code' as const, value: word() },
        { id, column: 'name' as const, value: word() },
        { id, column: 'qty' as const, value: next(2_000_000_000) - 1_000_000_000 },
        { id, column: 'unit' as const, value: word() },
        { id, column: 'unitCost' as const, value: next(2_000_000_000) * 1_000 - 1_000_000 },
        { id, column: 'wasteBp' as const, value: next(100_000) },
        { id, column: 'kind' as const, value: lineKinds[next(lineKinds.length)]! },
        { id, column: 'note' as const, value: word() },
      ]),
    );
    const chosen = extend(select(at(ids[0]!, 'code')), { row: ids.at(-1)!, column: 'note' });
    from.grid.store.set({ selection: chosen });
    const { text, html } = copied(from);
    for (const forms of [
      { text, html },
      { text, html: '' },
      { text: '', html: html.replace('data-tidemark-estimate', 'data-other') },
    ]) {
      const to = testGrid();
      goTo(to.grid, to.first[0]!, 'code');
      await pasteText(to, forms.text, forms.html);
      const held = (all: readonly LineView[]) =>
        all.map(({ code, name, qty, unit, unitCost, wasteBp, kind, note }) => [
          ...[code, name, qty, unit],
          ...[unitCost, wasteBp, kind, note],
        ]);
      const wanted = from.grid.reader.view().sections.flatMap(({ lines }) => lines);
      expect(held(to.grid.reader.view().sections[0]!.lines)).toEqual(held(wanted));
      expect(to.grid.store.get().pasted).toBeNull();
    }
  }
});

test('GRID-34: from an estimate in another currency all but the unit costs is taken, and that is told', async () => {
  const from = testGrid();
  setMeta(from.grid.editor, { currency: 'EUR' });
  setCells(from.grid.editor, [{ id: from.first[0]!, column: 'qty', value: 7_000_000 }]);
  from.grid.store.set({ selection: selectRow(at(from.first[0]!, 'name')) });
  const whole = copied(from);
  from.grid.store.set({
    selection: extend(select(at(from.first[0]!, 'qty')), at(from.first[0]!, 'unitCost')),
  });
  const cells = copied(from);
  const to = testGrid();
  setCells(to.grid.editor, [{ id: to.first[0]!, column: 'unitCost', value: 123_456 }]);
  goTo(to.grid, to.first[0]!, 'qty');
  await pasteText(to, cells.text, cells.html);
  expect(line(to, to.first[0])).toMatchObject({ qty: 7_000_000, unitCost: 123_456 });
  expect(to.grid.store.get().pasted?.issues[0]?.problem).toContain('in EUR');
  await pasteText(to, whole.text, whole.html);
  expect(to.grid.reader.view().sections[0]!.lines[1]).toMatchObject({ qty: 7_000_000, unitCost: 0 });
});

test('GRID-34: others get numbers as numbers and words as words', () => {
  const t = testGrid();
  setCells(t.grid.editor, [{ id: t.first[0]!, column: 'code', value: '007' }]);
  t.grid.store.set({ selection: extend(select(at(t.first[0]!, 'code')), at(t.first[0]!, 'unitCost')) });
  const { text, html } = copied(t);
  expect(text).toBe('007\tShingles\t2\tea\t10');
  expect(html).toContain('<td x:num="2" sdval="2">2</td>');
  expect(html).toContain(`<td style="mso-number-format:'\\@'">007</td>`);
});

test('GRID-34: what only says that it was copied here does no harm', async () => {
  const t = testGrid();
  const claims = [
    '{"version":1,"whole":true,"currency":"USD","columns":["name"],"lines":[{"name":7,"qty":"x","kind":"gold","calc":{"qty":5},"optional":"yes"}]}',
    '{"version":1,"currency":"USD","columns":["name","qty"],"lines":[null]}',
    '{"version":1,"columns":[],"lines":[]}',
    'not json',
  ];
  for (const claim of claims) {
    const html = `<table data-tidemark-estimate='${claim}'><tr><td>Word</td><td>4</td></tr></table>`;
    goTo(t.grid, t.first[0]!, 'name');
    await pasteText(t, '', html);
  }
  expect(t.names()[0]).toEqual(['Word', '', 'Nails', 'Felt']);
});

test('GRID-35: a table with names of columns is read by them where no line stands yet', async () => {
  const t = testGrid();
  const empty = addGroup(t.grid.editor, 'Empty')!;
  goTo(t.grid, addLineKey(empty), 'name');
  await pasteText(t, 'Qty\tUnit Price\tDescription\tUOM\n3\t$12.50\tBrick\tea\nTwo\t1\tMortar\tbag\n');
  const lines = t.grid.reader.view().sections[2]!.lines;
  expect(lines.map(({ name, qty, unit, unitCost }) => [name, qty, unit, unitCost])).toEqual([
    ['Brick', 3_000_000, 'ea', 125_000],
    ['Mortar', 0, 'bag', 10_000],
  ]);
  expect(t.grid.store.get().pasted?.issues).toHaveLength(1);
});

test('GRID-35: names of columns below a title are found, and what stands above them is told', async () => {
  const t = testGrid();
  const empty = addGroup(t.grid.editor, 'Empty')!;
  goTo(t.grid, addLineKey(empty), 'name');
  await pasteText(
    t,
    'Bid 2026\n\nClient\tHartmann\nNo\tDescription\tQty\tRate\n1\tBrick\t3\t$12.50\n2\tMortar\t-\t$4',
  );
  const { lines } = t.grid.reader.view().sections[2]!;
  expect(lines.map(({ code, name, qty, unitCost }) => [code, name, qty, unitCost])).toEqual([
    ['1', 'Brick', 3_000_000, 125_000],
    ['2', 'Mortar', 0, 40_000],
  ]);
  const issues = t.grid.store.get().pasted?.issues ?? [];
  expect(issues.map(({ row, text }) => [row, text])).toEqual([
    [1, 'Bid 2026'],
    [3, 'Client Hartmann'],
  ]);
  goTo(t.grid, addLineKey(addGroup(t.grid.editor, 'Words')!), 'name');
  await pasteText(t, 'Brick\t3\nDescription\t4\nItem\tUnit');
  expect(t.names()[3]).toEqual(['Brick', 'Description', 'Item']);
});

test('GRID-35: a number that is held says less than a text in another currency or in percent', async () => {
  const t = testGrid();
  const empty = addGroup(t.grid.editor, 'Empty')!;
  goTo(t.grid, addLineKey(empty), 'name');
  const row = (name: string, cost: string, held: string, waste: string, share: string) =>
    `<tr><td>${name}</td><td sdval="${held}">${cost}</td><td sdval="${share}">${waste}</td></tr>`;
  const head = '<tr><td>Description</td><td>Unit cost</td><td>Waste</td></tr>';
  const html = `<table>${head}${row('Tiles', '€5.00', '5', '10%', '0.1')}${row('Glue', '$7.13', '7.125', '150%', '1.5')}</table>`;
  await pasteText(t, 'x', html);
  const { lines } = t.grid.reader.view().sections[2]!;
  expect(lines.map(({ name, unitCost, wasteBp }) => [name, unitCost, wasteBp])).toEqual([
    ['Tiles', 0, 1000],
    ['Glue', 71_250, 15_000],
  ]);
  expect(t.grid.store.get().pasted?.issues.map(({ problem }) => problem)).toContainEqual(
    expect.stringContaining('€ is another currency'),
  );
});

test('GRID-36: a long block gives way while it is read, and what others do meanwhile merges', async () => {
  const t = testGrid();
  const other = new Y.Doc();
  Y.applyUpdate(other, Y.encodeStateAsUpdate(t.doc));
  const tom = createEditor(other, estimate.schema, 'tom');
  goTo(t.grid, t.first[0]!, 'name');
  const shares: (number | null)[] = [];
  let pauses = 0;
  const incoming = incomingOf(
    '',
    Array.from({ length: 2_000 }, (_, row) => `Row ${row}\t${row}\tea\t1.5`).join('\n'),
  )!;
  await paste(t.grid, incoming, async () => {
    pauses += 1;
    shares.push(t.grid.store.get().pasting);
    if (pauses !== 2) return;
    setCells(tom, [{ id: t.first[1]!, column: 'note', value: 'From Tom' }]);
    Y.applyUpdate(t.doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(t.doc)));
  });
  expect(pauses).toBeGreaterThan(20);
  expect(shares).toEqual(shares.toSorted((a, b) => Number(a) - Number(b)));
  expect(t.grid.store.get()).toMatchObject({ pasting: null, pasted: null });
  const { lines } = t.grid.reader.view().sections[0]!;
  expect(lines).toHaveLength(2_000);
  expect(lines[1999]).toMatchObject({ name: 'Row 1999', qty: 1_999_000_000, unitCost: 15_000 });
  expect(line(t, t.first[1])).toMatchObject({ name: 'Row 1', note: 'From Tom' });
  t.grid.undo.undo();
  expect(t.names()[0]).toEqual(['Shingles', 'Nails', 'Felt']);
});
