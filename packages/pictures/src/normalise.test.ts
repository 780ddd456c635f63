import { afterAll, expect, test } from 'vitest';
import { createPictures } from './pictures.ts';
import { isFailure } from './request.ts';
import { file, process, realFile, realFiles, shape, withoutDrawing } from './testing.ts';
import { type Definitions, type Moddle, withViewer } from './viewer.ts';

const pictures = createPictures();
afterAll(() => pictures.destroy());

async function normalise(xml: string): Promise<string> {
  const made = await pictures.normalise(xml);
  if (isFailure(made)) throw new Error(`${made.failed}: ${made.detail}`);
  return made;
}

async function read(xml: string): Promise<Definitions> {
  return withViewer(async (viewer) => {
    const { rootElement } = await viewer.get('moddle').fromXML(xml, 'bpmn:Definitions');
    return rootElement;
  });
}

interface Drawn {
  readonly id: string;
  readonly type: string;
  readonly parent: string | undefined;
  readonly plane: string | undefined;
  readonly box: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  } | null;
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

/** What is drawn, by the id of the element. */
async function drawnIn(xml: string): Promise<Map<string, Drawn>> {
  const { diagrams = [] } = await read(xml);
  const drawn = new Map<string, Drawn>();
  for (const { plane } of diagrams) {
    for (const di of plane?.planeElement ?? []) {
      const element = di.get('bpmnElement') as Moddle & { id: string };
      if (drawn.has(element.id)) throw new Error(`${element.id} is drawn twice.`);
      const bounds = di.get('bounds') as NonNullable<Drawn['box']> | undefined;
      drawn.set(element.id, {
        id: element.id,
        type: element.$type,
        parent: element.$parent?.id,
        plane: plane?.bpmnElement?.id,
        box:
          bounds === undefined
            ? null
            : { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height },
        points: (di.get('waypoint') as Drawn['points'] | undefined) ?? [],
      });
    }
  }
  return drawn;
}

function idsIn(xml: string): string[] {
  return [...xml.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '').sort();
}

test('PIC-20 a file that needs nothing comes back as it is', async () => {
  for (const name of ['C.1.0.bpmn', 'C.5.0.bpmn', 'C.8.1.bpmn']) {
    expect(await normalise(realFile(name))).toBe(realFile(name));
  }
});

test('PIC-20 making ready twice changes nothing more, and every time it is the same', async () => {
  for (const xml of realFiles.values()) {
    for (const one of [xml, withoutDrawing(xml)]) {
      const made = await normalise(one);
      expect(await normalise(made)).toBe(made);
      expect(await normalise(one)).toBe(made);
    }
  }
});

const flow = (id: string, from: string, to: string) =>
  `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}"/>`;
const steps = `<bpmn:startEvent id="S"/><bpmn:task id="T"/>${flow('F', 'S', 'T')}`;

test('PIC-21 what lies in a closed subprocess is moved to a plane of its own, under ids that nothing has', async () => {
  const xml = file(
    process(`<bpmn:subProcess id="Sub">${steps}</bpmn:subProcess><bpmn:task id="Sub_diagram"/>`),
    shape('Sub', [100, 100, 100, 80], 'isExpanded="false"') +
      shape('S', [500, 500, 36, 36]) +
      shape('T', [600, 480, 100, 80]) +
      shape('Sub_diagram', [300, 100, 100, 80]),
  );
  const made = await normalise(xml);
  const drawn = await drawnIn(made);
  expect([...drawn.values()].map(({ id, plane }) => [id, plane])).toEqual([
    ['Sub', 'Process_1'],
    ['Sub_diagram', 'Process_1'],
    ['S', 'Sub'],
    ['T', 'Sub'],
    ['F', 'Sub'],
  ]);
  expect((await read(made)).diagrams?.map(({ id }) => id)).toEqual(['Diagram_1', 'Sub_diagram_2']);
});

