/** Estimates as files: lines in from a table with its columns told, the estimate out as a workbook, a new one from a file. */
import { readFile } from 'node:fs/promises';
import { isFileRefusal, readTable, readWorkbook } from '@tidemark/estimate-files';
import type { Download, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { type Person, signUp } from './harness/people.ts';

const table = `Supplier list,,,,,
Pos,Work,Menge,Unit,Each,Total
,Site,,,,
1,Scaffold,120,m²,"8.50","1,020.00"
2,Crane,two,d,900,
,Subtotal,,,,"1,020.00"
,Extras,,,,
3,Permit,,,,250
`;

let house: House;
let person: Person;
let ana: Visitor;
beforeAll(async () => {
  house = await openHouse();
  person = await signUp(house.server().origin, 'Ana Diaz');
  ana = await house.enter({ person, calm: true });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const csv = (name: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(table) });

async function choose(page: Page, file: { name: string; mimeType: string; buffer: Buffer }) {
  const chooser = page.waitForEvent('filechooser');
  await button(page, 'Choose a file').click();
  await (await chooser).setFiles(file);
}

async function download(page: Page, item: string): Promise<Download> {
  await button(page, 'Download or import').click();
  const event = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return event;
}

test('FILE-40 lines of a table come into the open estimate by columns that are told, in one step', async () => {
  const { page } = ana;
  const id = await createEstimate(house.server().origin, person, 'Roof of Building C', roof);
  await openEstimate(page, id);
  await button(page, 'Download or import').click();
  await page.getByRole('menuitem', { name: 'Import lines…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Drop an Excel, CSV or JSON file here').waitFor();
  await picture(page, 'import-choose');
  await choose(page, { name: 'old.xls', mimeType: '', buffer: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]) });
  await dialog.getByRole('alert').filter({ hasText: 'save it as .xlsx' }).waitFor();
  await choose(page, csv('Supplier.csv'));
  await dialog.getByRole('status').filter({ hasText: '3 lines in 2 sections' }).waitFor();
  const workedOut = dialog.getByText('it was worked out from the amount');
  await workedOut.waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'import-mapping');
  const each = dialog.getByRole('combobox', { name: 'Each is' });
  await eventually(() => each.inputValue()).toBe('');
  await each.selectOption({ label: 'Unit cost' });
  await workedOut.waitFor({ state: 'hidden' });
  await dialog.getByText('$1,270.00, as in the file').waitFor();
  await picture(page, 'import-mapped');
  await button(page, 'Import 3 lines').click();
  await dialog.waitFor({ state: 'hidden' });
  const scaffold = page.getByRole('gridcell', { name: 'Scaffold' });
  await scaffold.waitFor();
  await picture(page, 'import-done');
  await button(page, 'Undo: Import lines').click();
  await scaffold.waitFor({ state: 'hidden' });
});

test('FILE-41 the estimate goes out as it stands on the screen, offline too', async () => {
  const { page, context } = ana;
  const taken = await download(page, 'Excel workbook');
  expect(taken.suggestedFilename()).toBe('Roof of Building C 2026-014.xlsx');
  const decode = (bytes: Uint8Array, encoding: string) => new TextDecoder(encoding).decode(bytes);
  const read = await readTable(new Uint8Array(await readFile(await taken.path())), { decode });
  if (isFileRefusal(read)) throw new Error(read.detail);
  expect(readWorkbook(read)).toMatchObject({
    data: { meta: { number: '2026-014' }, sections: { length: 3 } },
  });
  await context.setOffline(true);
  const json = JSON.parse(await readFile(await (await download(page, 'JSON, all of it')).path(), 'utf8'));
  expect(json).toMatchObject({ format: 'tidemark.estimate/1', totals: { bid: 309_648_600 } });
  expect(await readFile(await (await download(page, 'CSV, the lines')).path(), 'utf8')).toContain(
    'Landfill fees',
  );
  await context.setOffline(false);
});

test('FILE-42 a table becomes a new estimate from the list, and what became of its rows is told', async () => {
  const { page } = ana;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  await button(page, 'New').click();
  await page.getByRole('menuitem', { name: 'Import an estimate…' }).click();
  await choose(page, csv('Supplier.csv'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Each is' }).selectOption({ label: 'Unit cost' });
  await dialog.getByRole('combobox', { name: 'Currency' }).selectOption('EUR');
  await dialog.getByText('€1,270.00, as in the file').waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'import-new');
  await button(page, 'Make an estimate of 3 lines').click();
  const report = page.getByRole('dialog', { name: '“Supplier” is imported' });
  await report.getByText('8 rows').or(report.getByText('rows were read')).first().waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'import-report');
  await report.getByRole('button', { name: 'Go to the estimate' }).click();
  await page.getByRole('gridcell', { name: 'Scaffold' }).waitFor();
  await eventually(() => page.getByText('€1,270.00').count()).toBeGreaterThan(0);
  expect(ana.complaints).toEqual([]);
});
