/** What stands below the prices: their sum, how they are rounded, terms, signatures. */
import { formatUnitCost, minorUnit } from '@tidemark/estimating';
import type { Column, Content, TableCell } from 'pdfmake/interfaces.js';
import { fitted, gap } from './font.ts';
import { headline, label, rule, under } from './head.ts';
import type { Offer } from './offer.ts';
import { accentOf, bare, grey, hairline, ink, small } from './paper.ts';
import { multiplies } from './prices.ts';
import { prose } from './prose.ts';
import type { Voice } from './voice.ts';

export function sumOf(offer: Offer, voice: Voice, width: number): Content {
  const { tax } = offer;
  const rows: [string, string][] =
    tax.is === 'shown'
      ? [
          ['Subtotal', voice.money(offer.price)],
          [`Tax (${voice.rate(tax.rateBp)})`, voice.money(tax.amount)],
        ]
      : [];
  const total = tax.is === 'shown' ? tax.total : offer.price;
  const accent = accentOf(offer.company.accent);
  const room = 250;
  const cells = (name: string, amount: string, strong: boolean): TableCell[] => [
    { text: name, bold: strong, fontSize: strong ? 12 : 9.5, color: strong ? ink : grey },
    { text: amount, bold: strong, fontSize: strong ? 12 : 9.5, alignment: 'right' },
  ];
  const body = [
    ...rows.map(([name, amount]) => cells(name, amount, false)),
    cells(tax.is === 'apart' ? 'Total before tax' : 'Total', voice.money(total), true),
  ];
  return {
    unbreakable: true,
    margin: [width - room, 12, 0, 0],
    stack: [
      {
        table: { widths: [100, room - 100], body },
        layout: {
          ...bare,
          hLineWidth: (row) => (row === body.length - 1 ? 1.2 : 0),
          hLineColor: () => accent,
          paddingTop: (row) => (row === body.length - 1 ? 6 : 3),
          paddingBottom: (row) => (row === body.length - 1 ? 6 : 3),
        },
      },
    ],
  };
}

export function notesOf(offer: Offer): Content {
  const { currency, tax } = offer;
  const said = [
    `Prices are in ${currency}, rounded to ${coinOf(currency)} so that they come to the total exactly.`,
    ...(hasRoundedUnits(offer) ? ['Unit prices are rounded; the price of a line counts.'] : []),
    ...(tax.is === 'apart' ? ['Tax is charged in addition.'] : []),
  ];
  return { stack: said, fontSize: small, color: grey, alignment: 'right', margin: [0, 2, 0, 0] };
}

/** Whether somewhere a quantity times its unit price is not the price of the line, or cannot be told to be. */
function hasRoundedUnits({ sections, options, currency }: Offer): boolean {
  return [...sections.flatMap(({ lines }) => lines ?? []), ...options].some(
    ({ quantity, unitPrice, price }) =>
      unitPrice !== null && (quantity === null || !multiplies({ quantity, unitPrice, price }, currency)),
  );
}

function coinOf(currency: string): string {
  return formatUnitCost(minorUnit(currency), currency, 'en-US');
}

export function closingOf(offer: Offer, voice: Voice, width: number): Content[] {
  const accent = accentOf(offer.company.accent);
  const terms = voice.lines(offer.terms);
  const made: Content[] = [];
  if (terms.length > 0) made.push(...under(headline('Terms', accent), prose(terms)));
  made.push(acceptance(offer, voice, width, accent));
  if (voice.hasGaps) {
    made.push({
      text: `${gap} stands for characters that this paper's font does not have.`,
      fontSize: small,
      color: grey,
      margin: [0, 14, 0, 0],
    });
  }
  return made;
}

function acceptance(offer: Offer, voice: Voice, width: number, accent: string): Content {
  const half = (width - 36) / 2;
  const until = voice.day(offer.validUntil);
  const company = voice.line(offer.company.name);
  const client = voice.line(offer.client.name);
  return {
    unbreakable: true,
    stack: [
      headline('Acceptance', accent),
      {
        text: `${accepted(offer)} above are accepted; the work may begin as described.${
          until === '' ? '' : ` This offer may be accepted until ${until}.`
        }`,
        margin: [0, 0, 0, 8],
      },
      {
        columns: [
          signature(client === '' ? 'Client' : client, half),
          signature(company === '' ? 'Contractor' : company, half),
        ],
        columnGap: 36,
      },
    ],
  };
}

function accepted({ scope, terms }: Offer): string {
  const [said, agreed] = [scope.trim() !== '', terms.trim() !== ''];
  if (said && agreed) return 'The prices, scope and terms';
  return said ? 'The prices and the scope' : agreed ? 'The prices and terms' : 'The prices';
}

function signature(who: string, width: number): Column {
  const line = (name: string, from: number, to: number): Column & Content => ({
    width: to - from,
    stack: [rule(to - from, 0.7, ink, [0, 0, 0, 3]), label(name)],
  });
  return {
    width,
    stack: [
      { text: who, bold: true },
      { text: ' ', fontSize: 24 },
      {
        columns: [line('Signature', 0, width * 0.64), line('Date', width * 0.7, width)],
        columnGap: width * 0.06,
      },
      { text: ' ', fontSize: 16 },
      line('Name in print', 0, width),
    ],
  };
}

export function footer(
  offer: Offer,
  voice: Voice,
  page: number,
  pages: number,
  width: number,
  side: number,
): Content {
  const { company } = offer;
  const parts = [company.name, company.phone, company.website].map((part) => voice.line(part));
  return {
    margin: [side, 14, side, 0],
    stack: [
      rule(width, 0.5, hairline, [0, 0, 0, 5]),
      {
        fontSize: small,
        color: grey,
        columns: [
          {
            width: width - 130,
            text: fitted(parts.filter((part) => part !== '').join('  ·  '), small, width - 130),
          },
          { width: 120, alignment: 'right', text: `Page ${page} of ${pages}` },
        ],
        columnGap: 10,
      },
    ],
  };
}
