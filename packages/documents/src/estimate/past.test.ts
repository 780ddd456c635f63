import { describe, expect, test } from 'vitest';
import { kinds } from '../kinds.ts';
import { createEditor } from '../records/editor.ts';
import { createFakeNetwork } from '../records/fake-network.ts';
import { readPast } from '../records/past.ts';
import { restoreState } from '../records/restore.ts';
import { seed } from '../records/seed.ts';
import { createUndo } from '../records/undo.ts';
import * as commands from './index.ts';

function house() {
  const network = createFakeNetwork(2, (doc) => seed(doc, commands.estimateSchema, 'Roof of Ada'));
  const [a, b] = network.docs.map((doc, index) =>
    createEditor(doc, commands.estimateSchema, `user ${index}`),
  );
  const group = commands.addGroup(a!, 'Roof')!;
  const [line] = commands.addLines(a!, { group }, [
    { name: 'Shingles', qty: 12_000_000, unit: 'm²', unitCost: 125_000 },
  ])!;
  commands.spliceText(a!, 'scope', 'We build the roof.');
  network.settle();
  const past = () => readPast(a!.doc, commands.estimateSchema);
  const view = () => commands.estimate.view(past().state, [], null);
  return { network, a: a!, b: b!, group, line: line!, past, view };
}

const submitted = { is: 'submitted', at: '', by: null, byName: '', versionId: null, number: 3 } as const;

