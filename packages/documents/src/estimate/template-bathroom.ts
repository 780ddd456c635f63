import { line, paragraphs, risk, type TemplateContent } from './template-content.ts';
import { usualTerms } from './template-terms.ts';

/** A full bathroom of 8 × 10 ft, fixtures where they were. */
export const bathroom: TemplateContent = {
  params: { targetBp: 2500, marginMode: 'margin', overheadBp: 1200, contingencyBp: 500 },
  sections: [
    {
      name: 'Preparation and demolition',
      lines: [
        line('other', 'Permits: building, plumbing, electrical', 1, 'ls', 420),
        line('mat', 'Floor protection and dust barriers', 1, 'ls', 135),
        line('lab', 'Demolition to the studs', 20, 'hr', 52),
        line('equip', 'Dumpster, 10 yd, with disposal', 1, 'ea', 410),
      ],
    },
    {
      name: 'Rough-in',
      lines: [
        line('sub', 'Plumbing rough-in: tub, toilet, vanity', 1, 'ls', 2350),
        line('sub', 'Electrical rough-in: circuit, GFCI, lights, fan', 1, 'ls', 1480),
        line('mat', 'Exhaust fan 110 cfm with duct', 1, 'ea', 215),
        line('mat', 'Framing lumber and blocking', 1, 'ls', 165),
        line('lab', 'Framing and blocking', 8, 'hr', 58),
        line('sub', 'Move the toilet drain', 1, 'ea', 1150, { optional: true }),
      ],
    },
    {
      name: 'Walls and ceiling',
      lines: [
        line('mat', 'Cement board 1/2", 3 × 5', 9, 'sheet', 15.8, { waste: 10 }),
        line('mat', 'Moisture-resistant drywall 1/2", 4 × 8', 8, 'sheet', 18.5, { waste: 10 }),
        line('mat', 'Liquid waterproofing membrane, 3.5 gal', 1, 'pail', 189),
        line('lab', 'Hang board, waterproof the wet area', 14, 'hr', 56),
        line('lab', 'Tape, finish and sand', 12, 'hr', 54),
      ],
    },
    {
      name: 'Tile',
      lines: [
        line('mat', 'Floor tile, porcelain 12 × 24', 60, 'sf', 5.25, { waste: 12, note: 'Allowance' }),
        line('mat', 'Wall tile, ceramic 3 × 12', 75, 'sf', 6.4, { waste: 12, note: 'Allowance' }),
        line('mat', 'Thinset, grout, trim and spacers', 1, 'ls', 285),
        line('lab', 'Set and grout floor tile', 60, 'sf', 11.5),
        line('lab', 'Set and grout wall tile', 75, 'sf', 14),
        line('sub', 'Electric floor heat with thermostat', 45, 'sf', 21, { optional: true }),
        line('lab', 'Tiled niche', 1, 'ea', 320, { optional: true }),
      ],
    },
    {
      name: 'Fixtures',
      lines: [
        line('mat', 'Alcove tub 60"', 1, 'ea', 485, { note: 'Allowance' }),
        line('mat', 'Tub and shower valve with trim', 1, 'ea', 320, { note: 'Allowance' }),
        line('mat', 'Toilet, comfort height', 1, 'ea', 295, { note: 'Allowance' }),
        line('mat', 'Vanity 48" with top, sink and faucet', 1, 'ea', 1180, { note: 'Allowance' }),
        line('mat', 'Mirror, light, towel bars', 1, 'ls', 420, { note: 'Allowance' }),
        line('sub', 'Set and connect fixtures', 1, 'ls', 980),
        line('sub', 'Frameless glass screen', 1, 'ea', 1150, { optional: true }),
      ],
    },
    {
      name: 'Finish',
      lines: [
        line('mat', 'Paint, caulk and baseboard', 1, 'ls', 185),
        line('lab', 'Paint and trim', 14, 'hr', 52),
        line('lab', 'Clean up and final walk', 6, 'hr', 48),
      ],
    },
  ],
  risks: [
    risk(
      'Hidden damage',
      'Rot in the subfloor under tub or toilet',
      [40, 350, 2800],
      'Moisture meter and a look from below',
      60,
      [20, 250, 1400],
    ),
    risk(
      'Hidden damage',
      'Old galvanized or cast iron pipe',
      [20, 600, 3500],
      'Open one wall before the bid',
      150,
      [8, 400, 2000],
    ),
    risk(
      'Hidden damage',
      'Asbestos or lead found',
      [8, 900, 6000],
      'Test before demolition',
      140,
      [3, 900, 4000],
    ),
    risk(
      'Materials',
      'Tile or vanity back-ordered',
      [30, 200, 1200],
      'All of it in the garage before we start',
      0,
      [8, 100, 500],
    ),
    risk(
      'Subcontractors',
      'Plumber or electrician not there when needed',
      [25, 250, 1400],
      'Dates agreed on in writing',
      0,
      [12, 150, 700],
    ),
    risk(
      'Scope',
      'Customer changes fixtures after rough-in',
      [30, 300, 2200],
      'Selections signed before demolition',
      0,
      [10, 150, 900],
    ),
    risk(
      'Permits',
      'Inspection asks for changes',
      [12, 150, 1100],
      'Photographs of all rough-in, inspector asked early',
      0,
      [5, 100, 600],
    ),
  ],
  scope: paragraphs(
    'We remodel the bathroom down to the studs: new plumbing and wiring where it is opened, waterproofed walls, tile, tub, toilet, vanity, light and ventilation, painted and ready for use.',
    'Fixtures and tile are allowances: the price follows what you choose.',
  ),
  terms: usualTerms('remodeling'),
};
