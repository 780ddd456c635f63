import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { kinds } from '../kinds.ts';
import { createEditor, type Editor } from '../records/editor.ts';
import { createFakeNetwork } from '../records/fake-network.ts';
import { readPast } from '../records/past.ts';
import { createReader } from '../records/reader.ts';
import { restoreState } from '../records/restore.ts';
import { seed } from '../records/seed.ts';
import { readState } from '../records/state.ts';
import { createUndo } from '../records/undo.ts';
import * as commands from './index.ts';
import { type EstimateView, estimate, isLocked, type Status } from './index.ts';

const { addGroup, addLines, moveLines, removeGroup, setCells, spliceText, writeStatus } = commands;

function open() {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, 'Roof');
  const editor = createEditor(doc, estimate.schema, 'ana');
  const reader = createReader(doc, estimate);
  return { doc, editor, reader, undo: createUndo(editor), names: () => namesOf(reader.view()) };
}

/** Two people; `first` is made by A and known to both. */
function two<T>(first: (a: Editor) => T) {
  const network = createFakeNetwork(2, (doc) => seed(doc, estimate.schema, 'Roof'));
  const [a, b] = network.docs.map((doc) => createEditor(doc, estimate.schema)) as [Editor, Editor];
  const made = first(a);
  network.settle();
  const readers = network.docs.map((doc) => createReader(doc, estimate));
  /** What both see, by a live reading that saw all that was between and by a fresh one. */
  const settle = () => {
    for (const reader of readers) reader.view();
    network.settle();
    const now = viewOf(network.docs[0]!);
    for (const reader of readers) expect(reader.view()).toEqual(now);
    return now;
  };
  return { network, a, b, made, settle, undoA: createUndo(a), undoB: createUndo(b) };
}

const viewOf = (doc: Y.Doc) => estimate.view(readState(doc, estimate.schema), [], null);
const namesOf = (view: EstimateView) =>
  view.sections.map(({ lines }) => lines.map(({ name }) => name).join(''));
const letters = (text: string) => [...text].map((name) => ({ name }));
const idOf = (view: EstimateView, name: string) =>
  [...view.lines.values()].find((line) => line.name === name)!.id;

const submitted: Status = {
  is: 'submitted',
  at: '2026-01-31T12:00:00.000Z',
  by: 'u1',
  byName: 'Ana',
  versionId: 'v1',
  number: 1,
};
const draft: Status = { ...submitted, is: 'draft' };

