import { moveLines } from '@tidemark/documents/estimate';
import { type Grid, say } from './grid.ts';
import { chooseLines, chosenNow, linesOf } from './line-acts.ts';
import { type PasteReport, reportWords } from './paste-report.ts';
import { linesPlace } from './paste-target.ts';
import { rowAt } from './sheet.ts';

/** Whole lines that were cut: they stay, marked, until they are pasted in this estimate; then these very lines move. */
export interface Cut {
  /** Stands on the clipboard too: whatever else is pasted is not these lines. */
  readonly token: string;
  readonly ids: readonly string[];
  /** Those that somebody else has changed or moved since. */
  readonly touched: ReadonlySet<string>;
}

/** Marks the lines that are chosen. */
export function cutLines(grid: Grid, token: string): void {
  const ids = chosenNow(grid).map(({ key }) => key);
  if (!grid.mayChange() || ids.length === 0) return;
  grid.store.set({ cut: { token, ids, touched: new Set() } });
  say(grid, `${count(ids.length)} cut. Paste to move, Escape to leave.`);
}

/** Takes the mark away; false: there was none. */
export function giveUpCut(grid: Grid): boolean {
  if (grid.store.get().cut === null) return false;
  grid.store.set({ cut: null });
  say(grid, 'Nothing is cut any more.');
  return true;
}

/** Notes which of the lines that are cut somebody else has changed. */
export function touchCut(grid: Grid, rows: ReadonlySet<string>): void {
  const { cut } = grid.store.get();
  const fresh = cut?.ids.filter((id) => rows.has(id) && !cut.touched.has(id)) ?? [];
  if (cut !== null && fresh.length > 0)
    grid.store.set({ cut: { ...cut, touched: new Set([...cut.touched, ...fresh]) } });
}

/**
 * Moves the lines that were cut to where a block would be pasted, as one step: comments and costs stay with them. What was removed
 * meanwhile stays away, what somebody changed moves as it is now, and both are told.
 */
export function pasteCut(grid: Grid, cut: Cut): boolean {
  const { lines } = grid.reader.view();
  const ids = cut.ids.filter((id) => lines.has(id));
  if (!grid.mayChange()) return tell(grid, 0, 'The estimate can’t be changed now.');
  if (ids.length === 0) return tell(grid, 0, 'What was cut was removed meanwhile.');
  const place = linesPlace(grid, new Set(ids));
  if (place === null) return false;
  const { group, before } = place;
  if (!standThere(grid, ids, group, before) && !moveLines(grid.editor, ids, group, before)) return false;
  if (ids.every((id) => rowAt(grid.sheet(), id) !== null)) chooseLines(grid, ids);
  const gone = cut.ids.length - ids.length;
  const changed = ids.filter((id) => cut.touched.has(id)).length;
  const told = [
    gone > 0 ? `${count(gone)} of what was cut ${gone === 1 ? 'was' : 'were'} removed meanwhile.` : '',
    changed > 0
      ? `Somebody changed ${count(changed)} meanwhile: moved as ${changed === 1 ? 'it is' : 'they are'} now.`
      : '',
  ];
  return tell(grid, ids.length, told.filter(Boolean).join(' '));
}

/** Whether lines lie one after the other in a place. */
export function standThere(
  grid: Grid,
  ids: readonly string[],
  group: string | null,
  before: string | null,
): boolean {
  const home = linesOf(grid, group).map(({ id }) => id);
  const end = before === null ? home.length : home.indexOf(before);
  return ids.length <= end && ids.every((id, at) => home[end - ids.length + at] === id);
}

function tell(grid: Grid, moved: number, problem: string): boolean {
  const issues = problem === '' ? [] : [{ row: null, line: null, column: null, text: '', problem }];
  const report: PasteReport = { cells: 0, added: 0, moved, issues };
  grid.store.set({ cut: null, pasted: problem === '' ? null : report });
  say(grid, `${reportWords(report)} ${problem}`.trim());
  return moved > 0;
}

const count = (many: number) => `${many} ${many === 1 ? 'line' : 'lines'}`;
