import type { ItemFields } from './shapes.ts';

/**
 * A roofer's price list to begin with. The proportions are those of the trade (three bundles a square, a roll of underlayment for ten
 * squares, …); the prices are plausible and nobody's: each says that it is a sample.
 */
type SampleItem = readonly [code: string, name: string, unit: string, dollars: number, wastePercent?: number];
type SampleComponent = readonly [code: string, quantity: number, whole?: 'whole'];

export interface SampleAssembly {
  readonly name: string;
  readonly unit: string;
  readonly category: string;
  readonly description: string;
  readonly components: readonly SampleComponent[];
}

export const sampleNote = 'Sample price';

const itemsByCategory: Readonly<Record<string, { kind: ItemFields['kind']; items: readonly SampleItem[] }>> =
  {
    Shingles: {
      kind: 'mat',
      items: [
        ['SH-ARCH', 'Architectural shingles, laminated, 30 year', 'bundle', 38.5, 10],
        ['SH-3TAB', 'Three-tab shingles, 25 year', 'bundle', 31.25, 10],
        ['SH-START', 'Starter strip, 120 ft', 'bundle', 52, 5],
        ['SH-RIDGE', 'Hip and ridge cap, 33 ft', 'bundle', 62.5, 5],
      ],
    },
    Underlayment: {
      kind: 'mat',
      items: [
        ['UL-SYN', 'Synthetic underlayment, 10 square roll', 'roll', 98, 10],
        ['UL-FELT', 'Asphalt felt no. 15, 4 square roll', 'roll', 32, 10],
        ['UL-ICE', 'Ice and water shield, 2 square roll', 'roll', 84, 10],
      ],
    },
    Flashing: {
      kind: 'mat',
      items: [
        ['FL-DRIP', 'Drip edge, aluminium, 10 ft', 'piece', 8.75, 5],
        ['FL-STEP', 'Step flashing, 4 × 4 × 8 in', 'piece', 0.85, 5],
        ['FL-VALLEY', 'Valley metal, 24 in × 10 ft', 'piece', 34, 5],
        ['FL-CHIM', 'Chimney flashing kit', 'kit', 145],
        ['FL-PIPE', 'Pipe boot, 1½ to 3 in', 'each', 14.5],
      ],
    },
    'Fasteners and sealants': {
      kind: 'mat',
      items: [
        ['FS-COIL', 'Coil roofing nails 1¼ in, box of 7,200', 'box', 42],
        ['FS-CAP', 'Plastic cap nails, box of 2,000', 'box', 24],
        ['FS-PLATE', 'Membrane screws and plates', 'each', 0.72, 5],
        ['FS-SEAL', 'Roof sealant, 10 oz', 'tube', 8.4],
      ],
    },
    'Decking and vents': {
      kind: 'mat',
      items: [
        ['DK-OSB', 'OSB sheathing 7/16 in, 4 × 8 ft', 'sheet', 19.8, 5],
        ['DK-CDX', 'CDX plywood ½ in, 4 × 8 ft', 'sheet', 34.5, 5],
        ['VT-RIDGE', 'Ridge vent, 4 ft', 'piece', 16.5, 5],
        ['VT-BOX', 'Box vent, aluminium', 'each', 22],
      ],
    },
    'Low slope': {
      kind: 'mat',
      items: [
        ['LS-TPO', 'TPO membrane, 60 mil', 'sq ft', 1.15, 10],
        ['LS-ISO', 'Polyiso board 2 in, 4 × 8 ft', 'sheet', 41, 5],
        ['LS-CAP', 'Modified bitumen cap sheet, 1 square roll', 'roll', 112, 10],
        ['LS-BASE', 'Self-adhered base sheet, 2 square roll', 'roll', 96, 10],
      ],
    },
    Gutters: {
      kind: 'mat',
      items: [
        ['GT-5IN', 'Seamless gutter 5 in, aluminium', 'ft', 4.6, 5],
        ['GT-DOWN', 'Downspout 2 × 3 in, 10 ft', 'piece', 17.5, 5],
        ['GT-HANG', 'Hidden hanger with screw', 'each', 1.1],
      ],
    },
    Labour: {
      kind: 'lab',
      items: [
        ['LB-TEAR', 'Tear off one layer', 'sq', 55],
        ['LB-TEAR2', 'Tear off each further layer', 'sq', 32],
        ['LB-UNDER', 'Lay underlayment', 'sq', 12],
        ['LB-SHING', 'Lay shingles, up to 8/12', 'sq', 95],
        ['LB-STEEP', 'Steep roof, over 8/12', 'sq', 38],
        ['LB-FLASH', 'Flashing and metal work', 'h', 68],
        ['LB-DECK', 'Replace decking', 'sheet', 28],
        ['LB-LOW', 'Lay low-slope membrane', 'sq', 165],
        ['LB-GUTTER', 'Hang gutter', 'ft', 4.2],
        ['LB-CLEAN', 'Clean up, magnet sweep', 'sq', 6],
        ['LB-ROOFER', 'Roofer', 'h', 58],
        ['LB-FOREMAN', 'Foreman', 'h', 78],
      ],
    },
    Equipment: {
      kind: 'equip',
      items: [
        ['EQ-DUMP', 'Dumpster 20 yd, one week', 'each', 495],
        ['EQ-LIFT', 'Boom lift', 'day', 385],
        ['EQ-SAFETY', 'Fall protection set', 'week', 60],
      ],
    },
    Subcontractors: {
      kind: 'sub',
      items: [
        ['SB-LOAD', 'Rooftop delivery', 'each', 320],
        ['SB-MAST', 'Electrician, reset mast', 'each', 450],
        ['SB-MASON', 'Mason, repoint chimney', 'h', 85],
      ],
    },
    Fees: {
      kind: 'other',
      items: [
        ['FE-PERMIT', 'Building permit, re-roof', 'each', 285],
        ['FE-DISPOSE', 'Disposal fee', 'ton', 68],
      ],
    },
  };

