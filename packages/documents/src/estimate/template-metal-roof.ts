import { line, paragraphs, risk, type TemplateContent } from './template-content.ts';
import { usualTerms } from './template-terms.ts';

/** Standing seam over an existing deck, 22 squares, simple gable. */
export const metalRoof: TemplateContent = {
  params: { targetBp: 2200, marginMode: 'margin', overheadBp: 1000, contingencyBp: 400 },
  sections: [
    {
      name: 'Preparation',
      lines: [
        line('other', 'Building permit', 1, 'ea', 310),
        line('equip', 'Dumpster, 20 yd, with disposal', 1, 'ea', 565),
        line('equip', 'Telehandler, with delivery', 3, 'day', 415),
        line('lab', 'Set up, scaffold and fall protection', 12, 'hr', 62),
      ],
    },
    {
      name: 'Tear-off and deck',
      lines: [
        line('lab', 'Remove shingles and felt, one layer', 22, 'sq', 62),
        line('mat', 'Plywood 1/2" CDX, 4 × 8', 4, 'sheet', 38.5, { note: 'Allowance; more at this price' }),
        line('lab', 'Replace damaged sheathing', 4, 'sheet', 36),
        line('mat', 'Furring 1 × 4 over the deck', 1100, 'lf', 0.72, { waste: 8, optional: true }),
      ],
    },
    {
      name: 'Underlayment',
      lines: [
        line('mat', 'High-temperature self-adhered underlayment, 2 sq roll', 12, 'roll', 148, { waste: 5 }),
        line('lab', 'Install underlayment', 22, 'sq', 24),
      ],
    },
    {
      name: 'Panels',
      lines: [
        line('mat', 'Standing seam panels, 24 ga, 16", painted', 22, 'sq', 465, {
          waste: 8,
          note: 'Cut to length at the mill',
        }),
        line('mat', 'Clips and pancake screws', 22, 'sq', 38, { waste: 5 }),
        line('mat', 'Butyl tape and sealant', 1, 'ls', 265),
        line('lab', 'Install panels, mechanically seamed', 22, 'sq', 285),
        line('equip', 'Seamer', 4, 'day', 95),
        line('mat', '22 ga instead of 24, difference', 22, 'sq', 72, { waste: 8, optional: true }),
      ],
    },
    {
      name: 'Trim and flashing',
      lines: [
        line('mat', 'Eave trim, 10 ft', 10, 'pc', 34.5, { waste: 5 }),
        line('mat', 'Gable trim, 10 ft', 12, 'pc', 39, { waste: 5 }),
        line('mat', 'Vented ridge cap, 10 ft', 5, 'pc', 62, { waste: 5 }),
        line('mat', 'Pipe boots, high temperature', 3, 'ea', 42),
        line('mat', 'Wall flashing, 10 ft', 4, 'pc', 41.5, { waste: 5 }),
        line('lab', 'Trim, ridge and flashing', 24, 'hr', 66),
        line('sub', 'Snow guards, two rows at the eaves', 96, 'lf', 14.25, { optional: true }),
      ],
    },
    {
      name: 'Finish',
      lines: [
        line('lab', 'Clean up, touch up, final walk', 8, 'hr', 52),
        line('sub', 'Gutters 6", to match', 96, 'lf', 13.5, { optional: true }),
      ],
    },
  ],
  risks: [
    risk(
      'Materials',
      'Panels cut wrong or damaged on the way',
      [15, 600, 3500],
      'Field-measure twice, inspect on delivery',
      120,
      [6, 300, 1500],
    ),
    risk(
      'Materials',
      'Steel price rises before the order',
      [25, 500, 2400],
      'Order when the deposit arrives',
      0,
      [5, 200, 900],
    ),
    risk(
      'Hidden damage',
      'Deck out of plane or rotten',
      [30, 500, 3200],
      'Look at the deck from the attic, string lines',
      150,
      [15, 300, 1600],
    ),
    risk(
      'Weather',
      'Wind stops panel work',
      [30, 300, 1800],
      'Two days of float in the schedule',
      0,
      [20, 150, 800],
    ),
    risk(
      'Labor',
      'Flashing takes longer than planned',
      [25, 400, 2200],
      'Shop drawings of walls and chimney',
      180,
      [10, 300, 1000],
    ),
    risk(
      'Scope',
      'Customer notices oil canning',
      [10, 200, 2500],
      'Striated panels, said so in the proposal',
      90,
      [3, 100, 800],
    ),
    risk(
      'Site',
      'Damage by telehandler or scaffold',
      [8, 300, 2500],
      'Photographs before, mats on the lawn',
      110,
      [3, 150, 1200],
    ),
  ],
  scope: paragraphs(
    'We remove the existing roof covering, repair the deck where it is needed, and install a mechanically seamed standing seam metal roof over high-temperature underlayment, with all trim, flashings and a vented ridge.',
    'Metal roofing may show slight waviness in its flat areas (oil canning). It does not affect how the roof performs and is no defect.',
  ),
  terms: usualTerms('roofing'),
};