test('PIC-22 no element is lost and no id changed', async () => {
  for (const xml of realFiles.values()) {
    for (const one of [xml, withoutDrawing(xml)]) {
      const after = new Set(idsIn(await normalise(one)));
      expect(idsIn(one).filter((id) => !after.has(id))).toEqual([]);
    }
  }
});

test('PIC-22 references to nothing stay, alone and among others', async () => {
  const model = `<bpmn:process id="Process_1"><bpmn:laneSet id="L"><bpmn:lane id="Lane"><bpmn:flowNodeRef>gone_1</bpmn:flowNodeRef><bpmn:flowNodeRef>T</bpmn:flowNodeRef><bpmn:flowNodeRef>gone_2</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet><bpmn:receiveTask id="T" messageRef="gone_3" operationRef="x:gone_4"/><bpmn:dataObjectReference id="D" dataObjectRef="gone_5"/></bpmn:process>`;
  const made = await normalise(file(model, null));
  expect(made).toContain('messageRef="gone_3"');
  expect(made).toContain('operationRef="x:gone_4"');
  expect(made).toContain('dataObjectRef="gone_5"');
  expect([...made.matchAll(/<bpmn:flowNodeRef>(.*?)</g)].map(([, id]) => id)).toEqual([
    'gone_1',
    'T',
    'gone_2',
  ]);
});

/** Does the whole of `inner` lie in `outer`? */
function holds(outer: Drawn['box'], inner: Drawn['box']): boolean {
  if (outer === null || inner === null) return false;
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(a: Drawn['box'], b: Drawn['box']): boolean {
  if (a === null || b === null) return false;
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** On the border, give or take the rounding. */
function touches({ x, y }: { x: number; y: number }, box: Drawn['box']): boolean {
  if (box === null) return false;
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  const within = x >= box.x - 1 && x <= right + 1 && y >= box.y - 1 && y <= bottom + 1;
  const deep = x > box.x + 1 && x < right - 1 && y > box.y + 1 && y < bottom - 1;
  return within && !deep;
}

function checkLayout(drawn: ReadonlyMap<string, Drawn>): void {
  const boxes = [...drawn.values()].filter(({ box }) => box !== null);
  const solid = boxes.filter(({ type }) => !/Lane|BoundaryEvent/.test(type));
  for (const [i, a] of solid.entries()) {
    for (const b of solid.slice(i + 1)) {
      if (a.plane !== b.plane || a.parent !== b.parent) continue;
      expect(overlap(a.box, b.box), `${a.id} over ${b.id}`).toBe(false);
    }
  }
  for (const one of boxes) {
    const parent = drawn.get(one.parent ?? '');
    if (parent?.plane === one.plane && parent?.box != null && parent.type !== 'bpmn:Lane') {
      expect(holds(parent.box, one.box), `${one.id} in ${parent.id}`).toBe(true);
    }
  }
}

async function checkConnections(xml: string, drawn: ReadonlyMap<string, Drawn>): Promise<number> {
  const ends = [...xml.matchAll(/<(?:\w+:)?(?:sequenceFlow|messageFlow) [^>]*>/g)].map(([tag]) => ({
    id: / id="([^"]*)"/.exec(tag)?.[1] ?? '',
    from: / sourceRef="([^"]*)"/.exec(tag)?.[1] ?? '',
    to: / targetRef="([^"]*)"/.exec(tag)?.[1] ?? '',
  }));
  for (const { id, from, to } of ends) {
    const points = drawn.get(id)?.points ?? [];
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) throw new Error(`${id} is not drawn.`);
    expect(touches(first, drawn.get(from)?.box ?? null), `${id} begins at ${from}`).toBe(true);
    expect(touches(last, drawn.get(to)?.box ?? null), `${id} ends at ${to}`).toBe(true);
    for (const [i, point] of points.entries()) {
      const before = points[i - 1];
      if (before)
        expect(point.x === before.x || point.y === before.y, `${id} runs along the axes`).toBe(true);
    }
  }
  return ends.length;
}

