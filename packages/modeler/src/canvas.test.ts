import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openCanvasBrowser, type PageBrowser } from '../tests/browser.ts';
import type {} from '../tests/page/main.ts';

const file = (name: string) => readFileSync(new URL(`../fuzz/start/${name}.bpmn`, import.meta.url), 'utf8');
const pools = file('pools');
const empty = file('empty');
const twoDiagrams = file('two-diagrams');
const overlapping = readFileSync(new URL('../tests/overlapping.bpmn', import.meta.url), 'utf8');

let browser: PageBrowser;
let page: Page;
let complaints: string[] = [];

beforeAll(async () => {
  browser = await openCanvasBrowser();
  page = await browser.open();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
beforeEach(() => {
  complaints = [];
});
afterAll(() => browser?.close());

test('CANVAS-1: all who open a document see the same, and opening writes nothing', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, close } = window.desk;
    const update = await seed(xml);
    const people = [await open(update), await open(update), await open(update, 'read')];
    const seen = {
      pictures: people.map((person) => person.picture()),
      trees: await Promise.all(people.map((person) => person.tree())),
      xml: await people[0]!.xml(),
      written: people.flatMap((person) => person.updates),
    };
    close(...people);
    return seen;
  }, pools);
  expect(seen.pictures[0]!.length).toBeGreaterThan(40);
  expect(seen.pictures[1]).toEqual(seen.pictures[0]);
  expect(seen.pictures[2]).toEqual(seen.pictures[0]);
  expect(new Set([...seen.trees, seen.xml]).size).toBe(1);
  expect(seen.written).toEqual([]);
  expect(complaints).toEqual([]);
});

test('CANVAS-2, CANVAS-4: each command is one update and one step with a name; undo takes it back everywhere', async () => {
  const { steps, before, after } = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const ana = await open(update);
    const ben = await open(update);
    const modeling = ana.get('modeling');
    const factory = ana.get('bpmnFactory');
    const buy = ana.at('Task_buy');
    const commands: (() => void)[] = [
      () => modeling.moveElements([buy], { x: 12, y: 8 }),
      () => modeling.updateLabel(buy, 'Pay'),
      () => modeling.setColor([buy], { fill: '#ffcc00' }),
      () => modeling.updateProperties(buy, { isForCompensation: true }),
      () =>
        modeling.updateModdleProperties(buy, buy.businessObject, {
          documentation: [factory.create('bpmn:Documentation', { text: 'Why' })],
        }),
      () =>
        modeling.appendShape(buy, { type: 'bpmn:EndEvent' }, { x: buy.x + 220, y: buy.y + 40 }, buy.parent!),
      () => ana.get('bpmnReplace').replaceElement(buy, { type: 'bpmn:UserTask' }),
      () => modeling.splitLane(ana.at('Lane_store'), 2),
      () => modeling.removeElements([ana.at('Gate_1')]),
    ];
    const before = await ben.xml();
    const steps = [];
    for (const command of commands) {
      const from = ana.updates.length;
      command();
      exchange([ana, ben]);
      steps.push({
        updates: ana.updates.length - from,
        label: ana.undo.status().undoLabel,
        native: ana.get('commandStack').canUndo(),
        same: (await ben.xml()) === (await ana.xml()) && (await ben.tree()) === (await ana.tree()),
        drawn: JSON.stringify(ben.picture()) === JSON.stringify(ana.picture()),
        back: ben.updates.length,
      });
    }
    for (const _ of commands) ana.canvas.undo();
    exchange([ana, ben]);
    const after = await ben.xml();
    close(ana, ben);
    return { steps, before, after };
  }, pools);
  expect(steps.map(({ label }) => label)).toEqual([
    'Move Buy',
    'Rename task',
    'Colour Pay',
    'Change Pay',
    'Change Pay',
    'Append end event',
    'Change to user task',
    'Split lane',
    'Delete Good?',
  ]);
  for (const { label, ...step } of steps) {
    expect(step, String(label)).toEqual({ updates: 1, native: false, same: true, drawn: true, back: 0 });
  }
  expect(after).toBe(before);
  expect(complaints).toEqual([]);
});

