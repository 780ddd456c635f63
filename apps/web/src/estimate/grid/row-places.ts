import type { Block } from './selection.ts';
import type { Row, Sheet } from './sheet.ts';

/** Pixels. */
export const handleWidth = 48;
export const headHeight = 34;
export const totalsHeight = 38;
export const heights: Readonly<Record<Row['type'], number>> = {
  section: 40,
  line: 32,
  'add-line': 32,
  'add-section': 48,
};

const known = new WeakMap<Sheet, readonly number[]>();

/** Where each row begins within the body, and after the last of them its end. */
export function topsOf(sheet: Sheet): readonly number[] {
  const kept = known.get(sheet);
  if (kept !== undefined) return kept;
  const tops = [0];
  for (const { type } of sheet.rows) tops.push((tops.at(-1) ?? 0) + heights[type]);
  known.set(sheet, tops);
  return tops;
}

/** Indexes of the first and the last row that can be seen. */
export interface Sight {
  readonly from: number;
  readonly to: number;
}

/** Whether any row of a block can be seen, or is about to be. */
export function isInSight({ top, bottom }: Pick<Block, 'top' | 'bottom'>, { from, to }: Sight): boolean {
  return bottom >= from - margin && top <= to + margin;
}

/** Rows: a glide goes on while the next ones are made. */
const margin = 8;