describe('sections and lines', () => {
  test('EST-1: a new estimate has its title, is a draft in dollars at 15 % margin, and has nothing else', () => {
    const { doc, reader } = open();
    const view = reader.view();
    expect(view.meta).toMatchObject({
      title: 'Roof',
      currency: 'USD',
      status: { is: 'draft' },
      parent: null,
    });
    expect(view.params).toEqual({
      targetBp: 1500,
      marginMode: 'margin',
      overheadBp: 0,
      contingencyBp: 0,
      taxBp: 0,
    });
    expect(isLocked(view)).toBe(false);
    expect(view).toMatchObject({
      groups: [],
      sections: [],
      risks: [],
      actuals: [],
      lessons: [],
      findings: [],
    });
    expect(view.lines.size).toBe(0);
    expect(commands.readTexts(doc)).toEqual({ scope: '', terms: '', notes: '' });
  });

  test('EST-2: lines stand where they are put, and a line that nobody changed is the same object', () => {
    const { editor, reader, names } = open();
    const roof = addGroup(editor, 'Roof')!;
    const yard = addGroup(editor, 'Yard')!;
    const [a, b] = addLines(editor, { group: roof }, letters('abc'))!;
    const before = reader.view();
    expect(setCells(editor, [{ id: b!, column: 'qty', value: 7 }])).toBe(true);
    const after = reader.view();
    expect(after.lines.get(b!)).toMatchObject({ qty: 7, group: roof });
    expect(after.sections[1]).toBe(before.sections[1]);
    expect(after.lines.get(a!)).toBe(before.lines.get(a!));
    addLines(editor, { group: roof, before: b! }, letters('xy'));
    expect(names()).toEqual(['axybc', '']);
    moveLines(editor, [b!, a!], yard);
    expect(names()).toEqual(['xyc', 'ba']);
    moveLines(editor, [a!], roof, idOf(reader.view(), 'c'));
    expect(names()).toEqual(['xyac', 'b']);
    expect(commands.moveGroup(editor, yard, roof)).toBe(true);
    expect(names()).toEqual(['b', 'xyac']);
    addLines(editor, { group: null }, letters('z'));
    expect(names()).toEqual(['b', 'xyac', 'z']);
    expect(reader.view().sections.at(-1)?.group).toBe(null);
    expect([...reader.view().lines.values()].map(({ name }) => name).join('')).toBe('bxyacz');
    expect(reader.view().findings).toEqual([]);
  });

  test('EST-9: a line whose section is not there stands in the last one, without a group, and is named', () => {
    const { doc, editor, reader, names } = open();
    const group = addGroup(editor, 'Roof')!;
    addLines(editor, { group }, letters('a'));
    doc.getMap<Y.Map<unknown>>('lines').set(
      'l',
      new Y.Map([
        ['g', 'nowhere'],
        ['name', 'l'],
      ]),
    );
    expect(names()).toEqual(['a', 'l']);
    expect(reader.view().findings.map(({ code, id }) => [code, id])).toEqual([['dangling', 'l']]);
    moveLines(editor, ['l'], null, null);
    expect(reader.view().lines.get('l')?.group).toBe('nowhere');
    moveLines(editor, ['l'], group, null);
    expect(names()).toEqual(['al']);
    moveLines(editor, ['l'], null);
    expect(reader.view().lines.get('l')?.group).toBe(null);
    expect(names()).toEqual(['a', 'l']);
    expect(reader.view().findings).toEqual([]);
  });

  test('EST-10: a section goes with its lines in one step, and comes back with them and what others wrote', () => {
    const { a, b, made, settle, undoA } = two((editor) => {
      const group = addGroup(editor, 'Roof')!;
      return { group, ids: addLines(editor, { group }, letters('abc'))! };
    });
    const [first] = made.ids;
    let updates = 0;
    a.doc.on('update', () => {
      updates += 1;
    });
    removeGroup(a, made.group);
    expect(updates).toBe(1);
    setCells(b, [{ id: first!, column: 'qty', value: 5 }]);
    expect(settle().sections).toEqual([]);
    expect(undoA.undo()).toBe('Remove section');
    expect(namesOf(settle())).toEqual(['abc']);
    expect(settle().lines.get(first!)?.qty).toBe(5);
    undoA.redo();
    expect(settle().lines.size).toBe(0);
  });

  test('EST-10: a line that somebody adds to a section or moves into it while it is removed is not lost', () => {
    const { a, b, made, settle, undoA } = two((editor) => {
      const [roof, yard] = [addGroup(editor, 'Roof')!, addGroup(editor, 'Yard')!];
      addLines(editor, { group: roof }, letters('ab'));
      const [moving] = addLines(editor, { group: yard }, letters('m'))!;
      return { roof, yard, moving: moving! };
    });
    removeGroup(a, made.roof);
    addLines(b, { group: made.roof }, letters('n'));
    moveLines(b, [made.moving], made.roof);
    const view = settle();
    expect(view.sections.map(({ group }) => group?.id ?? null)).toEqual([made.yard, null]);
    expect(namesOf(view).map((text) => [...text].sort().join(''))).toEqual(['', 'mn']);
    undoA.undo();
    expect(namesOf(settle())[0]).toHaveLength(4);
  });

  test('EST-10: a line that somebody moves away meanwhile goes with its section, and comes back where it was moved', () => {
    const { a, b, made, settle, undoA } = two((editor) => {
      const [roof, yard] = [addGroup(editor, 'Roof')!, addGroup(editor, 'Yard')!];
      return { roof, yard, ids: addLines(editor, { group: roof }, letters('ab'))! };
    });
    removeGroup(a, made.roof);
    moveLines(b, [made.ids[0]!], made.yard);
    expect(namesOf(settle())).toEqual(['']);
    undoA.undo();
    expect(namesOf(settle())).toEqual(['b', 'a']);
  });

  test('EST-11: a line that two people move at once stands in one place; both writes to one line stand', () => {
    const { a, b, made, settle } = two((editor) => {
      const groups = ['1', '2', '3'].map((name) => addGroup(editor, name)!);
      return { groups, ids: addLines(editor, { group: groups[0]! }, letters('abc'))! };
    });
    moveLines(a, [made.ids[0]!], made.groups[1]!);
    moveLines(b, [made.ids[0]!], made.groups[2]!);
    setCells(a, [{ id: made.ids[1]!, column: 'qty', value: 3 }]);
    setCells(b, [{ id: made.ids[1]!, column: 'unitCost', value: 4 }]);
    moveLines(b, [made.ids[2]!], made.groups[0]!, made.ids[1]!);
    const view = settle();
    expect(namesOf(view).join('')).toHaveLength(3);
    expect(namesOf(view)[0]).toBe('cb');
    expect(view.lines.get(made.ids[1]!)).toMatchObject({ qty: 3, unitCost: 4 });
  });

  test('EST-12: a move writes one register, and stands where it was asked for among equal and broken order keys', () => {
    const { doc, editor, reader, names } = open();
    const group = addGroup(editor, 'Roof')!;
    const [a, b, c, d, e] = addLines(editor, { group }, letters('abcde'))!;
    let changes: readonly unknown[] = [];
    editor.onCommand((done) => {
      changes = done.changes;
    });
    moveLines(editor, [e!], group, a!);
    expect([names(), changes.length]).toEqual([['eabcd'], 1]);
    const lines = doc.getMap<Y.Map<unknown>>('lines');
    for (const id of [a, b, c]) lines.get(id!)!.set('o', lines.get(a!)!.get('o'));
    lines.get(d!)!.set('o', '~~ no key');
    const order = reader.view().sections[0]!.lines.map(({ id }) => id);
    for (const before of [...order.slice(1), null]) {
      const [id] = order;
      moveLines(editor, [id!], group, before);
      const rest = order.filter((other) => other !== id);
      const at = before === null ? rest.length : rest.indexOf(before);
      expect(reader.view().sections[0]!.lines.map((line) => line.id)).toEqual(rest.toSpliced(at, 0, id!));
      moveLines(editor, [id!], group, order[1]!);
      for (const twin of [a, b, c]) lines.get(twin!)!.set('o', 'a0');
      order.splice(0, order.length, ...reader.view().sections[0]!.lines.map((line) => line.id));
    }
    expect(moveLines(editor, [a!], group, a!)).toBe(false);
    expect(moveLines(editor, ['gone'], group)).toBe(false);
    expect(moveLines(editor, [a!], 'gone')).toBe(false);
  });

  test('EST-22: copies have all of their originals and stand below the last of them', () => {
    const { doc, editor, reader, names } = open();
    const [one, other] = [addGroup(editor, '1')!, addGroup(editor, '2')!];
    const ids = addLines(editor, { group: one }, letters('abc'))!;
    const [d] = addLines(editor, { group: other }, [{ name: 'd', calc: { qty: '1+1' }, optional: true }])!;
    doc.getMap<Y.Map<unknown>>('lines').get(d!)!.set('newer', 'kept');
    const copies = commands.duplicateLines(editor, [d!, ids[1]!, ids[0]!, 'gone'])!;
    expect(names()).toEqual(['ababc', 'dd']);
    const copy = reader.view().sections[1]!.lines[1]!;
    expect(copies).toContain(copy.id);
    expect(copy).toMatchObject({ name: 'd', calc: { qty: '1+1' }, optional: true, group: other });
    expect(readState(doc, estimate.schema).lines?.get(copy.id)?.get('newer')).toBe('kept');
    expect(commands.duplicateLines(editor, ['gone'])).toBe(null);
  });
});

