/** Our pictures beside those of bpmn-js in a real browser. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';
import pixelmatch from 'pixelmatch';
import { type Browser, chromium, type Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { daylight } from './night.ts';
import { createPictures } from './pictures.ts';
import { type Format, isFailure } from './request.ts';
import { file, process as processOf, realFiles, shape } from './testing.ts';

const require = createRequire(import.meta.url);
const pictures = createPictures({ timeoutMs: 60_000 });
let browser: Browser;
let page: Page;

/** Text that tries where lines break: long words, hyphens, kerning, other alphabets. */
const texts = [
  'AVATAR To. We Wave yT',
  'Incomprehensibilities of counterrevolutionaries',
  'Check whether the customer-relationship-manager has answered',
  'Straße prüfen, Größe 12 × 30, naïve façade, Ελληνικά, Київ',
  'a b c d e f g h i j k l m n o p q r s t u v w x y z',
  '1,234.56 € / 99 % (incl. 19 % VAT)',
];
const wordy = file(
  processOf(
    texts
      .map((name, i) => `<bpmn:task id="T${i}" name="${name}"/><bpmn:startEvent id="S${i}" name="${name}"/>`)
      .join(''),
  ),
  texts
    .map((_, i) => shape(`T${i}`, [i * 130, 0, 100, 80]) + shape(`S${i}`, [i * 130 + 32, 120, 36, 36]))
    .join(''),
);
const files = new Map([...realFiles, ['wordy.bpmn', wordy]]);

beforeAll(async () => {
  // Its path comes from `npm test`, which finds or installs one; by hand, set CHROMIUM.
  browser = await chromium.launch({
    timeout: 120_000,
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // Text is placed as finely as on a screen with more pixels, and edges are not coloured.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--font-render-hinting=none',
      '--disable-lcd-text',
    ],
  });
  page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  page.setDefaultTimeout(120_000);
  await page.setContent(`<style>${fontFaces()} body { margin: 0; background: ${daylight.ground} }
    #canvas { height: 600px; width: 800px }</style><div id="canvas"></div><div id="picture"></div>`);
  await page.addScriptTag({ path: require.resolve('bpmn-js/dist/bpmn-viewer.production.min.js') });
  await page.evaluate(() => Promise.all([...document.fonts].map((font) => font.load())));
});
afterAll(async () => {
  await browser?.close();
  await pictures.destroy();
});

/** As the web app declares the font: its parts by alphabet. */
function fontFaces(): string {
  const css = readFileSync(require.resolve('@fontsource/arimo/400.css'), 'utf8');
  return css.replaceAll(/url\(\.\/(files\/[^)]+\.woff2)\)[^;]*;/g, (_, name: string) => {
    const bytes = readFileSync(require.resolve(`@fontsource/arimo/${name}`));
    return `url(data:font/woff2;base64,${bytes.toString('base64')}) format('woff2');`;
  });
}

interface InPage {
  readonly BpmnJS: new (
    options: object,
  ) => {
    importXML(xml: string): Promise<unknown>;
    saveSVG(): Promise<{ svg: string }>;
    destroy(): void;
  };
}

/** What the canvas shows, as bpmn-js itself saves it. */
function drawInBrowser(xml: string): Promise<string> {
  return page.evaluate(
    async ([file, fill, ink]) => {
      const { BpmnJS } = globalThis as unknown as InPage;
      const text = { fontFamily: 'Arimo, Arial, sans-serif' };
      const viewer = new BpmnJS({
        container: '#canvas',
        textRenderer: { defaultStyle: text, externalStyle: text },
        bpmnRenderer: { defaultFillColor: fill, defaultStrokeColor: ink },
      });
      await viewer.importXML(file);
      const { svg } = await viewer.saveSVG();
      viewer.destroy();
      return svg;
    },
    [xml, daylight.fill, daylight.ink] as const,
  );
}

async function draw(xml: string, format: Format): Promise<Buffer> {
  const bytes = await pictures.draw(xml, { format });
  if (isFailure(bytes)) throw new Error(`${bytes.failed}: ${bytes.detail}`);
  return Buffer.from(bytes);
}

