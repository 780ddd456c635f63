import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { closingOf, footer, notesOf, sumOf } from './closing.ts';
import { type Failure, fail } from './failure.ts';
import { fontFiles, plain } from './font.ts';
import { above, headline, headOf, runningHead } from './head.ts';
import { limits } from './limits.ts';
import { inspectLogo } from './logo.ts';
import type { Offer } from './offer.ts';
import { accentOf, ink, margins, papers, side, text } from './paper.ts';
import { PriceTable } from './price-table.ts';
import { language, Voice } from './voice.ts';

const files = new Set<string>(Object.values(fontFiles));
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => files.has(path));
pdfmake.setFonts({ Arimo: { normal: fontFiles.normal, bold: fontFiles.bold } });

/** The same offer gives the same bytes. */
export async function pdfOf(offer: Offer): Promise<Uint8Array | Failure> {
  const lines = offer.sections.reduce(
    (sum, section) => sum + 1 + (section.lines?.length ?? 0),
    offer.options.length,
  );
  if (lines > limits.lines)
    return fail('too-large', `There are ${lines} lines; a proposal has at most ${limits.lines}.`);
  for (const [name, { length }] of [
    ['scope of work', offer.scope],
    ['terms', offer.terms],
  ] as const) {
    if (length > limits.text)
      return fail(
        'too-large',
        `The ${name} has ${length} characters; at most ${limits.text} go on a proposal.`,
      );
  }
  return pdfmake.createPdf(definitionOf(offer)).getBuffer();
}

function definitionOf(offer: Offer): TDocumentDefinitions {
  const voice = new Voice(offer.currency);
  const { width: full, height } = papers[offer.paper];
  const width = full - 2 * side;
  const { logo } = offer.company;
  const title = [plain(offer.heading), plain(offer.number)].filter((part) => part !== '').join(' ');
  const about = plain(offer.title);
  return {
    pageSize: { width: full, height },
    pageMargins: [side, margins.top, side, margins.bottom],
    language,
    displayTitle: true,
    version: '1.7',
    info: {
      title: about === '' ? title : `${title}: ${about}`,
      author: plain(offer.company.name),
      creator: 'Tidemark',
      producer: 'Tidemark',
      // Of the offer, not of the writing: it goes into the file's id.
      creationDate: new Date(`${offer.date}T12:00:00Z`),
    },
    defaultStyle: { font: 'Arimo', fontSize: text, lineHeight: 1.22, color: ink },
    images: imagesOf(logo),
    content: contentOf(offer, voice, width),
    header: (page) => (page === 1 ? null : runningHead(offer, voice, width)),
    footer: (page, pages) => footer(offer, voice, page, pages, width, side),
  };
}

function imagesOf(logo: Uint8Array | null): Record<string, string> {
  const known = logo === null ? null : inspectLogo(logo);
  if (logo === null || known === null || typeof known === 'string') return {};
  return { logo: `data:${known.type};base64,${Buffer.from(logo).toString('base64')}` };
}

const noColumns = { quantity: false, unitPrice: false } as const;
const unpriced: Content = { text: 'No work has a price yet.' };

function contentOf(offer: Offer, voice: Voice, width: number): Content[] {
  const accent = accentOf(offer.company.accent);
  const detailed = offer.sections.some(({ lines }) => lines !== null);
  const table = new PriceTable(voice, width, detailed ? offer.columns : noColumns);
  const [first = unpriced, ...others] = detailed
    ? table.sections(offer.sections)
    : offer.sections.length === 0
      ? []
      : [table.summary(offer.sections)];
  return [
    { stack: headOf(offer, voice, width), margin: [0, 40 - margins.top, 0, 0] },
    ...above(first, headline('Price', accent), table.keptRoom),
    ...others,
    sumOf(offer, voice, width),
    notesOf(offer),
    ...optionsOf(offer, new PriceTable(voice, width, offer.columns), accent),
    ...closingOf(offer, voice, width),
  ];
}

function optionsOf({ options }: Offer, table: PriceTable, accent: string): Content[] {
  if (options.length === 0) return [];
  const content = table.options(options);
  const note: Content = {
    text: 'Not part of the total. Tell us which of them you would like.',
    margin: [0, 0, 0, 3],
  };
  return above(content, { stack: [headline('Optional items', accent), note] }, table.keptRoom);
}
