/** How numbers are written in a file. Exact values are read by `estimating`; here it is only seen which mark is which. */

/** Typed, `1/2/2026` would be worked out as a division and `2026-01-02` as a difference; in a table it is a day. */
export function looksLikeDate(text: string): boolean {
  return /^\s*(\d{1,2}([/.-])\d{1,2}\2(\d{2}|\d{4})|\d{4}-\d{1,2}-\d{1,2})\b/.test(text);
}

/** Roughly, for looking at contents: null for what is no number. */
export function numberOf(text: string): number | null {
  const bare = text.replaceAll(/[\s$€£¥%']|^[A-Z]{3} | [A-Z]{3}$/g, '');
  if (!/^\(?[-+]?[\d.,]*\d[\d.,]*\)?-?$/.test(bare)) return null;
  const digits = bare.replaceAll(/[()-]/g, '');
  const plain =
    digits.includes(',') && markOf(digits) === ','
      ? digits.replaceAll('.', '').replace(',', '.')
      : digits.replaceAll(',', '');
  const value = Number(plain);
  return Number.isFinite(value) ? (/^[(-]|-$/.test(bare) ? -value : value) : null;
}

/** The mark before the decimals in most of a column's texts: a point where nothing speaks for a comma. */
export function decimalMark(texts: readonly string[]): '.' | ',' {
  let commas = 0;
  let points = 0;
  for (const text of texts) {
    const found = markOf(text.replaceAll(/[^\d.,]/g, ''));
    if (found === ',') commas += 1;
    if (found === '.') points += 1;
  }
  return commas > points ? ',' : '.';
}

/** Of one number; null when it can be read both ways (1,234) or has neither. */
function markOf(digits: string): '.' | ',' | null {
  const comma = digits.lastIndexOf(',');
  const point = digits.lastIndexOf('.');
  if (comma === -1 && point === -1) return null;
  if (comma !== -1 && point !== -1) return comma > point ? ',' : '.';
  const mark = comma === -1 ? '.' : ',';
  const parts = digits.split(mark);
  if (parts.length > 2) return mark === ',' ? '.' : ','; // thousands, so the other one is for decimals
  const [before = '', after = ''] = parts;
  return after.length === 3 && before.length >= 1 && before.length <= 3 && before !== '0' ? null : mark;
}
