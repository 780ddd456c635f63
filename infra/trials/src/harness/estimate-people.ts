import { type EstimateInput, type EstimateView, estimate, fillEstimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import { calculate, formatAmount, formatMoney, formatQuantity, formatUnitCost } from '@tidemark/estimating';
import type { Locator, Page } from 'playwright-core';
import * as Y from 'yjs';

/** What a screen of an estimate shows, or ought to: rows from top to bottom as text, and what they come to. */
export interface Sheet {
  readonly rows: readonly string[];
  readonly base: string;
  readonly bid: string;
}

/** All that a screen shows of the lines. It has to be tall enough for all of them: rows out of sight are not mounted. */
export async function sheetOn(page: Page): Promise<Sheet> {
  const bid = await page.getByTestId('bid').innerText();
  const shown = await page.getByRole('grid', { name: 'Lines of the estimate' }).evaluate((grid) => {
    const all = [...grid.querySelectorAll('[role=row]')];
    const at = (row: Element) => Number(row.getAttribute('aria-rowindex'));
    const text = (within: Element, what: string) => within.querySelector(what)?.textContent ?? '';
    const rows = all
      .filter((row) => row.hasAttribute('data-row') && !row.hasAttribute('data-type'))
      .sort((a, b) => at(a) - at(b))
      .map((row) =>
        row.getAttribute('data-row')?.startsWith('#')
          ? `${text(row, '[data-column=name] span')} | ${row.children[2]?.textContent}`
          : ['name', 'qty', 'unit', 'unitCost', 'amount']
              .map((column) => text(row, `[data-column=${column}] > span`))
              .join(' | '),
      );
    // The word for it stands before the amount.
    return { rows, base: all.at(-1)?.lastElementChild?.lastChild?.textContent ?? '' };
  });
  return { ...shown, bid };
}

/** The view of an estimate given as plain data: by `GET /content`, by a file. Throws when some of it can't be taken. */
export function viewOf(data: EstimateInput): EstimateView {
  const doc = new Y.Doc();
  const findings = fillEstimate(doc, data);
  if (findings.length > 0) throw new Error(`the estimate does not fit: ${JSON.stringify(findings)}`);
  return createReader(doc, estimate).view();
}

/** What a screen ought to show of a view: reckoned here, in this process. */
export function sheetOf(view: EstimateView): Sheet {
  const { amounts, sections, base, bid } = calculate(view);
  const { currency } = view.meta;
  const rows = view.sections.flatMap(({ group, lines }) => [
    `${group === null ? 'Without a section' : group.name} | ${formatAmount(sections.get(group?.id ?? null)?.subtotal ?? 0, currency)}`,
    ...lines.map((line) =>
      [
        line.name,
        formatQuantity(line.qty),
        line.unit,
        formatUnitCost(line.unitCost, currency),
        formatAmount(amounts.get(line.id) ?? 0, currency),
      ].join(' | '),
    ),
  ]);
  return { rows, base: formatMoney(base, currency), bid: formatMoney(bid, currency) };
}

export const cellOf = (page: Page, line: string, column: string): Locator =>
  page.locator(`[data-row="${line}"] [data-column="${column}"]`);

/** Types over a cell of a line, and goes on. */
export async function writeCell(page: Page, line: string, column: string, text: string): Promise<void> {
  await cellOf(page, line, column).click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** A line above another one, named. */
export async function insertAbove(page: Page, line: string, name: string): Promise<void> {
  await cellOf(page, line, 'name').click();
  await page.keyboard.press('Control++');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

/** A line at the end of a section, begun where it says so. */
export async function appendLine(page: Page, section: string, name: string): Promise<void> {
  await page.locator(`[data-row="+${section}#"] [data-column=name]`).click();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
}

/** One place up or down. */
export async function moveLine(
  page: Page,
  line: string,
  direction: 'Up' | 'Down',
  places = 1,
): Promise<void> {
  await cellOf(page, line, 'name').click();
  for (let place = 0; place < places; place += 1) await page.keyboard.press(`Alt+Shift+Arrow${direction}`);
}

/** By the menu of a section. */
export async function actOnSection(page: Page, section: string, act: RegExp): Promise<void> {
  await page.locator(`[data-row="#${section}"] [data-menu]`).click();
  await page.getByRole('menuitem', { name: act }).click();
}