describe('cells and blocks', () => {
  test('EST-16: what was typed stands beside what it came to, until the cell is written plainly', () => {
    const { editor, reader } = open();
    const [id] = addLines(editor, { group: null }, [{ calc: { unitCost: '=100/8' } }])!;
    const calc = () => reader.view().lines.get(id!)!.calc;
    setCells(editor, [{ id: id!, column: 'qty', value: 42_000_000, calc: '12*3.5' }]);
    expect(calc()).toEqual({ unitCost: '=100/8', qty: '12*3.5' });
    setCells(editor, [{ id: id!, column: 'qty', value: 42_000_000 }]);
    expect(calc()).toEqual({ unitCost: '=100/8' });
    setCells(editor, [{ id: id!, column: 'unitCost', value: null }]);
    expect([calc(), reader.view().lines.get(id!)!.unitCost]).toEqual([{}, 0]);
  });

  test('EST-17: a block of 2,000 by 8 is one transaction, one update and one step back, whatever it runs over', () => {
    const { doc, editor, reader, undo } = open();
    const group = addGroup(editor, 'Roof')!;
    const ids = addLines(
      editor,
      { group },
      Array.from({ length: 1500 }, (_, at) => ({ name: `${at}` })),
    )!;
    const before = viewOf(doc);
    let updates = 0;
    doc.on('update', () => {
      updates += 1;
    });
    const cells = ids.flatMap((id, at) => [
      { id, column: 'code', value: `C${at}` } as const,
      { id, column: 'name', value: `Pasted ${at}` } as const,
      { id, column: 'qty', value: at + 1, calc: `${at}+1` } as const,
      { id, column: 'unit', value: 'sq' } as const,
      { id, column: 'unitCost', value: at + 2 } as const,
      { id, column: 'wasteBp', value: 1000 } as const,
      { id, column: 'kind', value: 'lab' } as const,
      { id, column: 'note', value: 'n' } as const,
    ]);
    const lines = Array.from({ length: 500 }, (_, at) => ({ name: `New ${at}`, qty: at }));
    const made = commands.pasteBlock(editor, {
      cells: [...cells, { id: 'gone', column: 'qty', value: 1 }],
      newLines: { place: { group }, lines },
    })!;
    const after = viewOf(doc);
    expect([updates, made.length, after.lines.size]).toEqual([1, 500, 2000]);
    expect(after.lines.get(ids[9]!)).toMatchObject({
      code: 'C9',
      qty: 10,
      calc: { qty: '9+1' },
      kind: 'lab',
    });
    expect(after.sections[0]!.lines.slice(1500).map(({ id }) => id)).toEqual(made);
    expect(undo.undo()).toBe('Paste');
    expect([updates, viewOf(doc)]).toEqual([2, before]);
    expect(reader.view()).toEqual(before);
    undo.redo();
    expect(viewOf(doc)).toEqual(after);
  });

  test('EST-17: several sections with their lines are one step', () => {
    const { editor, names, undo } = open();
    addGroup(editor, 'First');
    const ids = commands.addSections(editor, [
      { name: 'A', lines: letters('ab') },
      { name: 'B', lines: [] },
    ])!;
    expect([ids.length, names()]).toEqual([2, ['', 'ab', '']]);
    expect(undo.undo()).toBe('Add sections');
    expect(names()).toEqual(['']);
  });

  test('EST-20: commands bring values inside their limits, never write half a character, and refuse another type', () => {
    const { doc, editor, reader } = open();
    const [id] = addLines(editor, { group: null }, [
      { name: `${'x'.repeat(499)}😀`, qty: 1.4, wasteBp: -5 },
    ])!;
    expect(reader.view().lines.get(id!)).toMatchObject({
      name: `${'x'.repeat(499)}\ufffd`,
      qty: 1,
      wasteBp: 0,
    });
    setCells(editor, [{ id: id!, column: 'unitCost', value: 1e300 }]);
    expect(reader.view().lines.get(id!)?.unitCost).toBe(Number.MAX_SAFE_INTEGER);
    commands.setParam(editor, { taxBp: 1e9, targetBp: -1 });
    expect(reader.view().params).toMatchObject({ taxBp: 100_000, targetBp: 0 });
    expect(reader.view().findings).toEqual([]);
    const before = Y.encodeStateVector(doc);
    for (const cell of [
      { id: id!, column: 'qty', value: '12' },
      { id: id!, column: 'kind', value: 'gold' },
      { id: id!, column: 'colour', value: 1 },
    ]) {
      const good = { id: id!, column: 'note', value: 'n' } as const;
      expect(() => setCells(editor, [good, cell as never])).toThrow(TypeError);
    }
    expect(() => commands.setMeta(editor, { currency: 'dollars' })).toThrow(TypeError);
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });

  test('EST-27: a command on what is gone changes nothing, and neither does one that says what is', () => {
    const { doc, editor } = open();
    const group = addGroup(editor, 'A')!;
    const [id] = addLines(editor, { group }, [{ name: 'a', optional: false, qty: 0 }])!;
    const [removed] = addLines(editor, { group }, letters('r'))!;
    commands.removeLines(editor, [removed!]);
    const before = Y.encodeStateVector(doc);
    expect([
      moveLines(editor, [removed!], group),
      setCells(editor, [{ id: removed!, column: 'qty', value: 1 }]),
      commands.renameGroup(editor, 'gone', 'x'),
      commands.renameGroup(editor, group, 'A'),
      commands.moveGroup(editor, 'gone', null),
      removeGroup(editor, 'gone'),
      setCells(editor, [{ id: 'gone', column: 'qty', value: 1 }]),
      setCells(editor, [
        { id: id!, column: 'name', value: 'a' },
        { id: id!, column: 'optional', value: false },
        { id: id!, column: 'qty', value: 0 },
      ]),
      commands.removeLines(editor, ['gone']),
      commands.setRisk(editor, 'gone', { title: 'x' }),
      commands.removeRisk(editor, 'gone'),
      commands.moveRisk(editor, 'gone', null),
      commands.applyMitigation(editor, 'gone', null),
      commands.setActual(editor, 'gone', { amount: 1 }),
      commands.removeActual(editor, 'gone'),
      commands.setLesson(editor, 'gone', { text: 'x' }),
      commands.removeLesson(editor, 'gone'),
      commands.setParam(editor, {}),
      spliceText(editor, 'terms', ''),
    ]).not.toContain(true);
    expect(addLines(editor, { group: 'gone' }, [{}])).toBe(null);
    expect(addLines(editor, { group }, [])).toBe(null);
    expect(commands.duplicateLines(editor, [removed!])).toBe(null);
    expect(Y.encodeStateVector(doc)).toEqual(before);
  });
});

