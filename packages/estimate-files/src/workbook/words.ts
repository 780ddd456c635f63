import type { LineKind, RiskOutcome } from '@tidemark/documents/estimate';

/** Words of a workbook and of a CSV file for what the document has codes for. */

export const kindWords: Readonly<Record<LineKind, string>> = {
  mat: 'Material',
  lab: 'Labour',
  equip: 'Equipment',
  sub: 'Subcontract',
  other: 'Other',
};

export const outcomeWords: Readonly<Record<RiskOutcome, string>> = {
  open: 'Open',
  struck: 'Struck',
  avoided: 'Avoided',
};

export const yes = 'yes';
/** Over the lines that lie in no section. */
export const looseSection = 'Without section';

/** Columns of the sheet Estimate, and of a CSV file after its section. */
export const lineHeads = [
  'Code',
  'Description',
  'Kind',
  'Quantity',
  'Unit',
  'Unit cost',
  'Waste',
  'Optional',
  'Amount',
  'Note',
] as const;

/** What a workbook says of itself, in the cell that this name points to. */
export const formatName = 'TidemarkFormat';
export const sheetNames = {
  estimate: 'Estimate',
  risks: 'Risks',
  actuals: 'Actuals',
  lessons: 'Lessons',
  parameters: 'Parameters',
} as const;
