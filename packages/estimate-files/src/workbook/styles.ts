import type { CellStyle } from 'hucre/xlsx';

/** How cells look, by what they are. */

const ink = { rgb: '1F2A37' };
const quiet = { rgb: '64707D' };
const accent = '0F5257';
const tint = 'E8F1F1';
const pale = 'F5F8F8';
const line = { rgb: 'D3DCDD' };
const font = { name: 'Arial', size: 10, color: ink };

const solid = (rgb: string) => ({ type: 'pattern', pattern: 'solid', fgColor: { rgb } }) as const;
const hair = { bottom: { style: 'thin', color: line } } as const;
const middle = { vertical: 'center' } as const;
/** Off the edge of the cell, so that text does not touch the number before it. */
const words = { ...middle, horizontal: 'left', wrapText: true, indent: 1 } as const;

/** Text stays text, also when a person edits the cell: `=1+1` is words. */
const asText = '@';

export const looks = {
  title: {
    font: { ...font, size: 16, bold: true, color: { rgb: accent } },
    alignment: middle,
    numFmt: asText,
  },
  about: { font: { ...font, color: quiet }, alignment: middle, numFmt: asText },
  head: {
    font: { ...font, bold: true, color: { rgb: 'FFFFFF' } },
    fill: solid(accent),
    alignment: words,
    numFmt: asText,
  },
  headCenter: {
    font: { ...font, bold: true, color: { rgb: 'FFFFFF' } },
    fill: solid(accent),
    alignment: { ...middle, horizontal: 'center' },
    numFmt: asText,
  },
  headRight: {
    font: { ...font, bold: true, color: { rgb: 'FFFFFF' } },
    fill: solid(accent),
    alignment: { ...middle, wrapText: true, horizontal: 'right' },
    numFmt: asText,
  },
  section: {
    font: { ...font, size: 11, bold: true },
    fill: solid(tint),
    border: hair,
    alignment: { ...middle, horizontal: 'left', indent: 1 },
    numFmt: asText,
  },
  text: { font, border: hair, alignment: words, numFmt: asText },
  center: { font, border: hair, alignment: { vertical: 'center', horizontal: 'center' }, numFmt: asText },
  optional: { font: { ...font, italic: true, color: quiet }, border: hair, alignment: words, numFmt: asText },
  number: { font, border: hair, alignment: { vertical: 'center', horizontal: 'right' } },
  input: {
    font,
    fill: solid('FFFBE8'),
    border: hair,
    alignment: { ...middle, horizontal: 'left', indent: 1 },
  },
  inputText: { font, fill: solid('FFFBE8'), border: hair, alignment: words, numFmt: asText },
  label: { font, border: hair, alignment: words, numFmt: asText },
  sum: {
    font: { ...font, bold: true },
    fill: solid(pale),
    border: hair,
    alignment: { ...middle, horizontal: 'left', indent: 1 },
    numFmt: asText,
  },
  total: {
    font: { ...font, size: 12, bold: true },
    fill: solid(tint),
    border: { top: { style: 'medium', color: { rgb: accent } } },
    alignment: { ...middle, horizontal: 'left', indent: 1 },
    numFmt: asText,
  },
} as const satisfies Record<string, CellStyle>;

export type Look = keyof typeof looks;

/** A look with another number format; numbers stand to the right. */
export function styleOf(look: Look, numFmt?: string): CellStyle {
  const style: CellStyle = looks[look];
  if (numFmt === undefined) return style;
  const { indent: _, ...alignment } = style.alignment ?? {};
  return {
    ...style,
    numFmt,
    alignment: look === 'input' ? looks.input.alignment : { ...alignment, horizontal: 'right' },
  };
}