describe('the lock', () => {
  function filled() {
    const all = open();
    const { editor } = all;
    const group = addGroup(editor, 'Roof')!;
    const [line] = addLines(editor, { group }, letters('a'))!;
    const risk = commands.addRisk(editor, { title: 'Rot' })!;
    return { ...all, group, line: line!, risk };
  }

  test('EST-13: what has a price stands still when the estimate is not a draft; the rest goes on', () => {
    for (const is of ['submitted', 'won', 'lost'] as const) {
      const { doc, editor, reader, group, line, risk } = filled();
      expect(writeStatus(editor, { ...submitted, is })).toBe(true);
      expect([isLocked(reader.view()), reader.view().meta.status.number]).toEqual([true, 1]);
      const before = Y.encodeStateVector(doc);
      const answers = [
        addGroup(editor),
        commands.renameGroup(editor, group, 'x'),
        commands.moveGroup(editor, group, null),
        removeGroup(editor, group),
        addLines(editor, { group }, [{}]),
        commands.addSections(editor, [{ name: 'x', lines: [] }]),
        setCells(editor, [{ id: line, column: 'note', value: 'x' }]),
        commands.pasteBlock(editor, { cells: [{ id: line, column: 'qty', value: 1 }] }),
        moveLines(editor, [line], null),
        commands.removeLines(editor, [line]),
        commands.duplicateLines(editor, [line]),
        commands.addRisk(editor, {}),
        commands.setRisk(editor, risk, { probBp: 1, outcome: 'struck' }),
        commands.moveRisk(editor, risk, null),
        commands.removeRisk(editor, risk),
        commands.applyMitigation(editor, risk, { by: 'u', at: '2026-01-01T00:00:00Z' }),
        commands.setParam(editor, { taxBp: 1 }),
        commands.setMeta(editor, { currency: 'EUR' }),
      ];
      expect(answers.filter((answer) => answer !== false && answer !== null)).toEqual([]);
      expect(Y.encodeStateVector(doc)).toEqual(before);

      expect(commands.setRisk(editor, risk, { outcome: 'struck', actualImpact: 5, owner: 'Bo' })).toBe(true);
      expect(commands.setMeta(editor, { client: 'Bo' })).toBe(true);
      expect(commands.setProposal(editor, { detail: 'lines' })).toBe(true);
      expect(commands.setReview(editor, { actualDays: 4, startedOn: '2026-02-01' })).toBe(true);
      const actual = commands.addActual(editor, { lineId: line, amount: 1 });
      expect(commands.setActual(editor, actual, { amount: 2 })).toBe(true);
      const lesson = commands.addLesson(editor, { text: 'Check the deck.' });
      expect(commands.setLesson(editor, lesson, { kind: 'issue' })).toBe(true);
      expect(spliceText(editor, 'notes', 'Open')).toBe(true);
      expect(reader.view()).toMatchObject({
        risks: [{ outcome: 'struck', actualImpact: 5, probBp: 0 }],
        actuals: [{ amount: 2 }],
        lessons: [{ kind: 'issue' }],
        review: { actualDays: 4 },
      });
    }
  });

  test('EST-14: undo, redo and restore leave what stands still alone; undo goes on when it is open again', () => {
    const { doc, editor, reader, undo, line } = filled();
    const then = readPast(doc, estimate.schema);
    setCells(editor, [{ id: line, column: 'qty', value: 5 }]);
    commands.setMeta(editor, { client: 'Bo' });
    setCells(editor, [{ id: line, column: 'qty', value: 6 }]);
    undo.undo();
    const other = createEditor(doc, estimate.schema, 'server');
    const [later] = addLines(other, { group: null }, letters('l'))!;
    commands.removeLines(other, [line]);
    writeStatus(other, submitted);
    expect(undo.redo()).toBe(null);
    expect(undo.status().redoLabel).toBe(null);
    expect(undo.undo()).toBe('Change details');
    expect([undo.undo(), undo.status().canUndo]).toEqual([null, false]);
    commands.setMeta(editor, { client: 'Cy' });
    expect(restoreState(editor, then)).toBe(true);
    expect(reader.view()).toMatchObject({ meta: { client: '', status: submitted } });
    expect([...reader.view().lines.keys()]).toEqual([later]);
    writeStatus(other, draft);
    commands.removeLines(other, [later!]);
    other.doc.getMap<Y.Map<unknown>>('lines').get(line)!.set('x', null);
    expect(reader.view().lines.get(line)?.qty).toBe(5);
    while (undo.status().undoLabel !== 'Change cell') undo.undo();
    expect(undo.undo()).toBe('Change cell');
    expect(reader.view().lines.get(line)?.qty).toBe(0);
    writeStatus(other, submitted);
    expect(restoreState(editor, then)).toBe(false);
  });

  test('EST-15: an edit made offline before the submission arrives, on the same line everywhere', () => {
    const { network, a, b, made, settle } = two((editor) => {
      const group = addGroup(editor, 'Roof')!;
      return { group, line: addLines(editor, { group }, letters('a'))![0]! };
    });
    writeStatus(a, submitted);
    setCells(b, [{ id: made.line, column: 'qty', value: 9 }]);
    addLines(b, { group: made.group }, letters('b'));
    const view = settle();
    expect(view.meta.status).toEqual(submitted);
    expect([namesOf(view), view.lines.get(made.line)?.qty]).toEqual([['ab'], 9]);
    expect(setCells(b, [{ id: made.line, column: 'qty', value: 10 }])).toBe(false);
    expect(network.sent(1)).toBe(2);
  });
});