test.each([...realFiles.keys()])('PIC-23 a file without its drawing is drawn anew: %s', async (name) => {
  const made = await normalise(withoutDrawing(realFile(name)));
  const drawn = await drawnIn(made);
  checkLayout(drawn);
  expect(await checkConnections(made, drawn)).toBeGreaterThan(1);
  for (const [, type, id] of made.matchAll(
    /<(?:\w+:)?(task|\w+Task|\w+Event|\w+Gateway|participant|lane|subProcess|callActivity) id="([^"]+)"/g,
  )) {
    if (type === 'globalTask') continue;
    expect(drawn.has(id ?? ''), `${type} ${id} is drawn`).toBe(true);
  }
});

test('PIC-23 lanes reach from end to end of their pool, and hold what is in them', async () => {
  const drawn = await drawnIn(await normalise(withoutDrawing(realFile('C.5.0.bpmn'))));
  const pool = [...drawn.values()].find(({ type }) => type === 'bpmn:Participant')?.box;
  const lanes = [...drawn.values()].flatMap(({ type, box }) => (type === 'bpmn:Lane' && box ? [box] : []));
  if (!pool) throw new Error('There is no pool.');
  expect(lanes).toHaveLength(3);
  let y = pool.y;
  for (const lane of lanes) {
    expect(lane).toMatchObject({ x: pool.x + 30, y, width: pool.width - 30 });
    y += lane.height;
  }
  expect(y).toBe(pool.y + pool.height);
});

test('PIC-23 loops, borders, lanes in lanes, closed pools, data and notes all have a place', async () => {
  const model = `<bpmn:collaboration id="Co"><bpmn:participant id="P1" name="Shop" processRef="Process_1"/><bpmn:participant id="P2" name="Bank"/>
    <bpmn:messageFlow id="M1" sourceRef="B" targetRef="P2"/><bpmn:messageFlow id="M2" sourceRef="P2" targetRef="C"/></bpmn:collaboration>
    <bpmn:process id="Process_1"><bpmn:laneSet id="LS"><bpmn:lane id="L1"><bpmn:childLaneSet id="LS2"><bpmn:lane id="L11"><bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane><bpmn:lane id="L12"><bpmn:flowNodeRef>B</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane><bpmn:lane id="L2"><bpmn:flowNodeRef>C</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
    <bpmn:startEvent id="A"/><bpmn:task id="B"/><bpmn:exclusiveGateway id="C" name="Again?"/><bpmn:boundaryEvent id="E" attachedToRef="B"/><bpmn:endEvent id="X"/><bpmn:dataObject id="DO"/><bpmn:dataObjectReference id="D" dataObjectRef="DO"/>
    ${flow('F1', 'A', 'B')}${flow('F2', 'B', 'C')}${flow('F3', 'C', 'B')}${flow('F4', 'C', 'C')}${flow('F5', 'E', 'X')}
    <bpmn:textAnnotation id="N"/><bpmn:association id="AS" sourceRef="B" targetRef="N"/></bpmn:process>`;
  const made = await normalise(file(model, null));
  const drawn = await drawnIn(made);
  checkLayout(drawn);
  expect(await checkConnections(made, drawn)).toBe(7);
  const names = [...drawn.keys()].sort();
  expect(names).toEqual('A AS B C D E F1 F2 F3 F4 F5 L1 L11 L12 L2 M1 M2 N P1 P2 X'.split(' '));
  for (const [lane, node] of [
    ['L11', 'A'],
    ['L12', 'B'],
    ['L2', 'C'],
    ['L1', 'L11'],
    ['L1', 'L12'],
  ] as const) {
    expect(holds(drawn.get(lane)?.box ?? null, drawn.get(node)?.box ?? null), `${node} in ${lane}`).toBe(
      true,
    );
  }
  expect(
    touches(
      { x: (drawn.get('E')?.box?.x ?? 0) + 18, y: (drawn.get('E')?.box?.y ?? 0) + 18 },
      drawn.get('B')?.box ?? null,
    ),
  ).toBe(true);
});

