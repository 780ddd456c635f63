/** Draws the pages of a PDF. The reader is a large part and comes when it is needed. */

export interface Page {
  /** Of the paper, in points. */
  readonly width: number;
  readonly height: number;
  /** All that is written on it, for who cannot see it. */
  text(): Promise<string>;
  /** Draws it so many pixels wide. */
  draw(canvas: HTMLCanvasElement, width: number): Promise<void>;
}

export interface Pages {
  readonly list: readonly Page[];
  close(): void;
}

export async function readPages(bytes: Uint8Array): Promise<Pages> {
  const { getDocument } = await import('unpdf/pdfjs');
  // The reader keeps what it is given.
  const loading = getDocument({ data: bytes.slice() });
  const document = await loading.promise;
  const list = await Promise.all(
    Array.from({ length: document.numPages }, async (_, index): Promise<Page> => {
      const page = await document.getPage(index + 1);
      const { width, height } = page.getViewport({ scale: 1 });
      return {
        width,
        height,
        async text() {
          const { items } = await page.getTextContent();
          return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
        },
        async draw(canvas, pixels) {
          const viewport = page.getViewport({ scale: pixels / width });
          // Drawn beside and put in place whole: a page that is drawn again does not flicker.
          const sheet = globalThis.document.createElement('canvas');
          sheet.width = Math.round(viewport.width);
          sheet.height = Math.round(viewport.height);
          await page.render({ canvas: sheet, viewport }).promise;
          canvas.width = sheet.width;
          canvas.height = sheet.height;
          canvas.getContext('2d')?.drawImage(sheet, 0, 0);
        },
      };
    }),
  );
  return { list, close: () => void loading.destroy() };
}
