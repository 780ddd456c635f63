/** The sheet Estimate: its columns, from 0. */
export const at = {
  code: 0,
  name: 1,
  kind: 2,
  qty: 3,
  unit: 4,
  unitCost: 5,
  waste: 6,
  optional: 7,
  amount: 8,
  note: 9,
  /** Hidden: what the row is, its id in the document, and what was typed where cells were worked out. */
  row: 10,
  id: 11,
  typed: 12,
} as const;

/** In characters. */
export const widths = [12, 46, 12, 12, 8, 14, 10, 10, 16, 36, 10, 10, 10];
/** The row of the heads, from 0. */
export const headRow = 4;
