import { line, paragraphs, risk, type TemplateContent } from './template-content.ts';
import { usualTerms } from './template-terms.ts';

/** A house of 24 squares, one layer to tear off, one chimney. Quantities stand for a roof that is still to be measured. */
export const asphaltRoof: TemplateContent = {
  params: { targetBp: 2000, marginMode: 'margin', overheadBp: 1000, contingencyBp: 300 },
  sections: [
    {
      name: 'Preparation',
      lines: [
        line('other', 'Building permit', 1, 'ea', 285),
        line('equip', 'Dumpster, 20 yd, with disposal', 1, 'ea', 565, {
          note: 'About 3 tons per 24 squares',
        }),
        line('other', 'Delivery with rooftop loading', 1, 'ea', 190),
        line('mat', 'Tarps and plywood to protect plants and walls', 1, 'ls', 145),
        line('lab', 'Set up, ladders and fall protection', 6, 'hr', 58),
      ],
    },
    {
      name: 'Tear-off',
      lines: [
        line('lab', 'Remove shingles and felt, one layer', 24, 'sq', 62),
        line('lab', 'Remove a second layer', 24, 'sq', 28, { optional: true }),
        line('lab', 'Remove old flashings, vents and drip edge', 1, 'ls', 240),
        line('lab', 'Re-nail loose decking', 24, 'sq', 6),
      ],
    },
    {
      name: 'Decking',
      lines: [
        line('mat', 'OSB sheathing 7/16", 4 × 8', 4, 'sheet', 24.5, {
          note: 'Allowance; more at this price',
        }),
        line('lab', 'Replace damaged sheathing', 4, 'sheet', 34),
      ],
    },
    {
      name: 'Dry-in',
      lines: [
        line('mat', 'Drip edge, aluminum, 10 ft', 26, 'pc', 9.85, { waste: 5 }),
        line('mat', 'Ice and water shield, 2 sq roll', 3, 'roll', 92.5, {
          waste: 5,
          note: 'Eaves and valleys',
        }),
        line('mat', 'Synthetic underlayment, 10 sq roll', 3, 'roll', 108, { waste: 5 }),
        line('lab', 'Install underlayment and drip edge', 24, 'sq', 16),
      ],
    },
    {
      name: 'Shingles',
      lines: [
        line('mat', 'Architectural shingles', 24, 'sq', 118.5, { waste: 10, note: '3 bundles a square' }),
        line('mat', 'Starter strip, 105 ft bundle', 3, 'bundle', 52, { waste: 5 }),
        line('mat', 'Hip and ridge cap, 25 ft bundle', 5, 'bundle', 68, { waste: 5 }),
        line('mat', 'Coil nails 1 1/4", 7,200', 4, 'box', 46.75),
        line('lab', 'Install shingles', 24, 'sq', 96),
        line('lab', 'Steep slope, over 8/12', 24, 'sq', 22, { optional: true }),
        line('mat', 'Impact-rated shingles instead, difference', 24, 'sq', 41, { waste: 10, optional: true }),
      ],
    },
    {
      name: 'Flashing and ventilation',
      lines: [
        line('mat', 'Step flashing, 5 × 7', 60, 'pc', 1.65, { waste: 5 }),
        line('mat', 'Pipe boots', 3, 'ea', 16.5),
        line('mat', 'Valley metal, 24" × 50 ft', 1, 'roll', 118),
        line('mat', 'Ridge vent, 4 ft', 10, 'pc', 17.4),
        line('mat', 'Chimney flashing kit', 1, 'ea', 165),
        line('lab', 'Flash walls, valleys and chimney', 10, 'hr', 62),
        line('sub', 'Re-flash a skylight', 1, 'ea', 385, { optional: true }),
      ],
    },
    {
      name: 'Finish',
      lines: [
        line('lab', 'Clean up, magnet sweep, final walk', 6, 'hr', 52),
        line('sub', 'Seamless gutters 6", with downspouts', 140, 'lf', 11.75, { optional: true }),
      ],
    },
  ],
  risks: [
    risk(
      'Hidden damage',
      'More rotten decking than allowed for',
      [35, 400, 2600],
      'Look at the deck from the attic before the bid',
      75,
      [15, 200, 1200],
    ),
    risk(
      'Hidden damage',
      'A second layer under the first',
      [15, 700, 1600],
      'Lift a shingle at the eave and the rake',
      25,
      [3, 700, 1600],
    ),
    risk(
      'Weather',
      'Rain stops the work, crew and dumpster wait',
      [30, 300, 1500],
      'Tear off only what can be dried in the same day',
      0,
      [20, 150, 700],
    ),
    risk(
      'Weather',
      'Rain gets into an open roof',
      [6, 1500, 12000],
      'Tarps on site, forecast at noon',
      60,
      [2, 500, 4000],
    ),
    risk(
      'Materials',
      'Shingle price rises before delivery',
      [20, 250, 900],
      'Order when the deposit arrives',
      0,
      [5, 100, 400],
    ),
    risk(
      'Labor',
      'Crew slower than planned on cut-up roof',
      [25, 400, 1800],
      'Measure hips, valleys and pitch from aerial report',
      45,
      [12, 300, 1000],
    ),
    risk(
      'Site',
      'Damage to plants, siding or driveway',
      [12, 150, 1500],
      'Photographs before, plywood under the dumpster',
      40,
      [5, 100, 800],
    ),
    risk(
      'Permits',
      'Inspection asks for changes',
      [8, 150, 900],
      'Ask the building office for its current list',
      0,
      [3, 100, 500],
    ),
  ],
  scope: paragraphs(
    'We remove the existing roof covering down to the deck, repair the deck where it is needed, and install a complete new asphalt shingle roof with underlayment, flashings and ventilation.',
    'We leave the site clean every evening and sweep for nails with a magnet at the end.',
  ),
  terms: usualTerms('roofing'),
};
