import type { CustomTableLayout } from 'pdfmake/interfaces.js';

/** Points. */
export const papers = {
  letter: { width: 612, height: 792 },
  a4: { width: 595.28, height: 841.89 },
} as const;

/** Points on the left and on the right. */
export const side = 54;

/** From the second page on there is a running head. */
export const margins = { top: 66, bottom: 58 } as const;

export const ink = '#1d262d';
export const grey = '#5a6770';
export const hairline = '#d3dade';
const ownAccent = '#1f5c7a';

export const text = 9.5;
export const small = 8;
/** Of the font, for a size of 1: texts of two sizes stand on one line when the smaller begins lower by the difference. */
export const ascent = 0.905;
/** Height of a line in font sizes, beyond the font's own. */
export const leading = 1.22;

/** The company's colour where it is dark enough to be read on white, or darkened until it is. */
export function accentOf(accent: string): string {
  if (!/^#[\da-f]{6}$/i.test(accent)) return ownAccent;
  let rgb = [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16));
  while (luminance(rgb) > leastDark) rgb = rgb.map((channel) => Math.floor(channel * 0.94));
  return `#${rgb.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** 4.5 to 1 on white (WCAG 2.2, contrast). */
const leastDark = 1.05 / 4.5 - 0.05;

function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const none = () => 0;

/** Nothing but the cells. */
export const bare: CustomTableLayout = {
  hLineWidth: none,
  vLineWidth: none,
  paddingLeft: none,
  paddingRight: none,
  paddingTop: none,
  paddingBottom: none,
};
