/** Reads what is written on the pages of a PDF, and where. */
import { getDocumentProxy } from 'unpdf';

export interface Word {
  readonly text: string;
  /** Points from the left and from the top to the baseline. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface ReadPage {
  readonly width: number;
  readonly height: number;
  readonly words: readonly Word[];
  /** Words at one height, from left to right, from the top down. */
  readonly lines: readonly string[];
}

export interface ReadPdf {
  readonly pages: readonly ReadPage[];
  readonly text: string;
  readonly info: Readonly<Record<string, unknown>>;
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const document = await getDocumentProxy(Uint8Array.from(bytes));
  const pages: ReadPage[] = [];
  for (let n = 1; n <= document.numPages; n += 1) pages.push(await readPage(await document.getPage(n)));
  const { info } = await document.getMetadata();
  await document.loadingTask.destroy();
  return { pages, text: pages.flatMap(({ lines }) => lines).join('\n'), info: { ...info } };
}

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>;

async function readPage(page: Page): Promise<ReadPage> {
  const { width, height } = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const words: Word[] = [];
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    const [, , , , x, y] = item.transform as number[];
    words.push({ text: item.str, x: x ?? 0, y: height - (y ?? 0), width: item.width });
  }
  const byHeight = Map.groupBy(words, ({ y }) => Math.round(y));
  const lines = [...byHeight]
    .sort(([a], [b]) => a - b)
    .map(([, line]) =>
      [...line]
        .sort((a, b) => a.x - b.x)
        .map(({ text }) => text)
        .join(' ')
        .replaceAll(/ +/g, ' '),
    );
  return { width, height, words, lines };
}
