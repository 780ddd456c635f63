import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** The canvas in the browser sets its text in the same font, so that lines break at the same words. */
export const fontFamily = 'Arimo, Arial, sans-serif';

const require = createRequire(import.meta.url);

/** The font file, for those who embed or draw it. */
export const fontFile = require.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf');

export const fontBytes = readFileSync(fontFile);

function open(): Font {
  const font = create(fontBytes);
  if (!('layout' in font)) throw new Error('The font file holds a collection of fonts.');
  return font;
}

const font = open();

/** Height of a line above and below its baseline, for a size of 1. */
export const ascent = font.ascent / font.unitsPerEm;
export const descent = -font.descent / font.unitsPerEm;

/** Scripts whose characters fill a square, in whatever font the reader has for them; Arimo has none. */
const square =
  /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}/u;

const widths = new Map<string, number>();
const rememberedWidths = 20_000;

/** How wide a text is at a size of 1, kerning included. */
export function widthOf(text: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  const width = measure(text);
  if (widths.size >= rememberedWidths) widths.clear();
  widths.set(text, width);
  return width;
}

function measure(text: string): number {
  let width = 0;
  let run = '';
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (font.hasGlyphForCodePoint(point)) run += character;
    else width += square.test(character) ? 1 : 0.6;
  }
  if (run !== '') width += font.layout(run).advanceWidth / font.unitsPerEm;
  return width;
}
