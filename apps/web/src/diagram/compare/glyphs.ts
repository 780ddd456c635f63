import type { ChangeType } from '../../history/compare/rows.ts';
import { drawing } from '../presence/nodes.ts';

/** Strokes in a square of 14 units: plus, pencil, four arrows, minus. */
const strokes: Readonly<Record<ChangeType, string>> = {
  added: 'M7 3v8M3 7h8',
  changed: 'M3 11l.6-2.400L9.200 3 11 4.800 5.400 10.400zM8 4.200 9.800 6',
  moved:
    'M7 2.500v9M2.500 7h9M5.500 4 7 2.500 8.500 4M5.500 10 7 11.500 8.500 10M4 5.500 2.500 7 4 8.500M10 5.500 11.500 7 10 8.500',
  removed: 'M3 7h8',
};

export function glyph(type: ChangeType): SVGElement {
  const svg = drawing('svg');
  svg.setAttribute('viewBox', '0 0 14 14');
  const path = drawing('path');
  path.setAttribute('d', strokes[type]);
  svg.append(path);
  return svg;
}
