/** A cell of a block that comes from the clipboard. */
export interface PastedCell {
  /** As it was shown where it was copied. */
  readonly text: string;
  /** What the cell held there, where the clipboard says so: the text may be rounded and in another language. */
  readonly number: number | null;
}

/** Rows of different lengths, without empty ones at the end. */
export type PastedRows = readonly (readonly PastedCell[])[];

export const textCell = (text: string): PastedCell => ({ text, number: null });

/** Spreadsheets end with an empty row, or with very many. */
export function withoutTail(rows: PastedRows): PastedRows {
  const last = rows.findLastIndex((row) => row.some(({ text }) => text.trim() !== ''));
  return rows.slice(0, last + 1);
}