test('CANVAS-3: a command writes what it changed and nothing else', async () => {
  const sizes = await page.evaluate(async (xml) => {
    const { open, seed, close } = window.desk;
    const ana = await open(await seed(xml));
    const modeling = ana.get('modeling');
    const size = (work: () => void) => {
      const from = ana.updates.length;
      work();
      return ana.updates.slice(from).map((update) => update.length);
    };
    const sizes = {
      rename: size(() => modeling.updateLabel(ana.at('Task_deep'), 'Low')),
      again: size(() => modeling.updateLabel(ana.at('Task_deep'), 'Low')),
      resize: size(() => {
        const { x, y } = ana.at('Task_deep');
        modeling.resizeShape(ana.at('Task_deep'), { x, y, width: 120, height: 90 });
      }),
      colour: size(() => modeling.setColor([ana.at('Task_buy')], { stroke: '#112233' })),
    };
    close(ana);
    return sizes;
  }, pools);
  expect(sizes.rename).toHaveLength(1);
  expect(sizes.rename[0]).toBeLessThan(100);
  expect(sizes.again).toEqual([]);
  expect(sizes.resize[0]).toBeLessThan(250);
  expect(sizes.colour[0]).toBeLessThan(150);
});

test('CANVAS-5: letters typed into one property are one step', async () => {
  const labels = await page.evaluate(async (xml) => {
    const { open, seed, close } = window.desk;
    const ana = await open(await seed(xml));
    const task = ana.at('Task_buy');
    for (const name of ['H', 'He', 'Hel']) ana.get('modeling').updateProperties(task, { name });
    ana.get('modeling').updateProperties(task, { isForCompensation: true });
    ana.canvas.undo();
    const first = ana.record('Task_buy').values['@name'];
    ana.canvas.undo();
    const second = ana.record('Task_buy').values['@name'];
    close(ana);
    return [first, second];
  }, pools);
  expect(labels).toEqual(['Hel', 'Buy']);
});

test('CANVAS-6: a morph keeps the record: what others do to the element meanwhile stands', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const { key } = ana.record('Timer_late');
    ana.get('bpmnReplace').replaceElement(ana.at('Timer_late'), {
      type: 'bpmn:BoundaryEvent',
      eventDefinitionType: 'bpmn:MessageEventDefinition',
    });
    const made = ana.get('bpmnReplace').replaceElement(ana.at('Task_buy'), { type: 'bpmn:UserTask' });
    ben.get('modeling').updateLabel(ben.at('Task_buy'), 'Pay');
    ben.get('modeling').moveElements([ben.at('Task_buy')], { x: 30, y: 0 });
    exchange([ana, ben]);
    const id = made.id;
    const { x } = ben.at(id);
    const seen = [ana, ben].map((person) => ({
      ...person.record(id),
      event: [...person.reader.view().elements.keys()].includes(key),
      x: person.at(id).x,
      tasks: person.picture().filter((line) => line.includes('"bpmn:Task"')).length,
    }));
    close(ana, ben);
    return { seen, x };
  }, pools);
  for (const person of seen.seen) {
    expect(person).toMatchObject({ type: 'bpmn:UserTask', event: true, x: seen.x });
    expect(person.values['@name']).toBe('Pay');
  }
  expect(seen.seen[1]).toEqual(seen.seen[0]);
});

test("CANVAS-7, CANVAS-8: others' edits run no command and write nothing, labels between two pixels least of all", async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    let commands = 0;
    ben.get('eventBus').on('commandStack.preExecute', () => {
      commands += 1;
    });
    const gate = ana.at('Gate_1');
    const label = gate.label!;
    ana.get('modeling').moveElements([label], { x: 3.25, y: 2.5 });
    ana.get('modeling').updateLabel(gate, 'Better?');
    ana.get('modeling').moveElements([ana.at('Sub_check')], { x: 15, y: 5 });
    ana.get('bpmnReplace').replaceElement(ana.at('Task_charge'), { type: 'bpmn:ServiceTask' });
    ana.get('modeling').removeElements([ana.at('End_late')]);
    exchange([ana, ben]);
    const seen = {
      commands,
      written: ben.updates.length,
      changes: ben.told.changes,
      xml: (await ana.xml()) === (await ben.xml()),
      drawn: JSON.stringify(ana.picture()) === JSON.stringify(ben.picture()),
    };
    close(ana, ben);
    return seen;
  }, pools);
  expect(seen).toEqual({ commands: 0, written: 0, changes: 1, xml: true, drawn: true });
});

