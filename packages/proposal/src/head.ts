/** What stands above the prices on the first page, and the running head of the others. */
import type { Column, Content } from 'pdfmake/interfaces.js';
import { fitted, widthOf } from './font.ts';
import { inspectLogo } from './logo.ts';
import type { Offer } from './offer.ts';
import { accentOf, bare, grey, hairline, ink, side, small, text } from './paper.ts';
import { prose } from './prose.ts';
import type { Voice } from './voice.ts';

/** Points that a logo may take. */
const logoRoom = { width: 190, height: 58 };

/** Width and height on the paper, in points: one for a pixel at most, so that a small logo stays sharp. */
export function logoSize({ width, height }: { width: number; height: number }): [number, number] {
  const zoom = Math.min(1, logoRoom.width / width, logoRoom.height / height);
  return [width * zoom, height * zoom];
}

export function headOf(offer: Offer, voice: Voice, width: number): Content[] {
  const accent = accentOf(offer.company.accent);
  const right = 214;
  const head: Content[] = [
    {
      columns: [
        { width: width - right - 24, stack: senderOf(offer, voice) },
        { width: right, stack: paperOf(offer, voice, accent) },
      ],
      columnGap: 24,
    },
    rule(width, 1.4, accent, [0, 13, 0, 14]),
  ];
  const title = voice.line(offer.title);
  if (title !== '')
    head.push({ text: title, fontSize: 15, bold: true, lineHeight: 1.1, margin: [0, 0, 0, 10] });
  const [client, site] = [clientOf(offer, voice), voice.lines(offer.site)];
  const half = (width - 24) / 2;
  const blocks: Column[] = [];
  if (client.length > 0) blocks.push({ width: half, stack: [label('Prepared for'), ...client] });
  if (site.length > 0) blocks.push({ width: half, stack: [label('Site'), ...site] });
  if (blocks.length > 0) head.push({ columns: blocks, columnGap: 24, margin: [0, 0, 0, 4] });
  const scope = voice.lines(offer.scope);
  if (scope.length > 0) head.push(...under(headline('Scope of work', accent), prose(scope)));
  return head;
}

/** A headline on the page of the first thing under it. */
export function under(head: Content, content: readonly Content[]): Content[] {
  const [first, ...rest] = content;
  return first === undefined ? [] : [{ stack: [head, first], unbreakable: true }, ...rest];
}

/**
 * A headline above a table: on the page of the table's first `room` points. The table is not made unbreakable with it, for it may be
 * longer than a page; room is asked for, then given back.
 */
export function above(table: Content, head: Content, room: number): Content[] {
  return [
    { stack: [head, { text: ' ', fontSize: 1, lineHeight: 1, margin: [0, 0, 0, room] }], unbreakable: true },
    { stack: [table], margin: [0, -room - 1.2, 0, 0] },
  ];
}

export function headline(name: string, accent: string): Content {
  return { text: name, fontSize: 11.5, bold: true, color: accent, margin: [0, 13, 0, 4] };
}

export function label(name: string): Content {
  return { text: name, fontSize: small, color: grey, margin: [0, 0, 0, 2] };
}

export function rule(
  width: number,
  lineWidth: number,
  lineColor: string,
  margin: [number, number, number, number],
): Content {
  return { canvas: [{ type: 'line', x1: 0, y1: 0, x2: width, y2: 0, lineWidth, lineColor }], margin };
}

/** Company, heading and number, from the second page on. */
export function runningHead(offer: Offer, voice: Voice, width: number): Content {
  const { company, heading, number, title } = offer;
  const left = [voice.line(company.name), voice.line(title)].filter((part) => part !== '').join('  ·  ');
  const right = [offer.draft ? 'Draft' : '', voice.line(heading), voice.line(number)].filter(
    (part) => part !== '',
  );
  const said = fitted(right.join(' '), small, width * 0.4);
  const room = Math.ceil(widthOf(said, small)) + 1;
  return {
    margin: [side, 30, side, 0],
    stack: [
      {
        fontSize: small,
        color: grey,
        columns: [
          { width: width - room - 20, text: fitted(left, small, width - room - 20) },
          { width: room, alignment: 'right', text: said },
        ],
        columnGap: 20,
      },
      rule(width, 0.5, hairline, [0, 5, 0, 0]),
    ],
  };
}

function senderOf({ company }: Offer, voice: Voice): Content[] {
  const made: Content[] = [];
  const logo = company.logo === null ? null : inspectLogo(company.logo);
  if (logo !== null && typeof logo !== 'string') {
    const [width, height] = logoSize(logo);
    made.push({ image: 'logo', width, height, margin: [0, 0, 0, 8] });
  }
  const name = voice.line(company.name);
  if (name !== '') made.push({ text: name, fontSize: 12.5, bold: true, margin: [0, 0, 0, 3] });
  const reach = [company.phone, company.email, company.website].map((part) => voice.line(part));
  const licence = voice.line(company.licence);
  const rest = [
    ...voice.lines(company.address),
    reach.filter((part) => part !== '').join('  ·  '),
    licence === '' ? '' : `License ${licence}`,
  ];
  for (const line of rest) if (line !== '') made.push({ text: line, fontSize: small + 0.5, color: grey });
  return made;
}

function paperOf(offer: Offer, voice: Voice, accent: string): Content[] {
  const facts: [string, string][] = [
    ['Number', voice.line(offer.number)],
    ['Date', voice.day(offer.date)],
    ['Valid until', voice.day(offer.validUntil)],
    ['Prepared by', voice.line(offer.preparedBy)],
  ];
  const rows = facts.filter(([, value]) => value !== '');
  const made: Content[] = [
    { text: voice.line(offer.heading), fontSize: 21, color: accent, alignment: 'right', lineHeight: 1.05 },
  ];
  if (offer.draft) {
    made.push({ text: 'Draft, not an offer yet', fontSize: text, color: grey, alignment: 'right' });
  }
  if (rows.length > 0) {
    made.push({
      margin: [0, 8, 0, 0],
      layout: { ...bare, paddingBottom: () => 2.5 },
      table: {
        widths: [70, 144],
        body: rows.map(([name, value]) => [
          { text: name, color: grey },
          { text: value, alignment: 'right', color: ink },
        ]),
      },
    });
  }
  return made;
}

function clientOf({ client }: Offer, voice: Voice): Content[] {
  const name = voice.line(client.name);
  const made: Content[] = name === '' ? [] : [{ text: name, bold: true }];
  const email = voice.line(client.email);
  return [...made, ...voice.lines(client.address), ...(email === '' ? [] : [email])];
}
