/** A colour for shapes and flows, as files know it: what fills and what outlines (and what is written in it). */
export interface Colour {
  readonly name: string;
  readonly fill: string;
  readonly stroke: string;
}

/** Every outline reads on its fill and on white with more than 4.5 to 1. */
export const colours: readonly Colour[] = [
  { name: 'Tide', fill: '#d8ecf1', stroke: '#0b5366' },
  { name: 'Blue', fill: '#dfe9fb', stroke: '#1f4b99' },
  { name: 'Violet', fill: '#ebe4f9', stroke: '#5a3a9e' },
  { name: 'Rose', fill: '#fbe3ea', stroke: '#9b2450' },
  { name: 'Red', fill: '#fde4e3', stroke: '#a3252b' },
  { name: 'Amber', fill: '#fdeed1', stroke: '#7d4e08' },
  { name: 'Green', fill: '#dcf1e4', stroke: '#1c6444' },
  { name: 'Grey', fill: '#e8ecef', stroke: '#3d4a54' },
];