test("CANVAS-9, CANVAS-11: a drag goes on through others' edits, writes once when it ends, and ends when its shape goes", async () => {
  await page.evaluate(async (xml) => {
    const { open, seed, people } = window.desk;
    const update = await seed(xml);
    people.push(await open(update), await open(update));
    people[0]!.get('canvas').viewbox({ x: 100, y: 300, width: 900, height: 600 });
  }, pools);
  const take = async () => {
    const { x, y } = await page.evaluate(() => {
      const { people } = window.desk;
      const graphics = people[0]!.get('elementRegistry').getGraphics(people[0]!.at('Task_buy'));
      const { x, y, width, height } = graphics.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    });
    await page.mouse.move(x, y);
    await page.mouse.down();
    for (const step of [8, 16, 24, 32]) await page.mouse.move(x + step, y + step / 4);
  };
  const look = () =>
    page.evaluate(() => {
      const [ana] = window.desk.people;
      return {
        dragging: ana!.get('dragging').context() !== null,
        written: ana!.updates.length,
        x: ana!.has('Task_buy') ? ana!.at('Task_buy').x : null,
        name: ana!.has('Task_buy') ? ana!.record('Task_buy').values['@name'] : null,
      };
    });

  const before = await look();
  await take();
  await page.evaluate(() => {
    const { people, exchange } = window.desk;
    const [, ben] = people;
    ben!.get('modeling').updateLabel(ben!.at('Task_buy'), 'Pay');
    ben!.get('modeling').removeElements([ben!.at('End_shop')]);
    exchange(people);
  });
  expect(await look()).toEqual({ ...before, dragging: true, name: 'Pay' });
  await page.mouse.up();
  const dropped = await look();
  expect(dropped).toMatchObject({ dragging: false, written: before.written + 1, name: 'Pay' });
  expect(dropped.x).toBeGreaterThan(before.x!);

  await take();
  await page.evaluate(() => {
    const { people, exchange } = window.desk;
    const [, ben] = people;
    exchange(people);
    ben!.get('modeling').removeElements([ben!.at('Task_buy')]);
    exchange(people);
  });
  expect(await look()).toEqual({ dragging: false, written: before.written + 1, x: null, name: null });
  await page.mouse.up();
  const faults = await page.evaluate(() => {
    const { people, close } = window.desk;
    const faults = people.flatMap((person) => person.faults);
    close(...people.splice(0));
    return faults;
  });
  expect(faults).toEqual([]);
  expect(complaints).toEqual([]);
});

test("CANVAS-10: typing goes on through others' edits, is one step, and ends when its element goes", async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const type = (text: string) => {
      const box = ana.container.querySelector('.djs-direct-editing-content');
      if (box === null) throw new Error('Nothing can be typed.');
      box.textContent = text;
    };
    ana.get('selection').select([ana.at('Gate_1')]);
    ana.get('directEditing').activate(ana.at('Task_buy'));
    type('Pay now');
    const from = ana.updates.length;
    // What is selected is made anew, and others move the canvas about.
    ben.get('bpmnReplace').replaceElement(ben.at('Gate_1'), { type: 'bpmn:ParallelGateway' });
    ben.get('modeling').moveElements([ben.at('Task_buy')], { x: 20, y: 0 });
    exchange([ana, ben]);
    const during = { typing: ana.get('directEditing').isActive(), written: ana.updates.length - from };
    ana.get('directEditing').complete();
    const done = { name: ana.record('Task_buy').values['@name'], written: ana.updates.length - from };
    ana.get('directEditing').activate(ana.at('Task_buy'));
    type('Never');
    ben.get('modeling').removeElements([ben.at('Task_buy')]);
    exchange([ana, ben]);
    const gone = { typing: ana.get('directEditing').isActive(), written: ana.updates.length - from };
    close(ana, ben);
    return { during, done, gone };
  }, pools);
  expect(seen.during).toEqual({ typing: true, written: 0 });
  expect(seen.done).toEqual({ name: 'Pay now', written: 1 });
  expect(seen.gone).toEqual({ typing: false, written: 1 });
});

test('CANVAS-12: the selection stays, also of what is made anew', async () => {
  const selected = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    ana.get('selection').select(['Task_buy', 'Gate_1', 'Timer_late'].map((id) => ana.at(id)));
    const before = ana.get('selection').get();
    const made = ben.get('bpmnReplace').replaceElement(ben.at('Gate_1'), { type: 'bpmn:ParallelGateway' });
    ben.get('modeling').removeElements([ben.at('Timer_late')]);
    exchange([ana, ben]);
    const after = ana.get('selection').get();
    const selected = { ids: after.map(({ id }) => id), made: made.id, kept: after.includes(before[0]!) };
    close(ana, ben);
    return selected;
  }, pools);
  expect(selected.ids).toEqual(['Task_buy', selected.made]);
  expect(selected.kept).toBe(true);
});

