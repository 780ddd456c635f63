import { addLines, addSections, type LineInput, pasteBlock } from '@tidemark/documents/estimate';
import { type Clip, type ClipLine, readClip } from './clip.ts';
import { clipAttribute } from './clipboard-copy.ts';
import { readHtml } from './clipboard-html.ts';
import { readText } from './clipboard-text.ts';
import { pasteCut } from './cut.ts';
import { choose, currencyOf, type Grid, say } from './grid.ts';
import { placeKey } from './grid-store.ts';
import { byHeads } from './paste-heads.ts';
import { type Incoming, type PastePlan, planPaste } from './paste-plan.ts';
import { type PasteIssue, reportWords } from './paste-report.ts';
import { linesPlace, type PasteTarget, targetOf } from './paste-target.ts';
import { select } from './selection.ts';
import { rowAt } from './sheet.ts';

/** Lets the screen and others have their turn in the middle of a long block. */
export type Pause = () => Promise<void>;

/** What the clipboard holds, as a block; null: nothing that is one. */
export function incomingOf(html: string, text: string): Incoming | null {
  const table = html === '' ? null : readHtml(html);
  const clip = readClip(table?.attributes.get(clipAttribute));
  const single = table?.rows.length === 1 && table.rows[0]?.length === 1;
  // One cell of a table says no more than its text, and pages lay out whole texts in one.
  if (table !== null && (clip !== null || !single)) return { rows: table.rows, clip };
  const rows = readText(text);
  return rows.length === 0 ? null : { rows, clip: null };
}

/** Puts a block where the active cell is, as one step. Resolves to whether something was written. */
export async function paste(grid: Grid, incoming: Incoming, pause: Pause): Promise<boolean> {
  const { rows, clip } = incoming;
  const { cut } = grid.store.get();
  if (cut !== null && clip?.cut === cut.token) return pasteCut(grid, cut);
  if (!grid.mayChange()) return false;
  // The clipboard holds something else by now.
  if (cut !== null) grid.store.set({ cut: null });
  if (clip?.whole) return insertClip(grid, clip);
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const target = targetOf(grid, { rows: rows.length, columns: width, names: clip?.columns ?? null });
  if (target === null) return false;
  const known = clip === null ? byHeads(grid, rows, target) : null;
  if (known !== null) return finish(grid, known.added, 0, known.issues);
  const plan = await planned(grid, incoming, target, pause);
  return write(grid, plan, clip);
}

async function planned(
  grid: Grid,
  incoming: Incoming,
  target: PasteTarget,
  pause: Pause,
): Promise<PastePlan> {
  const steps = planPaste(incoming, target, currencyOf(grid));
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    grid.store.set({ pasting: step.value });
    await pause();
  }
  return step.value;
}

function write(grid: Grid, { cells, newLines, issues, covers }: PastePlan, clip: Clip | null): boolean {
  grid.store.set({ pasting: null });
  // The section may have gone while the block was read.
  const group = newLines?.place.group ?? null;
  const stands = group === null || grid.reader.view().groups.some(({ id }) => id === group);
  const made = newLines && { ...newLines, place: stands ? newLines.place : { group: null } };
  const label = cells.length + (newLines?.lines.length ?? 0) === 1 && !newLines ? 'Paste cell' : 'Paste';
  const ids = pasteBlock(grid.editor, { cells, newLines: made }, label);
  if (ids !== null) chooseCovered(grid, [...covers.lines, ...ids], covers.columns);
  const { currency } = grid.reader.view().meta;
  const foreign = clip !== null && clip.currency !== currency && clip.columns.includes('unitCost');
  const said = foreign ? [...issues, otherCurrency(clip.currency, currency)] : issues;
  return finish(grid, ids?.length ?? 0, ids === null ? 0 : cells.length, said);
}

/** Whole lines are put in below those that are chosen, with all that they hold. */
function insertClip(grid: Grid, clip: Clip): boolean {
  const { selection } = grid.store.get();
  const sheet = grid.sheet();
  const row = selection && rowAt(sheet, selection.active.row);
  if (selection === null || row === null) return false;
  const issues: PasteIssue[] = [];
  const { currency } = grid.reader.view().meta;
  const foreign = clip.currency !== currency;
  const lines: readonly LineInput[] = foreign ? clip.lines.map(withoutCost) : clip.lines;
  if (foreign) issues.push(otherCurrency(clip.currency, currency));
  if (row.type === 'add-section') {
    const made = addSections(grid.editor, [{ name: '', lines }], 'Paste lines');
    return finish(grid, made === null ? 0 : lines.length, 0, issues);
  }
  const place = linesPlace(grid);
  const ids = place && addLines(grid.editor, place, lines, 'Paste lines');
  if (ids !== null) chooseWhole(grid, ids);
  return finish(grid, ids?.length ?? 0, 0, issues);
}

/** An amount in another currency is never taken for one of the estimate. */
function withoutCost({ unitCost: _, calc, ...line }: ClipLine): LineInput {
  const { unitCost: __, ...rest } = calc;
  return { ...line, calc: rest };
}

function otherCurrency(theirs: string, ours: string): PasteIssue {
  const problem = `They were copied from an estimate in ${theirs}, and this one is in ${ours}: unit costs were left out.`;
  return { row: null, line: null, column: 'unitCost', text: '', problem };
}

function chooseCovered(grid: Grid, lines: readonly string[], columns: PastePlan['covers']['columns']): void {
  const [first, last] = [lines[0], lines.at(-1)];
  const [left, right] = [columns[0], columns.at(-1)];
  if (first === undefined || last === undefined || left === undefined || right === undefined) return;
  const { refused } = grid.store.get();
  if (refused.size > 0) {
    const covered = new Set(lines.flatMap((row) => columns.map((column) => placeKey({ row, column }))));
    grid.store.set({ refused: new Map([...refused].filter(([key]) => !covered.has(key))) });
  }
  const active = { row: first, column: left };
  choose(grid, { ...select(active), lead: { row: last, column: right } });
}

function chooseWhole(grid: Grid, ids: readonly string[]): void {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || last === undefined) return;
  const column = grid.store.get().selection?.active.column ?? 'name';
  choose(grid, { ...select({ row: first, column }), lead: { row: last, column }, whole: true });
}

function finish(grid: Grid, added: number, cells: number, issues: readonly PasteIssue[]): boolean {
  const report = issues.length === 0 ? null : { cells, added, issues };
  grid.store.set({ pasting: null, pasted: report });
  say(grid, reportWords({ cells, added, issues }));
  return added + cells > 0;
}
