import { paragraphs } from './template-content.ts';

/** Terms that a contractor would begin with; each company has its own lawyer. */
export function usualTerms(trade: 'roofing' | 'remodeling'): string {
  const trouble =
    trade === 'roofing'
      ? 'Hidden damage. Rotten or missing roof decking, rafters or fascia that come to light after tear-off are replaced at the unit prices above, or by a written change order where none is given. We show you photographs before the work is covered.'
      : 'Hidden damage. Rot, mold, and plumbing or wiring that does not meet code and comes to light after demolition are put right by a written change order. We show you photographs before the work is covered.';
  return paragraphs(
    'Payment. 30 % on acceptance, 40 % when materials are delivered, 30 % on completion. Invoices are due within 15 days.',
    'Schedule. We agree on a starting date when the proposal is accepted. Weather and the availability of materials may move it; we tell you as soon as we know.',
    trouble,
    'Changes. Any change of the scope is agreed on in writing, with its price, before it is carried out.',
    'Permits and insurance. We obtain the permits named in this proposal and carry general liability insurance and workers’ compensation.',
    trade === 'roofing'
      ? 'Warranty. We warrant our workmanship for ten years from completion. Materials carry the warranty of their manufacturer, which we register for you.'
      : 'Warranty. We warrant our workmanship for two years from completion. Fixtures and materials carry the warranty of their manufacturer.',
    'Acceptance. This proposal may be withdrawn by us if it is not accepted by the date given on it.',
  );
}
