import type { LineKind } from '@tidemark/documents/estimate';

/** Kinds of cost, as people call them. */
export const lineKindWords: Readonly<Record<LineKind, string>> = {
  mat: 'Materials',
  lab: 'Labour',
  equip: 'Equipment',
  sub: 'Subcontract',
  other: 'Other',
};
