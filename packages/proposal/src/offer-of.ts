/** From an estimate to what its customer is told of it. */
import type { EstimateView, LineView } from '@tidemark/documents/estimate';
import { calculate, type Estimation } from '@tidemark/estimating';
import { type Failure, fail } from './failure.ts';
import type { Letterhead, Offer, OfferLine, Tax } from './offer.ts';
import { pricesOf, unitPriceOf } from './prices.ts';

export interface OfferInput {
  readonly view: EstimateView;
  readonly texts: { readonly scope: string; readonly terms: string };
  readonly company: Letterhead & {
    /** Of an estimate that has none of its own. */
    readonly terms: string;
    /** A name of the time zone database: where the days of the paper begin. */
    readonly timeZone: string;
  };
  /** The day of a draft is that of its writing. ISO 8601. */
  readonly now: string;
}

/** An estimate whose bid is not what its rules say, such as one with a margin of 100 %, has no offer. */
export function offerOf({ view, texts, company, now }: OfferInput): Offer | Failure {
  const { meta, params, proposal } = view;
  const { terms, timeZone, ...letterhead } = company;
  const draft = meta.status.is === 'draft';
  const estimation = calculate(view);
  const wrong = estimation.findings.find(({ code }) => code !== 'low-above-high');
  if (wrong !== undefined) return fail('no-price', wrong.detail);
  const detailed = proposal.detail === 'lines';
  const columns = {
    quantity: detailed && proposal.showQuantities,
    unitPrice: detailed && proposal.showUnitCosts,
  };
  const told = (line: LineView, price: number): OfferLine => ({
    name: line.name,
    quantity: columns.quantity ? line.qty : null,
    unit: columns.quantity ? line.unit : '',
    unitPrice: columns.unitPrice ? unitPriceOf(price, line.qty, meta.currency) : null,
    price,
  });
  return {
    paper: proposal.paper,
    company: letterhead,
    heading: proposal.heading.trim() || 'Proposal',
    title: meta.title,
    number: numberOf(view),
    draft,
    date: dayOf(draft || meta.status.at === '' ? now : meta.status.at, timeZone),
    validUntil: meta.validUntil,
    preparedBy: meta.preparedBy,
    client: { name: meta.client, address: meta.clientAddress, email: meta.clientEmail },
    site: meta.site,
    scope: texts.scope,
    terms: texts.terms.trim() === '' ? terms : texts.terms,
    currency: meta.currency,
    columns,
    sections: pricesOf(view, estimation).map(({ name, price, lines }) => ({
      name,
      price,
      lines: detailed ? lines.map((line) => told(line.line, line.price)) : null,
    })),
    options: proposal.showOptional ? optionsOf(view, estimation, told) : [],
    price: estimation.bid,
    tax: taxOf(params.taxBp, proposal.showTax, estimation),
  };
}

/** A second submission says that it is one. */
function numberOf({ meta }: EstimateView): string {
  const again = meta.status.is !== 'draft' && meta.status.number !== null && meta.status.number > 1;
  return [meta.number.trim(), again ? `version ${meta.status.number}` : '']
    .filter((part) => part !== '')
    .join(', ');
}

function optionsOf(
  { sections }: EstimateView,
  { options }: Estimation,
  told: (line: LineView, price: number) => OfferLine,
): OfferLine[] {
  return sections.flatMap(({ lines }) =>
    lines.flatMap((line) => {
      const price = options.get(line.id);
      return price === undefined ? [] : [told(line, price)];
    }),
  );
}

function taxOf(rateBp: number, shown: boolean, { tax, total }: Estimation): Tax {
  if (rateBp === 0) return { is: 'none' };
  return shown ? { is: 'shown', rateBp, amount: tax, total } : { is: 'apart' };
}

function dayOf(moment: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(new Date(moment));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}`;
}