test("CANVAS-13: bpmn-js's undo and redo are the document's: only one's own", async () => {
  const names = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const names = () => [ana.record('Task_buy').values['@name'], ana.record('Task_charge').values['@name']];
    ana.get('modeling').updateLabel(ana.at('Task_buy'), 'Mine');
    ben.get('modeling').updateLabel(ben.at('Task_charge'), 'Theirs');
    exchange([ana, ben]);
    const seen = [names()];
    ana.get('editorActions').trigger('undo');
    seen.push(names());
    ana.get('editorActions').trigger('redo');
    seen.push(names());
    ana.canvas.undo();
    ana.canvas.undo();
    seen.push(names());
    close(ana, ben);
    return seen;
  }, pools);
  expect(names).toEqual([
    ['Mine', 'Theirs'],
    ['Buy', 'Theirs'],
    ['Mine', 'Theirs'],
    ['Buy', 'Theirs'],
  ]);
});

test('CANVAS-15: after a command that throws the canvas shows the document, at the same place, and can be worked on', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const before = await ana.xml();
    ana.get('canvas').viewbox({ x: 40, y: 30, width: 600, height: 400 });
    const viewbox = ana.get('canvas').viewbox();
    ana.get('selection').select(ana.at('Task_buy'));
    let threw = '';
    class Broken {
      preExecute() {
        ana.get('modeling').moveElements([ana.at('Task_buy')], { x: 50, y: 0 });
        ana.get('modeling').removeElements([ana.at('Gate_1')]);
      }
      execute() {
        throw new Error('broken on purpose');
      }
    }
    ana.get('commandStack').registerHandler('broken', Broken);
    try {
      (ana.get('commandStack') as unknown as { execute(command: string, context: object): void }).execute(
        'broken',
        {},
      );
    } catch (error) {
      threw = String(error);
    }
    const after = {
      threw,
      faults: ana.faults,
      untouched: (await ana.xml()) === before && ana.updates.length === 0,
      drawn: JSON.stringify(ana.picture()) === JSON.stringify(ben.picture()),
      tree: (await ana.tree()) === before,
      place: JSON.stringify(ana.get('canvas').viewbox()) === JSON.stringify(viewbox),
      selected: ana
        .get('selection')
        .get()
        .map(({ id }) => id),
    };
    ana.get('modeling').updateLabel(ana.at('Task_buy'), 'Still');
    ben.get('modeling').updateLabel(ben.at('Gate_1'), 'here');
    exchange([ana, ben]);
    const works = (await ana.xml()) === (await ben.xml()) && (await ana.tree()) === (await ben.tree());
    const label = ana.undo.status().undoLabel;
    close(ana, ben);
    return { ...after, works, label };
  }, pools);
  expect(seen).toEqual({
    threw: 'Error: broken on purpose',
    faults: ['broken on purpose'],
    untouched: true,
    drawn: true,
    tree: true,
    place: true,
    selected: ['Task_buy'],
    works: true,
    label: 'Rename task',
  });
});

test("CANVAS-16: a reader's canvas can change nothing and shows others' edits", async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update, 'read')];
    const missing = (service: string) => {
      try {
        return ben.canvas.get<unknown>(service) === null;
      } catch {
        return true;
      }
    };
    ana.get('modeling').moveElements([ana.at('Sub_check')], { x: 10, y: 0 });
    ana.get('modeling').removeElements([ana.at('Task_charge')]);
    exchange([ana, ben]);
    ben.canvas.undo();
    const seen = {
      missing: ['modeling', 'palette', 'contextPad', 'commandStack', 'directEditing'].filter(missing),
      palette: ben.container.querySelectorAll('.djs-palette').length,
      drawn: JSON.stringify(ana.picture()) === JSON.stringify(ben.picture()),
      written: ben.updates.length,
    };
    close(ana, ben);
    return seen;
  }, pools);
  expect(seen).toEqual({
    missing: ['modeling', 'palette', 'contextPad', 'commandStack', 'directEditing'],
    palette: 0,
    drawn: true,
    written: 0,
  });
});

test('CANVAS-17: the diagrams of a file are named and shown one at a time; edits of the others are not lost', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const [first, second] = ana.canvas.diagrams();
    const names = ana.canvas.diagrams().map(({ name }) => name);
    const start = ana.canvas.shownDiagram() === first!.key;
    await ben.canvas.showDiagram(second!.key);
    const other = [ben.has('Task_2'), ben.has('Task_1'), ben.canvas.shownDiagram() === second!.key];
    ana.get('modeling').updateLabel(ana.at('Task_1'), 'One');
    ben.get('modeling').updateLabel(ben.at('Task_2'), 'Two');
    exchange([ana, ben]);
    await ana.canvas.showDiagram(second!.key);
    const both = [ana.record('Task_1').values['@name'], ana.record('Task_2').values['@name']];
    const drawn = JSON.stringify(ana.picture()) === JSON.stringify(ben.picture());
    close(ana, ben);
    return { names, start, other, both, drawn };
  }, twoDiagrams);
  expect(seen).toEqual({
    names: ['Page 1', 'Page 2'],
    start: true,
    other: [true, false, true],
    both: ['One', 'Two'],
    drawn: true,
  });
});