describe('the rest', () => {
  test('EST-18: risks stand in their order; a mitigation is applied and taken back with who and when', () => {
    const { editor, reader } = open();
    const [a, b] = ['a', 'b'].map((title) => commands.addRisk(editor, { title, probBp: 12_000, low: 5 })!);
    expect(reader.view().risks.map(({ title, probBp }) => [title, probBp])).toEqual([
      ['a', 10_000],
      ['b', 10_000],
    ]);
    commands.moveRisk(editor, b!, a!);
    const by = { by: 'u1', at: '2026-01-31T12:00:00Z' };
    expect(commands.applyMitigation(editor, a!, by)).toBe(true);
    expect(reader.view().risks.map(({ id, applied }) => [id, applied])).toEqual([
      [b, null],
      [a, by],
    ]);
    expect(commands.applyMitigation(editor, a!, null)).toBe(true);
    expect(reader.view().risks[1]?.applied).toBe(null);
  });

  test('EST-19: a text changes in the smallest place, so that what others write elsewhere stands', () => {
    const { a, b, settle, network } = two((editor) =>
      spliceText(editor, 'terms', 'Pay in 30 days. Thank you.'),
    );
    spliceText(a, 'terms', 'Pay in 14 days. Thank you.');
    spliceText(b, 'terms', 'Pay in 30 days. Thank you all.');
    settle();
    for (const doc of network.docs)
      expect(commands.readTexts(doc).terms).toBe('Pay in 14 days. Thank you all.');
    for (const next of [
      '😀',
      '\u{1fa00}',
      '😀😁',
      '😁',
      '😁😀😁',
      '😁\ud83d😁',
      '',
      'aaa',
      'aa',
      'aaaa',
      'x\ude00',
    ]) {
      spliceText(a, 'scope', next);
      settle();
      for (const doc of network.docs) expect(commands.readTexts(doc).scope).toBe(next.toWellFormed());
    }
  });

  test('EST-19: a text that another type was put under says nothing and is not written', () => {
    const { doc, editor } = open();
    doc.getMap('terms').set('a', 1);
    expect(commands.readTexts(doc).terms).toBe('');
    expect(spliceText(editor, 'terms', 'x')).toBe(false);
  });

  test('EST-21: a document of before the estimate had its shape is an estimate with its title', () => {
    const doc = new Y.Doc();
    // As it was seeded then, with registers that nobody reads now.
    doc.getMap('meta').set('schemaVersion', 1);
    doc.getMap('meta').set('kind', 'estimate');
    doc.getMap('meta').set('title', 'Old');
    doc.getMap('meta').set('minor', 2);
    doc.getMap('lines').set(
      'l',
      new Y.Map<unknown>([
        ['o', 'a0'],
        ['qtyM', 5],
      ]),
    );
    const before = Y.encodeStateVector(doc);
    expect(kinds.estimate.migrate(doc)).toBe(false);
    expect(kinds.estimate.seed(doc, 'New')).toBe(false);
    expect([kinds.estimate.title(doc), kinds.estimate.check(doc)]).toEqual(['Old', []]);
    expect(Y.encodeStateVector(doc)).toEqual(before);
    const editor = createEditor(doc, estimate.schema);
    expect(setCells(editor, [{ id: 'l', column: 'qty', value: 3 }])).toBe(true);
    expect(readState(doc, estimate.schema).lines?.get('l')?.get('qtyM')).toBe(5);
  });

  test('EST-23: its JSON has the lines within their sections, and the texts', () => {
    const { doc, editor } = open();
    const group = addGroup(editor, 'Roof')!;
    addLines(editor, { group }, letters('a'));
    addLines(editor, { group: null }, letters('z'));
    spliceText(editor, 'scope', 'All of it.');
    const content = JSON.parse(JSON.stringify(kinds.estimate.content(doc)));
    expect(content).toMatchObject({
      meta: { title: 'Roof' },
      sections: [
        { id: group, name: 'Roof', lines: [{ name: 'a', qty: 0 }] },
        { id: null, name: '', lines: [{ name: 'z' }] },
      ],
      scope: 'All of it.',
      terms: '',
    });
    expect(Object.keys(content)).not.toContain('lines');
  });

  test('EST-28: actual costs stand by date, and a fork remembers the version that it began with', () => {
    const { editor, reader } = open();
    for (const date of ['2026-03-01', '2026-01-01', '', '2026-02-01']) commands.addActual(editor, { date });
    expect(reader.view().actuals.map(({ date }) => date)).toEqual([
      '',
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
    const parent = { documentId: 'd', versionId: 'v', number: 2, note: 'cheaper' };
    expect(commands.writeParent(editor, parent)).toBe(true);
    expect(reader.view().meta.parent).toEqual(parent);
  });
});
