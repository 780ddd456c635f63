import type { Marks } from './marks.ts';

/** Spaces and apostrophes only ever group; so do marks that stand more than once. Groups of two are of India. */
const bySpace = /^\d{1,3}(?:([ '])\d{3})(?:\1\d{3})*(?:[.,]\d*)?$/u;
const grouped = {
  '.': /^\d{1,3}(?:\.\d{2,3})*\.\d{3}$/u,
  ',': /^\d{1,3}(?:,\d{2,3})*,\d{3}$/u,
};
const thousands = /^[1-9]\d{0,2}[.,]\d{3}$/u;

/**
 * The digits of a number with a point, `1234.5`, from the way a person wrote it: `1,234.5`, `1.234,5`, `1 234,5`,
 * `12,34,567`. Where one mark could be both (`1,234`) it is what it is in the language; `ambiguous` where the language
 * uses it for neither, or where several languages differ; null for what is no number.
 */
export function plainNumber(written: string, languages: readonly Marks[]): string | 'ambiguous' | null {
  const [first = null, ...others] = languages.map((marks) => readBy(marks, written));
  return others.every((other) => other === first) ? first : 'ambiguous';
}

function readBy(marks: Marks, written: string): string | 'ambiguous' | null {
  if (/[ ']/u.test(written)) {
    return bySpace.test(written) ? written.replaceAll(/[ ']/gu, '').replace(',', '.') : null;
  }
  const points = count(written, '.');
  const commas = count(written, ',');
  if (points > 0 && commas > 0) return bothMarks(written);
  if (points + commas === 0) return written;
  const mark = points > 0 ? '.' : ',';
  const other = marks.decimal !== mark;
  if (points + commas > 1) return grouped[mark].test(written) ? written.replaceAll(mark, '') : null;
  if (other && thousands.test(written))
    return marks.groups.includes(mark) ? written.replace(mark, '') : 'ambiguous';
  return written.replace(',', '.');
}

/** The last mark is the decimal one and stands once; the other groups. */
function bothMarks(written: string): string | null {
  const decimal = written.lastIndexOf('.') > written.lastIndexOf(',') ? '.' : ',';
  const group = decimal === '.' ? ',' : '.';
  const [whole = '', decimals = '', ...more] = written.split(decimal);
  if (more.length > 0 || !grouped[group].test(whole)) return null;
  return `${whole.replaceAll(group, '')}.${decimals}`;
}

function count(text: string, mark: string): number {
  return text.split(mark).length - 1;
}