test('CANVAS-30: a plane is gone to by its key, from wherever one is', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update, 'read')];
    const first = ana.canvas.shownPlane();
    const [, second] = ana.canvas.diagrams();
    await ana.canvas.showDiagram(second!.key);
    const other = ana.canvas.shownPlane();
    const went = [await ben.canvas.showPlane(other!), ben.canvas.shownPlane() === other, ben.has('Task_2')];
    const back = [await ben.canvas.showPlane(first!), ben.canvas.shownPlane() === first, ben.has('Task_1')];
    const nowhere = [await ben.canvas.showPlane('no plane'), ben.canvas.shownPlane() === first];
    close(ana, ben);
    return { went, back, nowhere };
  }, twoDiagrams);
  expect(seen).toEqual({ went: [true, true, true], back: [true, true, true], nowhere: [false, true] });
});

test('CANVAS-18: a subprocess that somebody collapses can be opened by all; when it goes, who is inside is led out', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const button = (id: string) => ben.get('overlays').get({ element: id, type: 'drilldown' }).length;
    const before = button('Sub_pack');
    const expanded = ana.at('Sub_pack').collapsed !== true;
    ana.get('modeling').toggleCollapse(ana.at('Sub_pack'));
    exchange([ana, ben]);
    const after = button('Sub_pack');
    const plane = ben.get('elementRegistry').get('Sub_pack_plane');
    const box = ben.at('Task_box').parent?.id;
    if (expanded) ben.get('canvas').setRootElement(plane!);
    const inside = ben.get('canvas').getRootElement().id;
    ana.get('modeling').removeElements([ana.at('Sub_pack')]);
    exchange([ana, ben]);
    const out = ben.get('canvas').getRootElement().id;
    const left = ben.has('Task_box');
    close(ana, ben);
    return { before, after, expanded, box, inside, out, left };
  }, pools);
  expect(seen).toEqual({
    before: 0,
    after: 1,
    expanded: true,
    box: 'Sub_pack_plane',
    inside: 'Sub_pack_plane',
    out: 'Collaboration_1',
    left: false,
  });
});

test('CANVAS-19: a process that becomes a collaboration, and back, is followed; the view stays', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const viewbox = ben.get('canvas').viewbox({ x: 5, y: 6, width: 700, height: 500 });
    const seen: unknown[] = [];
    const look = () => {
      exchange([ana, ben]);
      const [mine, theirs] = [ana, ben].map(
        (person) => person.get('canvas').getRootElement().businessObject.$type,
      );
      seen.push([mine, theirs, JSON.stringify(ana.picture()) === JSON.stringify(ben.picture())]);
    };
    ana
      .get('modeling')
      .createShape({ type: 'bpmn:Participant' }, { x: 400, y: 200 }, ana.get('canvas').getRootElement());
    look();
    ana.canvas.undo();
    look();
    ana.canvas.redo();
    look();
    const now = ben.get('canvas').viewbox();
    close(ana, ben);
    return { seen, moved: [now.x - viewbox.x, now.y - viewbox.y].map(Math.round) };
  }, empty);
  expect(seen.seen).toEqual([
    ['bpmn:Collaboration', 'bpmn:Collaboration', true],
    ['bpmn:Process', 'bpmn:Process', true],
    ['bpmn:Collaboration', 'bpmn:Collaboration', true],
  ]);
  expect(seen.moved).toEqual([0, 0]);
});

test('CANVAS-20: elements that two people give one id are told apart, the same everywhere', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    for (const person of [ana, ben]) {
      person
        .get('modeling')
        .updateProperties(person.at(person === ana ? 'Task_buy' : 'Task_charge'), { id: 'Same' });
    }
    exchange([ana, ben]);
    const ids = (person: typeof ana) =>
      person
        .picture()
        .map((line) => String(JSON.parse(line.trim())[0]))
        .filter((id) => id.startsWith('Same'));
    const seen = {
      ana: ids(ana).filter((id) => !id.endsWith('_label')),
      same: JSON.stringify(ids(ana)) === JSON.stringify(ids(ben)),
      xml: (await ana.xml()) === (await ben.xml()),
      random: new Set(
        Array.from({ length: 2000 }, () => (ana.get('bpmnFactory').create('bpmn:Task') as { id: string }).id),
      ).size,
      length: (ana.get('bpmnFactory').create('bpmn:Task') as { id: string }).id.length,
    };
    close(ana, ben);
    return seen;
  }, pools);
  expect(seen.ana).toHaveLength(2);
  expect(seen).toMatchObject({ same: true, xml: true, random: 2000, length: 'Activity_'.length + 10 });
});

