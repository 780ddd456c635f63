import { addSections, type LineKind } from '@tidemark/documents/estimate';
import type { Editor } from '@tidemark/documents/records';

/** An estimate to begin with: what jobs of a sort are made of. Quantities are left out, so that none of it is a bid before somebody has measured. */
export interface Starter {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  readonly sections: readonly StarterSection[];
}

interface StarterSection {
  readonly name: string;
  readonly lines: readonly StarterLine[];
}

/** Name, unit, usual unit cost in whole units of the currency, kind, waste in percent. */
type StarterLine = readonly [name: string, unit: string, cost: number, kind: LineKind, waste?: number];

export const starters: readonly Starter[] = [
  {
    name: 'roof',
    title: 'Roof replacement',
    about: 'Tear-off, shingles, flashing and gutters, by the square',
    sections: [
      {
        name: 'Tear-off and disposal',
        lines: [
          ['Remove existing shingles', 'SQ', 68, 'lab'],
          ['Dumpster, 30 yd', 'ea', 585, 'equip'],
          ['Landfill fees', 't', 92, 'other'],
          ['Replace damaged decking', 'SF', 3.4, 'mat', 10],
        ],
      },
      {
        name: 'Roofing',
        lines: [
          ['Architectural shingles', 'SQ', 124.5, 'mat', 10],
          ['Synthetic underlayment', 'SQ', 18.5, 'mat', 5],
          ['Ice and water shield', 'SQ', 89, 'mat', 5],
          ['Starter and ridge caps', 'LF', 2.6, 'mat', 5],
          ['Install shingles', 'SQ', 95, 'lab'],
          ['Ridge vent', 'LF', 6.25, 'mat', 3],
        ],
      },
      {
        name: 'Flashing and gutters',
        lines: [
          ['Step flashing', 'LF', 4.8, 'mat', 5],
          ['Pipe boots', 'ea', 28, 'mat'],
          ['Seamless gutters, installed', 'LF', 11.8, 'sub'],
        ],
      },
      {
        name: 'Site',
        lines: [
          ['Permit', 'ea', 350, 'other'],
          ['Safety and protection', 'day', 120, 'equip'],
          ['Clean-up and magnet sweep', 'h', 48, 'lab'],
        ],
      },
    ],
  },
  {
    name: 'kitchen',
    title: 'Kitchen remodel',
    about: 'Demolition, cabinets, trades and finishes',
    sections: [
      {
        name: 'Demolition',
        lines: [
          ['Remove cabinets and counters', 'h', 52, 'lab'],
          ['Remove flooring', 'SF', 2.1, 'lab'],
          ['Haul away', 'load', 320, 'sub'],
        ],
      },
      {
        name: 'Cabinets and counters',
        lines: [
          ['Base cabinets', 'LF', 240, 'mat'],
          ['Wall cabinets', 'LF', 195, 'mat'],
          ['Install cabinets', 'LF', 62, 'lab'],
          ['Stone counters, installed', 'SF', 84, 'sub', 10],
          ['Backsplash tile', 'SF', 14.5, 'mat', 12],
          ['Set tile', 'SF', 18, 'lab'],
        ],
      },
      {
        name: 'Plumbing and electrical',
        lines: [
          ['Plumbing rough-in and trim', 'h', 110, 'sub'],
          ['Sink and faucet', 'ea', 640, 'mat'],
          ['Electrical circuits', 'ea', 385, 'sub'],
          ['Under-cabinet lighting', 'LF', 22, 'mat'],
        ],
      },
      {
        name: 'Finishes',
        lines: [
          ['Drywall repair', 'SF', 3.9, 'lab'],
          ['Flooring', 'SF', 7.8, 'mat', 10],
          ['Paint walls and ceiling', 'SF', 2.4, 'lab'],
          ['Install appliances', 'ea', 145, 'lab'],
        ],
      },
    ],
  },
  {
    name: 'deck',
    title: 'Deck',
    about: 'Footings, framing, boards, railing and stairs',
    sections: [
      {
        name: 'Footings',
        lines: [
          ['Dig and pour footings', 'ea', 210, 'lab'],
          ['Concrete, 80 lb bags', 'ea', 6.9, 'mat', 5],
          ['Post bases', 'ea', 32, 'mat'],
        ],
      },
      {
        name: 'Framing',
        lines: [
          ['Treated lumber', 'LF', 2.35, 'mat', 10],
          ['Hangers and fasteners', 'set', 265, 'mat'],
          ['Frame the deck', 'SF', 9.5, 'lab'],
        ],
      },
      {
        name: 'Boards, railing, stairs',
        lines: [
          ['Composite boards', 'SF', 8.9, 'mat', 10],
          ['Lay boards', 'SF', 6.2, 'lab'],
          ['Railing', 'LF', 68, 'mat'],
          ['Install railing', 'LF', 24, 'lab'],
          ['Stairs', 'tread', 95, 'sub'],
        ],
      },
      { name: 'Site', lines: [['Permit', 'ea', 220, 'other']] },
    ],
  },
];

/** Adds what a starter holds after what is there, as one step. False when nothing was added. */
export function begin(editor: Editor, { sections, title }: Starter): boolean {
  const filled = sections.map(({ name, lines }) => ({
    name,
    lines: lines.map(([line, unit, cost, kind, waste = 0]) => ({
      name: line,
      unit,
      unitCost: Math.round(cost * 10_000),
      kind,
      wasteBp: waste * 100,
    })),
  }));
  return addSections(editor, filled, `Begin with ${title}`) !== null;
}