test('PIC-23 several processes get a diagram each, and an empty file one to begin with', async () => {
  const two = file(
    `<bpmn:process id="P1">${steps}</bpmn:process><bpmn:process id="P2"><bpmn:task id="T2"/></bpmn:process>`,
    null,
  );
  expect((await read(await normalise(two))).diagrams?.map(({ plane }) => plane?.bpmnElement?.id)).toEqual([
    'P1',
    'P2',
  ]);
  const empty = await read(await normalise(file(process(''), null)));
  expect(empty.diagrams?.map(({ plane }) => plane?.bpmnElement?.id)).toEqual(['Process_1']);
  expect(await pictures.normalise(file('', null))).toMatchObject({ failed: 'nothing-to-draw' });
});

test('PIC-23 a long process with a thousand steps and a branch at each is laid out', async () => {
  const count = 1_000;
  const nodes = Array.from({ length: count }, (_, i) => `<bpmn:exclusiveGateway id="T${i}"/>`).join('');
  const flows = Array.from(
    { length: count - 1 },
    (_, i) => flow(`F${i}`, `T${i}`, `T${i + 1}`) + flow(`G${i}`, `T${i}`, `T${count - 1}`),
  );
  const made = await normalise(file(process(nodes + flows.join('')), null));
  expect((await drawnIn(made)).size).toBe(count + 2 * (count - 1));
});

test('PIC-24 steps without a shape get one below the others, in a pool that grows for them', async () => {
  const model = `<bpmn:collaboration id="Co"><bpmn:participant id="P1" processRef="Process_1"/><bpmn:participant id="P2"/></bpmn:collaboration>${process(
    `${steps}<bpmn:task id="New"/><bpmn:boundaryEvent id="Late" attachedToRef="T"/>${flow('F2', 'T', 'New')}`,
  )}`;
  const before = file(
    model,
    shape('P1', [0, 0, 400, 200]) +
      shape('S', [60, 82, 36, 36]) +
      shape('T', [150, 60, 100, 80]) +
      shape('P2', [0, 250, 400, 60]),
    'Co',
  );
  const drawn = await drawnIn(await normalise(before));
  expect(drawn.get('S')?.box).toEqual({ x: 60, y: 82, width: 36, height: 36 });
  expect(drawn.get('T')?.box).toEqual({ x: 150, y: 60, width: 100, height: 80 });
  expect(drawn.get('New')?.box?.y).toBeGreaterThan(140);
  expect([...drawn.keys()].sort()).toEqual(['F', 'F2', 'Late', 'New', 'P1', 'P2', 'S', 'T']);
  checkLayout(drawn);
});

test('PIC-24 the inside of a closed subprocess that is not drawn is drawn on its plane', async () => {
  const xml = file(
    process(
      `<bpmn:subProcess id="Sub">${steps}</bpmn:subProcess><bpmn:task id="Next"/>${flow('F2', 'Sub', 'Next')}`,
    ),
    shape('Sub', [100, 100, 100, 80], 'isExpanded="false"') + shape('Next', [300, 100, 100, 80]),
  );
  const drawn = await drawnIn(await normalise(xml));
  expect(['S', 'T', 'F'].map((id) => drawn.get(id)?.plane)).toEqual(['Sub', 'Sub', 'Sub']);
  expect(drawn.get('F2')?.points).toHaveLength(2);
  checkLayout(drawn);
});

test('PIC-24 a pool that hides its process stays closed', async () => {
  const model = `<bpmn:collaboration id="Co"><bpmn:participant id="P1" processRef="Process_1"/></bpmn:collaboration>${process(steps)}`;
  const xml = file(model, shape('P1', [0, 0, 400, 60]), 'Co');
  expect(await normalise(xml)).toBe(xml);
});
