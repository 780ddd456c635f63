import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

const require = createRequire(import.meta.url);

/** Files of the font, both with the same characters. Embedded as far as they are used. */
export const fontFiles = {
  normal: require.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf'),
} as const;

function open(file: string): Font {
  const font = create(readFileSync(file));
  if (!('layout' in font)) throw new Error('The font file holds a collection of fonts.');
  return font;
}

const font = open(fontFiles.normal);
const bold = open(fontFiles.bold);

/** How wide a short text is in points. */
export function widthOf(text: string, size: number, weight: 'normal' | 'bold' = 'normal'): number {
  const { layout, unitsPerEm } = weight === 'bold' ? boldFace : face;
  return (layout(text).advanceWidth / unitsPerEm) * size;
}

const face = { layout: (text: string) => font.layout(text), unitsPerEm: font.unitsPerEm };
const boldFace = { layout: (text: string) => bold.layout(text), unitsPerEm: bold.unitsPerEm };

/** A text that fits into so many points of one line, with an ellipsis where it is cut. */
export function fitted(text: string, size: number, room: number): string {
  if (widthOf(text.slice(0, 500), size) <= room) return text;
  let [fits, fails] = [0, Math.min(text.length, 500)];
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    if (widthOf(`${text.slice(0, middle)}…`, size) <= room) fits = middle;
    else fails = middle;
  }
  return `${text.slice(0, fits).trimEnd()}…`;
}

/** What stands for a character that the font lacks. */
export const gap = '\u25a1';

/** Scripts that are written from right to left, which the lines of a page are not. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Control characters, and what only tells other characters how to stand, such as marks of direction and soft hyphens. */
const unseen = /[\p{Cc}\p{Cf}\p{Variation_Selector}\u2028\u2029]/gu;

/** A text without what nobody sees, for those who have other fonts. */
export function plain(text: string): string {
  return text.normalize('NFC').toWellFormed().replaceAll(/\s+/g, ' ').replaceAll(unseen, '').trim();
}

/** Text as the font can say it. `lacking` is told once for each text that has gaps now. */
export function sayable(text: string, lacking: () => void): string {
  let said = '';
  let gaps = 0;
  for (const character of text
    .normalize('NFC')
    .replaceAll(/[\t\u2028\u2029]/g, ' ')
    .replaceAll(unseen, '')) {
    const point = character.codePointAt(0) ?? 0;
    if (font.hasGlyphForCodePoint(point) && !rightToLeft.test(character)) said += character;
    else {
      said += gap;
      gaps += 1;
    }
  }
  if (gaps > 0) lacking();
  return said;
}
