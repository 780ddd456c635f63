import PDFDocument from 'pdfkit';
import svgToPdf from 'svg-to-pdfkit';
import { fontBytes } from './font.ts';
import { limits } from './limits.ts';
import type { DrawOptions, Failure, Page } from './request.ts';
import { fail } from './request.ts';
import type { Sheet } from './sheet.ts';
import { svgOf } from './svg.ts';

/** Points, in landscape. */
const papers: Readonly<Record<Exclude<Page, 'diagram'>, readonly [number, number]>> = {
  a4: [841.89, 595.28],
  a3: [1190.55, 841.89],
};

/** Points around the diagram on paper. */
const border = 28;

/** A side of a page may have so many points (PDF 1.7, annex C.2). */
const longestSide = 14_400;

/** Points per unit of the diagram, which is a CSS pixel. */
const point = 0.75;

/** One page for each sheet, drawn and not painted; the font is in it. The same sheets give the same bytes. */
export async function pdfOf(sheets: readonly Sheet[], options: DrawOptions): Promise<Uint8Array | Failure> {
  if (sheets.length > limits.pages) {
    return fail('too-large', `There are ${sheets.length} diagrams; ${limits.pages} fit into one PDF.`);
  }
  const { title, page = 'diagram' } = options;
  const document = new PDFDocument({
    autoFirstPage: false,
    lang: 'und',
    // A fixed date: it goes into the file's id, and when it was asked for says nothing about the diagram.
    info: {
      CreationDate: new Date(0),
      Producer: 'Tidemark',
      Creator: 'Tidemark',
      ...(title ? { Title: title } : {}),
    },
    ...(title ? { displayTitle: true } : {}),
  });
  const chunks: Uint8Array[] = [];
  const written = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', resolve);
    document.on('error', reject);
  });
  // A Buffer is a view into a larger one at times; fontkit wants the font and nothing else.
  document.registerFont('Arimo', Buffer.from(fontBytes));
  for (const sheet of sheets) addPage(document, sheet, page);
  document.end();
  await written;
  return Buffer.concat(chunks);
}

function addPage(document: PDFKit.PDFDocument, sheet: Sheet, page: Page): void {
  const size = sizeOf(sheet, page);
  const [width, height] = size;
  document.addPage({ size: [width, height], margin: 0 });
  if (sheet.name) document.outline.addItem(sheet.name);
  const free = page === 'diagram' ? 0 : border;
  const room = { width: width - 2 * free, height: height - 2 * free };
  const zoom = Math.min(room.width / sheet.box.width, room.height / sheet.box.height, point);
  // The page is scaled, not the picture: the library takes the size that the SVG itself says.
  document.save();
  document.translate((width - sheet.box.width * zoom) / 2, (height - sheet.box.height * zoom) / 2);
  document.scale(zoom);
  svgToPdf(document, svgOf(sheet), 0, 0, {
    width: sheet.box.width,
    height: sheet.box.height,
    assumePt: true,
    fontCallback: () => 'Arimo',
    warningCallback: () => undefined,
  });
  document.restore();
}

function sizeOf({ box }: Sheet, page: Page): readonly [number, number] {
  if (page !== 'diagram') return papers[page];
  const zoom = Math.min(point, longestSide / box.width, longestSide / box.height);
  return [box.width * zoom, box.height * zoom];
}