test('CANVAS-21: what is pasted has keys of its own', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const before = new Set(ana.reader.view().elements.keys());
    ana.get('copyPaste').copy([ana.at('Task_buy')]);
    const pasted = ana
      .get('copyPaste')
      .paste({ element: ana.at('Task_buy').parent!, point: { x: 700, y: 700 } });
    exchange([ana, ben]);
    const { key } = ana.record(pasted[0]!.id);
    const seen = {
      fresh: !before.has(key),
      kept: [...before].every((each) => ana.reader.view().elements.has(each)),
      there: ben.has(pasted[0]!.id),
      key:
        ben.canvas.keyOf(ben.at(pasted[0]!.id)) === key &&
        ben.canvas.elementOf(key) === ben.at(pasted[0]!.id),
    };
    close(ana, ben);
    return seen;
  }, pools);
  expect(seen).toEqual({ fresh: true, kept: true, there: true, key: true });
});

test('CANVAS-22: what was moved last lies on top, for everybody and for who comes later', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close, Y } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const tasks = (person: typeof ana) =>
      person
        .picture()
        .flatMap((line) => (line.includes('"bpmn:Task"') ? [String(JSON.parse(line.trim())[0])] : []));
    const onPage = (person: typeof ana) =>
      [...person.container.querySelectorAll('[data-element-id^="Task_"]')]
        .map((element) => element.getAttribute('data-element-id'))
        .filter((id) => /^Task_[A-D]$/.test(id ?? ''));
    const first = tasks(ana);
    ana.get('modeling').moveElements([ana.at('Task_A')], { x: 10, y: 10 });
    ben.get('modeling').moveElements([ben.at('Task_C'), ben.at('Task_B')], { x: 10, y: 10 });
    exchange([ana, ben]);
    const late = await open(Y.encodeStateAsUpdate(ana.doc));
    const seen = { first, people: [ana, ben, late].map(tasks), pages: [ana, ben, late].map(onPage) };
    close(ana, ben, late);
    return seen;
  }, overlapping);
  expect(seen.first).toEqual(['Task_A', 'Task_B', 'Task_C', 'Task_D']);
  expect(seen.people[0]!.slice(0, 1)).toEqual(['Task_D']);
  expect(new Set(seen.people[0])).toEqual(new Set(seen.first));
  for (const order of [...seen.people, ...seen.pages]) expect(order).toEqual(seen.people[0]);
});

test('CANVAS-23: a flow node that is moved to another lane leaves the first, whoever put it there', async () => {
  const lanes = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const into = (person: typeof ana, id: string) => {
      const node = person.at('Task_charge');
      const lane = person.at(id);
      const by = { x: 0, y: Math.round(lane.y + lane.height / 2 - node.y - node.height / 2) };
      person.get('modeling').moveElements([node], by, person.at('Pool_shop'));
    };
    const lanes = () =>
      ['Lane_desk', 'Lane_books', 'Lane_store'].filter((id) => {
        const element = ben.reader.view().elements.get(ben.record(id).key);
        return element?.lists.get('flowNodeRef')?.includes(ben.record('Task_charge').key);
      });
    const seen = [lanes()];
    into(ana, 'Lane_desk');
    exchange([ana, ben]);
    seen.push(lanes());
    into(ben, 'Lane_books');
    exchange([ana, ben]);
    seen.push(lanes());
    into(ana, 'Lane_store');
    exchange([ana, ben]);
    seen.push(lanes());
    const same = (await ana.tree()) === (await ben.tree());
    close(ana, ben);
    return { seen, same };
  }, pools);
  expect(lanes.seen).toEqual([['Lane_store'], ['Lane_desk'], ['Lane_books'], ['Lane_store']]);
  expect(lanes.same).toBe(true);
});