describe('the past of an estimate', () => {
  test('REC-22: what became of it is told in the words of estimates, in the currency of each side', () => {
    const { a, group, line, past } = house();
    const risk = commands.addRisk(a, { title: 'Rain', high: 5_000_000 })!;
    const before = past();
    commands.setCells(a, [
      { id: line, column: 'unitCost', value: 130_000 },
      { id: line, column: 'qty', value: 13_500_000, calc: '12+1.5' },
    ]);
    const other = commands.addGroup(a, 'Walls')!;
    commands.moveLines(a, [line], other);
    commands.addLines(a, { group }, [{ name: 'Nails' }]);
    commands.removeRisk(a, risk);
    commands.setMeta(a, { currency: 'EUR' });
    commands.setParam(a, { targetBp: 1750 });
    commands.spliceText(a, 'scope', 'We build the whole roof.');
    commands.writeStatus(a, submitted);
    const changes = commands.describeEstimate(before, past());
    const told = changes.map(({ types, what, name, place, fields }) => [
      `${types.join(' ')}: ${what} ${name} (${place})`,
      ...fields.map(({ label, old, new: now }) => `${label}: ${old} → ${now}`),
    ]);
    expect(told.map((lines) => lines.join('; ')).sort()).toEqual([
      'added: Line Nails (Roof)',
      'added: Section Walls ()',
      'changed moved: Line Shingles (Walls); Section: Roof → Walls; Quantity: 12 → 13.5; Unit cost: $12.50 → €13.00; Quantity, as typed: null → 12+1.5',
      'changed: Details  (); Currency: USD → EUR; Status: Draft → Submitted, version 3',
      'changed: Rates  (); Target: 15% → 17.5%',
      'changed: Text Scope of work (); Text: We build the roof. → We build the whole roof.; Length: 18 characters → 24 characters',
      'removed: Risk Rain ()',
    ]);
    const unitCost = changes.flatMap(({ fields }) => fields).find(({ label }) => label === 'Unit cost');
    expect(unitCost?.raw).toEqual({ old: 125_000, new: 130_000 });
  });

  test('REC-20: a line whose section is gone comes back with it; a section comes back with its lines; undo takes both away', () => {
    const { a, group, line, past, view } = house();
    const [second] = commands.addLines(a, { group }, [{ name: 'Nails' }])!;
    const then = past();
    commands.removeGroup(a, group);
    const undo = createUndo(a);
    expect(commands.restoreEstimateThings(a, then, [{ collection: 'lines', id: line }])).toEqual({
      changed: true,
      along: [
        { collection: 'groups', id: group },
        { collection: 'lines', id: second },
      ],
      left: [],
      reopened: [],
    });
    expect(view().sections.map(({ group: of, lines }) => [of?.name, lines.map(({ name }) => name)])).toEqual([
      ['Roof', ['Shingles', 'Nails']],
    ]);
    expect(undo.undo()).toBe('Restore “Shingles”');
    expect(view().sections).toEqual([]);
  });

  test('REC-25: a section comes back with the lines that went with it, or alone; lines put elsewhere stay there', () => {
    const { a, group, line, past, view } = house();
    const [second] = commands.addLines(a, { group }, [{ name: 'Nails' }])!;
    const kept = commands.addGroup(a, 'Kept')!;
    const then = past();
    commands.moveLines(a, [line], kept);
    commands.removeGroup(a, group);
    const undo = createUndo(a);
    const section = { collection: 'groups', id: group };
    const offered = kinds.estimate.offeredWith(then.state, past().state, [section]);
    expect(offered).toEqual([{ collection: 'lines', id: second }]);
    const told = () =>
      view().sections.map(({ group: of, lines }) => [of?.name, ...lines.map(({ name }) => name)]);
    expect(commands.restoreEstimateThings(a, then, [section], { alone: true }).along).toEqual([]);
    expect(told()).toEqual([['Roof'], ['Kept', 'Shingles']]);
    undo.undo();
    expect(commands.restoreEstimateThings(a, then, [section]).along).toEqual(offered);
    expect(told()).toEqual([
      ['Roof', 'Nails'],
      ['Kept', 'Shingles'],
    ]);
    expect(undo.undo()).toBe('Restore “Roof”');
    expect(told()).toEqual([['Kept', 'Shingles']]);
  });

  test('REC-20: a section that came later goes with its lines, and a line that it took in goes back to its own', () => {
    const { a, group, line, past, view } = house();
    const then = past();
    const later = commands.addGroup(a, 'Walls')!;
    const [made] = commands.addLines(a, { group: later }, [{ name: 'Bricks' }])!;
    commands.moveLines(a, [line], later);
    const { along } = commands.restoreEstimateThings(a, then, [{ collection: 'groups', id: later }]);
    expect(along.map(({ id }) => id).sort()).toEqual([line, made].sort());
    expect([...view().lines.values()].map(({ name, group: of }) => [name, of])).toEqual([
      ['Shingles', group],
    ]);
    expect(createUndo(a).undo()).toBe(null);
  });

  test('REC-20: what stands still is left and said; what is open beside it comes back', () => {
    const { a, line, past, view } = house();
    const lesson = commands.addLesson(a, { text: 'Ask before' })!;
    const then = past();
    commands.setCells(a, [{ id: line, column: 'qty', value: 1 }]);
    commands.setMeta(a, { client: 'Bo', currency: 'EUR' });
    commands.removeLesson(a, lesson);
    commands.writeStatus(a, submitted);
    const things = [
      { collection: 'lines', id: line },
      { collection: 'meta', id: 'meta' },
      { collection: 'lessons', id: lesson },
    ];
    expect(commands.restoreEstimateThings(a, then, things)).toEqual({
      changed: true,
      along: [],
      left: [things[0], things[1]],
      reopened: [],
    });
    expect(commands.restoreEstimateThings(a, then, [things[2]!, things[1]!]).left).toEqual([things[1]]);
    expect(view().lines.get(line)?.qty).toBe(1);
    expect(view().meta).toMatchObject({ client: '', currency: 'EUR', status: submitted });
    expect(view().lessons.map(({ text }) => text)).toEqual(['Ask before']);
    expect(commands.copyEstimateThings(a, then, [things[0]!, things[2]!])).toMatchObject({
      copies: [{ of: things[2] }],
      left: [things[0]],
    });
  });

  test('REC-20: the status, which the server writes, is not restored and hinders nothing', () => {
    const { a, past, view } = house();
    const then = past();
    commands.setMeta(a, { client: 'Bo' });
    commands.writeStatus(a, submitted);
    const details = { collection: 'meta', id: 'meta' };
    expect(commands.restoreEstimateThings(a, then, [details])).toEqual({
      changed: true,
      along: [],
      left: [],
      reopened: [],
    });
    expect(view().meta).toMatchObject({ client: '', status: submitted });
    expect(commands.restoreEstimateThings(a, then, [details])).toEqual({
      changed: false,
      along: [],
      left: [details],
      reopened: [],
    });
  });

  test('REC-24: a text comes back by the smallest change, undo takes it back, and what others write beside it stands', () => {
    const { network, a, b, past } = house();
    const then = past();
    commands.spliceText(a, 'scope', 'We build the roof and the walls. Soon.');
    network.settle();
    const undo = createUndo(a);
    expect(restoreState(a, then, 'Restore version 2')).toBe(true);
    expect(undo.status()).toMatchObject({ canUndo: true, undoLabel: 'Restore version 2' });
    commands.spliceText(b, 'scope', 'Dear Ada. We build the roof and the walls. Soon.');
    network.settle();
    expect(commands.readTexts(a.doc).scope).toBe('Dear Ada. We build the roof.');
    expect(undo.undo()).toBe('Restore version 2');
    expect(commands.readTexts(a.doc).scope).toBe('Dear Ada. We build the roof and the walls. Soon.');
    expect(undo.redo()).toBe('Restore version 2');
    network.settle();
    expect(commands.readTexts(b.doc).scope).toBe('Dear Ada. We build the roof.');
  });

  test('REC-24: a text that somebody has written in since stays; the step is passed over when nothing else is in it', () => {
    const { network, a, b, past } = house();
    const then = past();
    commands.spliceText(a, 'scope', '');
    network.settle();
    const undo = createUndo(a);
    commands.restoreEstimateThings(a, then, [{ collection: 'texts', id: 'scope' }]);
    network.settle();
    commands.spliceText(b, 'scope', 'We build half the roof.');
    network.settle();
    expect(undo.status().canUndo).toBe(false);
    expect(undo.undo()).toBe(null);
    expect(commands.readTexts(a.doc).scope).toBe('We build half the roof.');
  });

  test('REC-21: copies stand last in their section, or in one of the same name, or with their section made anew', () => {
    const { a, group, line, past, view } = house();
    const then = past();
    const names = () =>
      view().sections.map(({ group: of, lines }) => [of?.name ?? null, lines.map(({ name }) => name)]);
    commands.setCells(a, [{ id: line, column: 'name', value: 'Tiles' }]);
    const undo = createUndo(a);
    commands.copyEstimateThings(a, then, [{ collection: 'lines', id: line }]);
    expect(names()).toEqual([['Roof', ['Tiles', 'Shingles']]]);
    expect(undo.undo()).toBe('Copy “Shingles”');
    commands.removeGroup(a, group);
    commands.addGroup(a, 'Roof');
    commands.copyEstimateThings(a, then, [{ collection: 'lines', id: line }]);
    expect(names()).toEqual([['Roof', ['Shingles']]]);
    commands.removeGroup(a, view().groups[0]!.id);
    const { copies } = commands.copyEstimateThings(a, then, [{ collection: 'groups', id: group }]);
    expect(copies.map(({ of }) => of.id)).toEqual([group, line]);
    expect(names()).toEqual([['Roof', ['Shingles']]]);
    expect(view().findings).toEqual([]);
  });

  test('REC-23: a session of work in one line', () => {
    const none = { added: 0, removed: 0, changed: 0, moved: 0, ids: [], registers: [] };
    const line = commands.describeEstimateSession;
    expect(
      line({
        collections: { lines: { ...none, changed: 12, registers: ['qty'] }, risks: { ...none, added: 2 } },
        texts: { scope: { inserted: 40, deleted: 0 } },
      }),
    ).toBe('Changed 12 lines, added 2 risks, wrote in Scope of work');
    expect(line({ collections: {}, texts: {} })).toBe('Small changes');
    expect(line({ collections: {}, texts: { later: { inserted: 9, deleted: 0 } } })).toBe('Small changes');
    expect(line({ collections: { constructor: none, later: { ...none, added: 3 } }, texts: {} })).toBe(
      'Small changes',
    );
    expect(line({ collections: { lines: { ...none, changed: 1, registers: ['g'] } }, texts: {} })).toBe(
      'Moved 1 line',
    );
    expect(line({ collections: {}, texts: { terms: { inserted: 0, deleted: 9 } } })).toBe('Deleted in Terms');
    const all = { added: 4, removed: 3, changed: 2, moved: 1, ids: [], registers: [] };
    const busy = line({
      collections: { lines: all, groups: all, risks: all, actuals: all, params: all, meta: all },
      texts: { scope: { inserted: 9, deleted: 0 } },
    });
    expect(busy).toBe('Added 4 lines, added 4 sections, added 4 risks, added 4 actual costs and more');
  });
});