interface Placed {
  readonly at: string;
  readonly lines: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

/** Each element by its id: where it is, and its lines of text. */
function placedIn(svg: string): Map<string, Placed> {
  const { document } = new JSDOM(svg, { contentType: 'image/svg+xml' }).window;
  const placed = new Map<string, Placed>();
  for (const element of document.querySelectorAll('[data-element-id]')) {
    const visual = [...element.children].find((child) => child.querySelector('*') !== null);
    const lines = [...(visual?.querySelectorAll('tspan') ?? [])].map((line) => ({
      text: line.textContent ?? '',
      x: Number(line.getAttribute('x')),
      y: Number(line.getAttribute('y')),
    }));
    const at = (element.getAttribute('transform') ?? '').replaceAll(/[(,]\s*/g, ' ');
    placed.set(element.getAttribute('data-element-id') ?? '', { at, lines });
  }
  return placed;
}

/** Pixels by which a line may stand aside: the two measure text to a fraction of one. */
const aside = 0.6;

test.each([...files.keys()])(
  'PIC-1 the same elements at the same places, the same words on the same lines: %s',
  async (name) => {
    const xml = files.get(name) ?? '';
    const ours = placedIn((await draw(xml, 'svg')).toString());
    const theirs = placedIn(await drawInBrowser(xml));
    expect(ours.size).toBeGreaterThan(5);
    expect([...ours.keys()]).toEqual([...theirs.keys()]);
    for (const [id, { at, lines }] of theirs) {
      const mine = ours.get(id);
      expect(mine?.at, id).toBe(at);
      expect(
        mine?.lines.map(({ text }) => text),
        id,
      ).toEqual(lines.map(({ text }) => text));
      lines.forEach(({ text, x, y }, i) => {
        expect(Math.abs((mine?.lines[i]?.x ?? 0) - x), `${id}: ${text}`).toBeLessThan(aside);
        expect(Math.abs((mine?.lines[i]?.y ?? 0) - y), `${id}: ${text}`).toBeLessThan(aside);
      });
    }
  },
);

/** The share of pixels that may differ, the soft edges of lines and letters aside. A browser puts each line of text on whole pixels. */
const mostDifferent = (name: string) => (name === 'wordy.bpmn' ? 0.01 : 0.003);

test.each([...files.keys()])('PIC-1 the PNG looks as the canvas does: %s', async (name) => {
  const xml = files.get(name) ?? '';
  const mine = PNG.sync.read(await draw(xml, 'png'));
  const frame = /viewBox="([^"]+)"/.exec((await draw(xml, 'svg')).toString())?.[1] ?? '';
  const { width, height } = mine;
  const svg = (await drawInBrowser(xml)).replace(
    /<svg ([^>]*?)width="[^"]*" height="[^"]*" viewBox="[^"]*"/,
    `<svg $1width="${width}" height="${height}" viewBox="${frame}"`,
  );
  await page.setViewportSize({ width: Math.max(width, 100), height: Math.max(height, 100) });
  await page.evaluate((text) => {
    const place = document.querySelector('#picture');
    const canvas = document.querySelector<HTMLElement>('#canvas');
    if (place === null || canvas === null) throw new Error('The page is not ready.');
    canvas.hidden = true;
    place.innerHTML = text.slice(text.indexOf('<svg'));
  }, svg);
  const shot = await page.screenshot({ clip: { x: 0, y: 0, width, height } });
  await page.evaluate(() => {
    document.querySelector<HTMLElement>('#canvas')!.hidden = false;
    document.querySelector('#picture')!.replaceChildren();
  });
  const theirs = PNG.sync.read(shot);
  const difference = new PNG({ width, height });
  const count = pixelmatch(mine.data, theirs.data, difference.data, width, height, { threshold: 0.25 });
  if (process.env.PICTURES_TO) {
    writeFileSync(`${process.env.PICTURES_TO}/${name}.ours.png`, PNG.sync.write(mine));
    writeFileSync(`${process.env.PICTURES_TO}/${name}.canvas.png`, shot);
    writeFileSync(`${process.env.PICTURES_TO}/${name}.difference.png`, PNG.sync.write(difference));
    console.log(name, width, height, count / (width * height));
  }
  expect(count / (width * height)).toBeLessThan(mostDifferent(name));
});