test('CANVAS-24: what hangs on something that is gone is not drawn, and is drawn again when that is back', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    // Each takes away what the other's new things need.
    ana.get('modeling').removeElements([ana.at('Task_charge')]);
    const flow = ben.get('modeling').connect(ben.at('Task_charge'), ben.at('End_late'));
    const event = ben
      .get('modeling')
      .createShape(
        { type: 'bpmn:BoundaryEvent' },
        { x: ben.at('Task_charge').x, y: ben.at('Task_charge').y },
        ben.at('Task_charge'),
        {
          attach: true,
        },
      );
    exchange([ana, ben]);
    const look = () => [ana, ben].map((person) => [person.has(flow.id), person.has(event.id)]);
    const gone = look();
    const consistent = (await ana.xml()) === (await ben.xml());
    ana.canvas.undo();
    exchange([ana, ben]);
    const back = look();
    const host = ana.at(event.id).host?.id;
    close(ana, ben);
    return { gone, consistent, back, host };
  }, pools);
  expect(seen).toEqual({
    gone: [
      [false, false],
      [false, false],
    ],
    consistent: true,
    back: [
      [true, true],
      [true, true],
    ],
    host: 'Task_charge',
  });
});

test('CANVAS-25: text is set in Arimo, which is there before the first text is measured', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, close } = window.desk;
    const ana = await open(await seed(xml));
    const seen = {
      loaded: document.fonts.check('12px Arimo'),
      faces: [...document.fonts].some(
        ({ family, status }) => family.includes('Arimo') && status === 'loaded',
      ),
      families: [...ana.container.querySelectorAll<SVGTextElement>('.djs-visual text')].map(
        ({ style }) => style.fontFamily,
      ),
    };
    close(ana);
    return seen;
  }, pools);
  expect(seen.loaded && seen.faces).toBe(true);
  expect(new Set(seen.families)).toEqual(new Set(['Arimo, Arial, sans-serif']));
});

test('CANVAS-26, CANVAS-27: listeners hear each change once, and nothing after the canvas was closed', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    ana.get('modeling').updateLabel(ana.at('Task_buy'), 'One');
    exchange([ana, ben]);
    ben.get('modeling').updateLabel(ben.at('Task_buy'), 'Two');
    exchange([ana, ben]);
    ana.canvas.undo();
    const before = { ana: ana.told.changes, ben: ben.told.changes };
    ana.canvas.destroy();
    ben.get('modeling').updateLabel(ben.at('Task_buy'), 'Three');
    exchange([ana, ben]);
    const after = { ana: ana.told.changes, left: ana.container.children.length, faults: ana.faults };
    ana.container.remove();
    close(ben);
    return { before, after };
  }, pools);
  expect(seen.before).toEqual({ ana: 3, ben: 2 });
  expect(seen.after).toEqual({ ana: 3, left: 0, faults: [] });
});

test('CANVAS-28: bpmn-js works on what the document says: a shape that changes its plane is in one list', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    ana.get('modeling').moveElements([ana.at('Task_1')], { x: 230, y: 20 }, ana.at('Sub_1'));
    ana.get('modeling').toggleCollapse(ana.at('Sub_1'));
    exchange([ana, ben]);
    const xmls = [await ana.xml(), await ana.tree(), await ben.xml(), await ben.tree()];
    close(ana, ben);
    return { same: new Set(xmls).size === 1, drawn: xmls[0]!.split('bpmnElement="Task_1"').length - 1 };
  }, twoDiagrams);
  expect(seen).toEqual({ same: true, drawn: 1 });
});

test('CANVAS-28: an element that bpmn-js lists twice is one element', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const [ana, ben] = [await open(update), await open(update)];
    const modeling = ana.get('modeling');
    modeling.toggleCollapse(ana.at('Sub_check'));
    const flow = modeling.connect(ana.at('Task_credit'), ana.at('Note_1'));
    modeling.connect(ana.at('Timer_late'), ana.at('Note_1'));
    modeling.toggleCollapse(ana.at('Sub_check'));
    exchange([ana, ben]);
    const xmls = [await ana.xml(), await ana.tree(), await ben.xml(), await ben.tree()];
    close(ana, ben);
    return { same: new Set(xmls).size === 1, drawn: xmls[0]!.split(`bpmnElement="${flow.id}"`).length - 1 };
  }, pools);
  expect(seen.same).toBe(true);
  expect(seen.drawn).toBeLessThan(2);
});

test('CANVAS-29: a gateway is drawn with a marker only where the document says so', async () => {
  const { marks, xml } = await page.evaluate(
    async (xml) => {
      const { open, seed, close } = window.desk;
      const update = await seed(xml);
      const [ana, ben] = [await open(update), await open(update, 'read')];
      ana.get('modeling').moveElements([ana.at('Gate_1')], { x: 10, y: 10 });
      const marks = [ana, ben].map(
        (person) =>
          person
            .get('elementRegistry')
            .getGraphics(person.at('Gate_1'))
            .querySelectorAll('.djs-visual > path').length,
      );
      const after = await ana.xml();
      close(ana, ben);
      return { marks, xml: after };
    },
    pools.replace(' isMarkerVisible="true"', ''),
  );
  expect(pools).toContain('isMarkerVisible="true"');
  expect(marks).toEqual([0, 0]);
  expect(xml).not.toContain('isMarkerVisible');
});

