import { escapeText } from './ink.ts';
import type { Sheet } from './sheet.ts';

/** Whole and by itself: it refers to nothing outside. Who has no Arimo has Arial, which is as wide. */
export function svgOf({ ink, box }: Sheet, title?: string): string {
  const { x, y, width, height } = box;
  const said = title === undefined ? '' : `<title>${escapeText(title)}</title>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>\n' +
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}">` +
    `${said}${ink}</svg>\n`
  );
}