export const sampleItems: readonly ItemFields[] = Object.entries(itemsByCategory).flatMap(
  ([category, { kind, items }]) =>
    items.map(([code, name, unit, dollars, wastePercent = 0]) => ({
      code,
      name,
      unit,
      unitCost: Math.round(dollars * 10_000),
      currency: 'USD',
      kind,
      wasteBp: wastePercent * 100,
      category,
      note: sampleNote,
    })),
);

const newRoof: readonly SampleComponent[] = [
  ['SH-ARCH', 3, 'whole'],
  ['SH-START', 0.05, 'whole'],
  ['SH-RIDGE', 0.1, 'whole'],
  ['UL-SYN', 0.1, 'whole'],
  ['FL-DRIP', 0.8, 'whole'],
  ['FS-COIL', 0.05, 'whole'],
  ['FS-CAP', 0.05, 'whole'],
  ['LB-UNDER', 1],
  ['LB-SHING', 1],
  ['LB-CLEAN', 1],
];
const tearOff: readonly SampleComponent[] = [
  ['LB-TEAR', 1],
  ['EQ-DUMP', 0.04, 'whole'],
  ['FE-DISPOSE', 0.125],
];

export const sampleAssemblies: readonly SampleAssembly[] = [
  {
    name: 'Re-roof with architectural shingles',
    unit: 'sq',
    category: 'Steep slope',
    description:
      'Tear off one layer and dispose of it; underlayment, shingles, ridge cap, nails and labour. Sample prices.',
    components: [...tearOff, ...newRoof],
  },
  {
    name: 'Architectural shingles on new decking',
    unit: 'sq',
    category: 'Steep slope',
    description: 'Underlayment, shingles, ridge cap, nails and labour, without tear-off. Sample prices.',
    components: newRoof,
  },
  {
    name: 'Tear-off and disposal, one layer',
    unit: 'sq',
    category: 'Demolition',
    description:
      'Labour, a dumpster for each 25 squares, and 250 lb a square at the landfill. Sample prices.',
    components: tearOff,
  },
  {
    name: 'Decking replacement',
    unit: 'sheet',
    category: 'Demolition',
    description: 'A sheet of OSB, nailed. Sample prices.',
    components: [
      ['DK-OSB', 1, 'whole'],
      ['FS-COIL', 0.01, 'whole'],
      ['LB-DECK', 1],
    ],
  },
  {
    name: 'Ice and water shield at eaves and valleys',
    unit: 'sq',
    category: 'Steep slope',
    description: 'Per square that is covered. Sample prices.',
    components: [
      ['UL-ICE', 0.5, 'whole'],
      ['LB-UNDER', 1],
    ],
  },
  {
    name: 'TPO roof, 60 mil, on 2 in insulation',
    unit: 'sq',
    category: 'Low slope',
    description: 'Insulation boards, membrane, plates and labour. Sample prices.',
    components: [
      ['LS-ISO', 3.125, 'whole'],
      ['LS-TPO', 100],
      ['FS-PLATE', 60, 'whole'],
      ['FS-SEAL', 0.2, 'whole'],
      ['LB-LOW', 1],
    ],
  },
  {
    name: 'Modified bitumen, two ply',
    unit: 'sq',
    category: 'Low slope',
    description: 'Self-adhered base and cap sheet. Sample prices.',
    components: [
      ['LS-BASE', 0.5, 'whole'],
      ['LS-CAP', 1, 'whole'],
      ['FS-SEAL', 0.2, 'whole'],
      ['LB-LOW', 1],
    ],
  },
  {
    name: 'Chimney flashing',
    unit: 'each',
    category: 'Details',
    description: 'Kit, step flashing, sealant and four hours. Sample prices.',
    components: [
      ['FL-CHIM', 1, 'whole'],
      ['FL-STEP', 12, 'whole'],
      ['FS-SEAL', 2, 'whole'],
      ['LB-FLASH', 4],
    ],
  },
  {
    name: 'Pipe penetration',
    unit: 'each',
    category: 'Details',
    description: 'Boot, sealant and half an hour. Sample prices.',
    components: [
      ['FL-PIPE', 1, 'whole'],
      ['FS-SEAL', 0.5, 'whole'],
      ['LB-FLASH', 0.5],
    ],
  },
  {
    name: 'Seamless gutter with downspouts',
    unit: 'ft',
    category: 'Gutters',
    description: 'A hanger each 2 ft, a downspout each 40 ft. Sample prices.',
    components: [
      ['GT-5IN', 1],
      ['GT-HANG', 0.5, 'whole'],
      ['GT-DOWN', 0.025, 'whole'],
      ['LB-GUTTER', 1],
    ],
  },
];