test('CANVAS-19, DIAG-27: two people draw the first pool at once: one pool with the work of both, on both canvases and in the file', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const states = [];
    for (const undone of [0, 1]) {
      const people = [await open(update), await open(update)];
      const names: string[] = [];
      for (const [index, person] of people.entries()) {
        const modeling = person.get('modeling');
        const root = () => person.get('canvas').getRootElement();
        const pool = modeling.createShape({ type: 'bpmn:Participant' }, { x: 400, y: 200 }, root());
        const other = modeling.createShape(
          { type: 'bpmn:Participant' },
          { x: 400, y: 900 + 400 * index },
          root(),
        );
        const task = modeling.createShape({ type: 'bpmn:Task' }, { x: 500, y: 200 + 100 * index }, pool);
        modeling.connect(task, other);
        names.push(other.id, task.id);
      }
      const state = async () => ({
        pictures: people.map((person) => JSON.stringify(person.picture())),
        files: await Promise.all(people.map((person) => person.xml())),
        trees: await Promise.all(people.map((person) => person.tree())),
        shown: names.map((name) => people.map((person) => person.has(name))),
        pools: people.map(
          (person) =>
            person
              .get('elementRegistry')
              .getAll()
              .filter((element) => element.type === 'bpmn:Participant').length,
        ),
        faults: people.flatMap((person) => person.faults),
      });
      exchange(people);
      states.push(await state());
      const later = await open(window.desk.Y.encodeStateAsUpdate(people[0]!.doc));
      states.at(-1)!.pictures.push(JSON.stringify(later.picture()));
      for (let step = 0; step < 4; step += 1) people[undone]!.canvas.undo();
      exchange(people);
      states.push(await state());
      close(...people, later);
    }
    return states;
  }, empty);
  for (const [index, { pictures, files, trees, shown, pools, faults }] of seen.entries()) {
    expect(new Set(pictures).size, String(index)).toBe(1);
    expect(new Set([...files, ...trees]).size, String(index)).toBe(1);
    expect(faults).toEqual([]);
    expect(pools).toEqual(index % 2 === 0 ? [3, 3] : [2, 2]);
    const mine = index === 1 ? [false, true] : index === 3 ? [true, false] : [true, true];
    expect(shown, String(index)).toEqual(
      mine.flatMap((is) => [
        [is, is],
        [is, is],
      ]),
    );
  }
  expect(complaints).toEqual([]);
});

test('CANVAS-18, DIAG-28: two people collapse one subprocess at once: one page with the work of both; it opens and closes again', async () => {
  const seen = await page.evaluate(async (xml) => {
    const { open, seed, exchange, close } = window.desk;
    const update = await seed(xml);
    const people = [await open(update), await open(update)];
    const [ana] = people;
    const made: string[] = [];
    for (const [index, person] of people.entries()) {
      person.get('modeling').toggleCollapse(person.at('Sub_pack'));
      const plane = person.at('Sub_pack_plane');
      person.get('canvas').setRootElement(plane);
      made.push(
        person.get('modeling').createShape({ type: 'bpmn:Task' }, { x: 500, y: 300 + 200 * index }, plane).id,
      );
    }
    const states: object[] = [];
    const look = async () => {
      exchange(people);
      const later = await open(window.desk.Y.encodeStateAsUpdate(ana!.doc));
      states.push({
        alike: new Set([...people, later].map((person) => JSON.stringify(person.picture()))).size,
        files: new Set(await Promise.all([...people, later].flatMap((each) => [each.xml(), each.tree()])))
          .size,
        parents: [...made, 'Task_box'].map((id) => later.at(id).parent?.id),
        faults: people.flatMap((person) => person.faults),
      });
      close(later);
    };
    await look();
    ana!.get('canvas').setRootElement(ana!.at('Collaboration_1'));
    for (let turn = 0; turn < 2; turn += 1) {
      ana!.get('modeling').toggleCollapse(ana!.at('Sub_pack'));
      await look();
    }
    close(...people);
    return states;
  }, pools);
  const parents = ['Sub_pack_plane', 'Sub_pack', 'Sub_pack_plane'];
  expect(seen).toEqual(
    parents.map((parent) => ({ alike: 1, files: 1, parents: [parent, parent, parent], faults: [] })),
  );
  expect(complaints).toEqual([]);
});
