import { inflateSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { PNG } from 'pngjs';
import { afterAll, expect, test } from 'vitest';
import { createPictures } from './pictures.ts';
import { type DrawOptions, isFailure } from './request.ts';
import { file, process, realFile, realFiles, shape } from './testing.ts';

const pictures = createPictures();
afterAll(() => pictures.destroy());

async function draw(xml: string, options: DrawOptions): Promise<Uint8Array> {
  const bytes = await pictures.draw(xml, options);
  if (isFailure(bytes)) throw new Error(`${bytes.failed}: ${bytes.detail}`);
  return bytes;
}

async function svg(xml: string, options: Partial<DrawOptions> = {}): Promise<string> {
  return new TextDecoder().decode(await draw(xml, { ...options, format: 'svg' }));
}

/** Throws when it is not well-formed. */
function parse(text: string): Document {
  return new JSDOM(text, { contentType: 'image/svg+xml' }).window.document;
}

const task = (name: string, id = 'Task_1') => `<bpmn:task id="${id}" name="${name}"/>`;
const oneTask = (name: string, attributes = '') =>
  file(process(task(name)), shape('Task_1', [100, 100, 100, 80], attributes));
const viewBoxOf = (document: Document) =>
  document.documentElement.getAttribute('viewBox')?.split(' ').map(Number);

test('PIC-2 the same file gives the same bytes in every format, again and in another thread', async () => {
  const other = createPictures();
  for (const format of ['svg', 'png', 'pdf'] as const) {
    const xml = realFile('B.1.0.bpmn');
    const first = await draw(xml, { format });
    await draw(realFile('A.1.0.bpmn'), { format });
    expect(Buffer.compare(await draw(xml, { format }), first)).toBe(0);
    const elsewhere = await other.draw(xml, { format });
    expect(!isFailure(elsewhere) && Buffer.compare(elsewhere, first)).toBe(0);
  }
  await other.destroy();
});

const attacks = [
  'url(javascript:alert(1))',
  'red" onload="alert(1)" x="',
  'red;background:url(http://evil.test/x)',
  '"><script>alert(1)</script>',
  'url(http://evil.test/#a)',
  'expression(alert(1))',
];

test.each(attacks)('PIC-3 a colour that is none gets nothing into the picture: %s', async (attack) => {
  const said = attack.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  const text = await svg(
    oneTask(
      'Pay',
      `bioc:fill="${said}" bioc:stroke="${said}" color:background-color="${said}" color:border-color="${said}"`,
    ),
  );
  parse(text);
  expect(text).not.toMatch(/script|javascript|evil|onload|expression|background/i);
});

test('PIC-3 names, documentation and ids are text and nothing else', async () => {
  const name =
    '&lt;script&gt;alert(1)&lt;/script&gt;&lt;a href=&quot;javascript:x&quot;&gt; ]]&gt; &amp;amp;';
  const model = process(
    `<bpmn:documentation>&lt;img src=x onerror=alert(1)&gt;</bpmn:documentation>
     <bpmn:task id="Task_1" name="${name}"><bpmn:documentation>&lt;script/&gt;</bpmn:documentation></bpmn:task>
     <bpmn:textAnnotation id="Note_1"><bpmn:text>&lt;foreignObject&gt;&lt;iframe/&gt;&lt;/foreignObject&gt;</bpmn:text></bpmn:textAnnotation>`,
  );
  const text = await svg(
    file(model, shape('Task_1', [100, 100, 300, 80]) + shape('Note_1', [100, 300, 300, 80])),
    {
      title: '</title><script>alert(2)</script>',
    },
  );
  const document = parse(text);
  const used = new Set([...document.querySelectorAll('*')].map(({ localName }) => localName));
  expect(
    [...used].filter((one) => !'svg title g defs marker path rect text tspan'.split(' ').includes(one)),
  ).toEqual([]);
  expect(document.documentElement.textContent).toContain('<script>');
  for (const element of document.querySelectorAll('*')) {
    for (const { name: attribute } of element.attributes) expect(attribute).not.toMatch(/^on|href|style|src/);
  }
});

test('PIC-3 characters that XML cannot hold are left out of the title', async () => {
  const text = await svg(oneTask('Pay'), { title: 'a\u0000b\uFFFEc\uD800d' });
  expect(parse(text).querySelector('title')?.textContent).toBe('abcd');
});

test('PIC-3 all real files give pictures that refer to nothing outside', async () => {
  for (const xml of realFiles.values()) {
    const text = await svg(xml);
    parse(text);
    expect(text.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|href|style=|<script|<image/,
    );
    const ids = [...text.matchAll(/<marker[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    for (const [, id] of text.matchAll(/url\(([^)]*)\)/g)) expect(ids).toContain(id?.slice(1));
  }
});

test('PIC-4 everything lies within the picture, names that stand out of their elements too', async () => {
  const long = 'Incomprehensibilities-and-counterrevolutionaries';
  const model = process(`${task('Pay')}<bpmn:startEvent id="Start_1" name="${long}"/>`);
  const document = parse(
    await svg(file(model, shape('Task_1', [100, 100, 100, 80]) + shape('Start_1', [10, -300, 36, 36]))),
  );
  const [x = 0, y = 0, width = 0, height = 0] = viewBoxOf(document) ?? [];
  expect(x).toBeLessThanOrEqual(28 - 45);
  expect(y).toBe(-310);
  expect(x + width).toBe(210);
  expect(y + height).toBe(190);
});

test('PIC-4 what lies in a closed subprocess is not drawn with what is around it', async () => {
  const inner = `<bpmn:subProcess id="Sub_1" name="Outer">${task('Inner', 'Task_2')}</bpmn:subProcess>`;
  const xml = file(
    process(inner),
    shape('Sub_1', [100, 100, 100, 80], 'isExpanded="false"') + shape('Task_2', [400, 400, 100, 80]),
  );
  const text = await svg(xml);
  expect(text).toContain('Outer');
  expect(text).not.toContain('Inner');
  expect(viewBoxOf(parse(text))).toEqual([90, 90, 120, 100]);
});

test('PIC-5 a PNG has as many pixels as were asked for', async () => {
  const size = async (options: Partial<DrawOptions>) => {
    const { width, height } = PNG.sync.read(
      Buffer.from(await draw(oneTask('Pay'), { ...options, format: 'png' })),
    );
    return [width, height];
  };
  expect(await size({})).toEqual([120, 100]);
  expect(await size({ scale: 3 })).toEqual([360, 300]);
  expect(await size({ fit: { width: 60, height: 300 } })).toEqual([60, 50]);
  // Not blown up beyond twice its size.
  expect(await size({ fit: { width: 4_800, height: 3_000 } })).toEqual([240, 200]);
});

test('PIC-5 it is on white, or dark with light lines', async () => {
  const corner = async (theme: 'light' | 'dark') => {
    const { data } = PNG.sync.read(Buffer.from(await draw(oneTask('Pay'), { format: 'png', theme })));
    return [...data.subarray(0, 4)];
  };
  expect(await corner('light')).toEqual([255, 255, 255, 255]);
  expect(Math.max(...(await corner('dark')).slice(0, 3))).toBeLessThan(60);
  expect(await svg(oneTask('Pay'), { theme: 'dark' })).toMatch(/<text[^>]* fill="#d4dde3"/);
});

function pdfText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

test('PIC-6 a PDF has a page for each diagram and for the inside of each closed subprocess', async () => {
  const one = `<bpmn:process id="Process_1"><bpmn:subProcess id="Sub_1" name="Outer">${task('Inner', 'Task_2')}</bpmn:subProcess></bpmn:process>`;
  const two = `<bpmn:process id="Process_2" name="Second">${task('Other', 'Task_3')}</bpmn:process>`;
  const second = `<bpmndi:BPMNDiagram id="Diagram_2"><bpmndi:BPMNPlane id="Plane_2" bpmnElement="Process_2">${shape('Task_3', [0, 0, 200, 80])}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>`;
  const xml = file(
    one + two,
    shape('Sub_1', [100, 100, 100, 80], 'isExpanded="false"') + shape('Task_2', [400, 400, 300, 80]),
  ).replace('</bpmn:definitions>', `${second}</bpmn:definitions>`);
  const boxes = async (options: Partial<DrawOptions>) =>
    [
      ...pdfText(await draw(xml, { ...options, format: 'pdf' })).matchAll(
        /\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g,
      ),
    ].map(([, width, height]) => [Number(width), Number(height)]);
  // In the order of the file; bpmn-js puts the planes of subprocesses after what is there. A unit is 3/4 of a point.
  expect(await boxes({})).toEqual([
    [90, 75],
    [165, 75],
    [240, 75],
  ]);
  expect(await boxes({ diagram: 'Diagram_2' })).toEqual([[165, 75]]);
  expect(await boxes({ page: 'a4', diagram: 'Diagram_2' })).toEqual([[841.89, 595.28]]);
});

/** How the content of the pages is scaled, in points per unit of the diagram. */
function zooms(bytes: Uint8Array): number[] {
  const streams = [...pdfText(bytes).matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n([\s\S]*?)\r?\nendstream/g)];
  const texts = streams.map(([, stream]) =>
    inflateSync(Buffer.from(stream ?? '', 'latin1')).toString('latin1'),
  );
  return texts
    .filter((text) => / cm\b/.test(text) && / re\b| l\b/.test(text))
    .map((text) => {
      const scales = [...text.matchAll(/^([\d.]+) 0 0 ([\d.]+) [\d.-]+ [\d.-]+ cm$/gm)].map(([, x]) =>
        Number(x),
      );
      return scales.find((scale) => scale !== 1) ?? 1;
    });
}

test('PIC-6 the drawing is as large as its page', async () => {
  const wide = file(
    `<bpmn:process id="Process_1">${task('Pay')}</bpmn:process>`,
    shape('Task_1', [0, 0, 2000, 80]),
  );
  expect(zooms(await draw(wide, { format: 'pdf' }))).toEqual([0.75]);
  // 2,020 units of the diagram on what the borders leave of the paper.
  const [zoom = 0] = zooms(await draw(wide, { format: 'pdf', page: 'a4' }));
  expect(zoom).toBeCloseTo((841.89 - 56) / 2020, 3);
});

test('PIC-6 its font is in it, and the title in its metadata', async () => {
  const text = pdfText(await draw(oneTask('Pay'), { format: 'pdf', title: 'Refunds (2026)' }));
  expect(text).toMatch(/\/FontFile2/);
  expect(text).toMatch(/\/BaseFont \/[A-Z]+\+Arimo/);
  expect(text).not.toMatch(/\/Subtype \/Image/);
  expect(text).toContain('(Refunds \\(2026\\))');
  expect(text).toMatch(/\/Title \d+ 0 R/);
});

test('PIC-7 a diagram is picked by its id', async () => {
  expect(await svg(oneTask('Pay'), { diagram: 'Diagram_1' })).toBe(await svg(oneTask('Pay')));
  expect(await pictures.draw(oneTask('Pay'), { format: 'svg', diagram: 'no' })).toMatchObject({
    failed: 'no-such-diagram',
  });
});

test('PIC-10 what cannot be drawn is answered with a code, and the next picture is drawn', async () => {
  const answer = async (xml: string, options: DrawOptions = { format: 'svg' }) => {
    const made = await pictures.draw(xml, options);
    return isFailure(made) ? made.failed : 'drawn';
  };
  expect(await answer('')).toBe('unreadable');
  expect(await answer('not XML')).toBe('unreadable');
  expect(await answer('<html><body/></html>')).toBe('unreadable');
  expect(await answer(file(process(''), null))).toBe('nothing-to-draw');
  expect(await answer(file(process(''), ''))).toBe('nothing-to-draw');
  expect(await answer(oneTask('Pay'))).toBe('drawn');
});

test('PIC-13 a hundred thousand nested subprocesses are refused', async () => {
  const depth = 100_000;
  const deep =
    Array.from({ length: depth }, (_, i) => `<bpmn:subProcess id="S${i}">`).join('') +
    '</bpmn:subProcess>'.repeat(depth);
  for (const made of [
    await pictures.draw(file(process(deep), shape('S0', [0, 0, 100, 80])), { format: 'png' }),
    await pictures.normalise(file(process(deep), null)),
  ]) {
    expect(made).toMatchObject({ failed: 'too-large' });
  }
});

test('PIC-13 a hundred thousand elements are refused', async () => {
  const count = 100_000;
  const model = Array.from({ length: count }, (_, i) => task('', `T${i}`)).join('');
  const drawing = Array.from({ length: count }, (_, i) => shape(`T${i}`, [(i % 300) * 120, i, 100, 80])).join(
    '',
  );
  const made = await pictures.draw(file(process(model), drawing), { format: 'svg' });
  expect(made).toMatchObject({ failed: 'too-large' });
});

test.each([
  [1e9, 1e9, 100, 80],
  [-1e300, 0, 100, 80],
  [0, 0, 1e12, 80],
])('PIC-13 absurd places are refused: %d %d %d %d', async (...bounds) => {
  const xml = file(
    process(task('A') + task('B', 'Task_2')),
    shape('Task_1', [0, 0, 100, 80]) + shape('Task_2', bounds),
  );
  expect(await pictures.draw(xml, { format: 'png' })).toMatchObject({ failed: 'too-wide' });
});

test('PIC-13 places that are no numbers cost that element, not the picture', async () => {
  const xml = file(
    process(task('Good') + task('Bad', 'Task_2')),
    shape('Task_1', [0, 0, 100, 80]) + shape('Task_2', [Number.NaN, 0, 100, 80]),
  );
  const made = await pictures.draw(xml, { format: 'svg' });
  if (isFailure(made)) expect(made.failed).toBe('too-wide');
  else expect(new TextDecoder().decode(made)).toContain('Good');
});

test('PIC-13 more pixels than may be are refused', async () => {
  const xml = file(
    process(task('A') + task('B', 'Task_2')),
    shape('Task_1', [0, 0, 100, 80]) + shape('Task_2', [20_000, 9_000, 100, 80]),
  );
  expect(await pictures.draw(xml, { format: 'png' })).toMatchObject({ failed: 'too-many-pixels' });
  expect(isFailure(await pictures.draw(xml, { format: 'png', fit: { width: 480, height: 300 } }))).toBe(
    false,
  );
  expect(isFailure(await pictures.draw(xml, { format: 'pdf' }))).toBe(false);
});
