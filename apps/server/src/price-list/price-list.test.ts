import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../http/problems.ts';
import { foundCompany, signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { sampleAssemblies, sampleItems, sampleNote } from './sample-list.ts';
import type { Assembly, ImportedRow, Item, PriceChange } from './shapes.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.destroy());

const path = '/api/price-list';
interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
interface Report {
  rows: ImportedRow[];
  counts: Record<'added' | 'changed' | 'same' | 'invalid', number>;
}

const add = (person: TestPerson, item: Record<string, unknown>) =>
  person.get<Item>('POST', `${path}/items`, { unitCost: 385_000, currency: 'USD', ...item });
const change = (person: TestPerson, item: Item, fields: Record<string, unknown>) =>
  person.ask('PATCH', `${path}/items/${item.id}`, { revision: item.revision, ...fields });
const list = (person: TestPerson, query = '') => person.get<Page<Item>>('GET', `${path}/items${query}`);
const names = ({ items }: Page<{ name: string }>) => items.map(({ name }) => name);
const bring = (person: TestPerson, rows: unknown[], preview = false) =>
  person.get<Report>('POST', `${path}/import`, { rows, currency: 'USD', preview });

async function problem(response: Response, status: number): Promise<Problem> {
  expect(response.status).toBe(status);
  return (await response.json()) as Problem;
}

describe('prices', () => {
  test('PRICE-1 everybody in the company reads the list, editors change it, nobody else knows of it', async () => {
    const { owner, editor, viewer } = await foundCompany(server.origin);
    const item = await add(editor, { name: 'Shingles', code: 'SH-1', unit: 'bundle', wasteBp: 1_000 });
    expect(item).toMatchObject({ kind: 'mat', category: '', note: '', revision: 1, archivedAt: null });
    expect(names(await list(viewer))).toEqual(['Shingles']);
    for (const refused of [
      await viewer.ask('POST', `${path}/items`, { name: 'x', unitCost: 1, currency: 'USD' }),
      await change(viewer, item, { unitCost: 1 }),
      await viewer.ask('DELETE', `${path}/items/${item.id}`),
      await viewer.ask('POST', `${path}/import`, { rows: [{}], currency: 'USD', preview: true }),
      await viewer.ask('POST', `${path}/sample`),
      await viewer.ask('POST', `${path}/assemblies`, { name: 'x' }),
    ]) {
      expect((await problem(refused, 403)).code).toBe('read-only');
    }
    const stranger = await signUp(server.origin, 'Fritz');
    expect(names(await list(stranger))).toEqual([]);
    expect((await change(stranger, item, { unitCost: 1 })).status).toBe(404);
    expect(await stranger.get('POST', `${path}/lookup`, { ids: [item.id] })).toEqual({ items: [] });
    expect(await owner.get('GET', `${path}/items/${item.id}`)).toMatchObject({ unitCost: 385_000 });
  });

  test('PRICE-2 a code is unique in its company, whatever its capitals, among what is not archived', async () => {
    const { owner } = await foundCompany(server.origin);
    const first = await add(owner, { name: 'Shingles', code: 'SH-1' });
    const again = { name: 'Other', code: 'sh-1', unitCost: 1, currency: 'USD' };
    const refused = await problem(await owner.ask('POST', `${path}/items`, again), 409);
    expect(refused.code).toBe('already-exists');
    await add(owner, { name: 'No code' });
    await add(owner, { name: 'No code either' });
    expect((await owner.ask('DELETE', `${path}/items/${first.id}`)).status).toBe(204);
    const second = await add(owner, again);
    expect((await owner.ask('POST', `${path}/items/${first.id}/restore`)).status).toBe(409);
    await owner.ask('DELETE', `${path}/items/${second.id}`);
    expect(await owner.get('POST', `${path}/items/${first.id}/restore`)).toMatchObject({ archivedAt: null });
    // Another company has codes of its own.
    await add(await signUp(server.origin, 'Fritz'), again);
  });

  test('PRICE-2 codes that only the database takes for one are refused, and nothing of the list is taken over', async () => {
    const { owner } = await foundCompany(server.origin);
    const rows = ['\u0391\u03a3', '\u03b1\u03c3'].map((code) => ({
      code,
      name: `Tile ${code}`,
      unitCost: 1,
    }));
    const answer = await owner.ask('POST', `${path}/import`, { rows, currency: 'USD', preview: false });
    expect((await problem(answer, 409)).code).toBe('already-exists');
    expect(names(await list(owner))).toEqual([]);
  });

  test('PRICE-9 half a character is no text', async () => {
    const { owner } = await foundCompany(server.origin);
    const line = { code: '', name: 'half \ud800', unit: '', unitCost: 1, currency: 'USD', kind: 'lab' };
    const part = { id: 'a', itemId: null, line, quantity: 1, wasteBp: null, wholeUnits: false };
    for (const [address, body] of [
      [`${path}/assemblies`, { name: 'Square', components: [part] }],
      [
        `${path}/assemblies`,
        { name: 'Square', components: [{ ...part, id: '\udc00', line: { ...line, name: 'x' } }] },
      ],
      [`${path}/items`, { name: '\ud800', unitCost: 1, currency: 'USD' }],
    ] as const) {
      expect((await problem(await owner.ask('POST', address, body), 422)).code, address).toBe('invalid');
    }
  });

  test('PRICE-3 whoever has not seen the latest state of an item overwrites nothing', async () => {
    const { owner, editor } = await foundCompany(server.origin);
    const item = await add(owner, { name: 'Shingles' });
    const changed = await change(editor, item, { unitCost: 399_000 });
    expect(await changed.json()).toMatchObject({
      unitCost: 399_000,
      revision: 2,
      updatedBy: { name: 'Edda' },
    });
    expect((await problem(await change(owner, item, { unitCost: 410_000 }), 409)).code).toBe(
      'changed-meanwhile',
    );
    expect(await owner.get('GET', `${path}/items/${item.id}`)).toMatchObject({ unitCost: 399_000 });
    const both = await Promise.all(
      [1, 2, 3].map((n) => change(owner, { ...item, revision: 2 }, { note: `${n}` })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('PRICE-4 every price that an item has had is kept, with who and when, and nothing else makes an entry', async () => {
    const { owner, editor } = await foundCompany(server.origin);
    const item = await add(owner, { name: 'Shingles', code: 'SH-1' });
    await change(editor, item, { unitCost: 399_000, note: 'since May' });
    await change(owner, { ...item, revision: 2 }, { name: 'Shingles, laminated' });
    await bring(owner, [{ code: 'SH-1', unitCost: 402_500 }]);
    const { items } = await owner.get<{ items: PriceChange[] }>('GET', `${path}/items/${item.id}/changes`);
    expect(items.map(({ from, to, by }) => [from?.unitCost ?? null, to.unitCost, by?.name])).toEqual([
      [399_000, 402_500, 'Olga'],
      [385_000, 399_000, 'Edda'],
      [null, 385_000, 'Olga'],
    ]);
  });

  test('PRICE-5 searched by words, sorted by any column, page by page without a hole or a double', async () => {
    const { owner } = await foundCompany(server.origin);
    const rows = Array.from({ length: 23 }, (_, i) => ({
      name: `Item ${String(i % 7)}`,
      code: `C-${String(i).padStart(2, '0')}`,
      unitCost: (i % 5) * 10_000,
      category: i % 2 === 0 ? 'Even' : 'Odd',
    }));
    await bring(owner, rows);
    for (const sort of ['best', 'name', 'code', 'category', 'unitCost', 'updatedAt']) {
      for (const order of ['asc', 'desc']) {
        const whole = await list(owner, `?sort=${sort}&order=${order}&limit=200`);
        const pages: Item[] = [];
        for (let cursor: string | null = ''; cursor !== null; ) {
          const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
          const page: Page<Item> = await list(owner, `?sort=${sort}&order=${order}&limit=5${from}`);
          pages.push(...page.items);
          cursor = page.nextCursor;
        }
        expect(pages, `${sort} ${order}`).toEqual(whole.items);
        expect(new Set(pages.map(({ id }) => id)).size).toBe(23);
      }
    }
    const costs = (await list(owner, '?sort=unitCost&order=desc')).items.map(({ unitCost }) => unitCost);
    expect(costs).toEqual(costs.toSorted((a, b) => b - a));
    expect(names(await list(owner, '?q=item 6 odd'))).toEqual(['Item 6']);
    expect((await list(owner, '?q=c-2&sort=best')).items.map(({ code }) => code)).toEqual([
      'C-21',
      'C-22',
      'C-20',
    ]);
    expect((await list(owner, '?category=Even')).items).toHaveLength(12);
    expect((await list(owner, '?q=%25')).items).toEqual([]);
    const { nextCursor } = await list(owner, '?limit=5');
    for (const wrong of ['nonsense', Buffer.from('["name asc"]').toString('base64url')]) {
      expect((await owner.ask('GET', `${path}/items?cursor=${wrong}`)).status).toBe(422);
    }
    // A place in one order is none in another.
    expect((await owner.ask('GET', `${path}/items?sort=code&cursor=${nextCursor}`)).status).toBe(422);
  });

  test('PRICE-6 an archived item is offered no more, and found by whoever refers to it', async () => {
    const { owner } = await foundCompany(server.origin);
    const item = await add(owner, { name: 'Shingles', category: 'Roof' });
    await owner.ask('DELETE', `${path}/items/${item.id}`);
    expect(names(await list(owner))).toEqual([]);
    expect(names(await list(owner, '?archived=true'))).toEqual(['Shingles']);
    const strange = '7e57aaaa-0000-4000-8000-000000000000';
    const found = await owner.get<Page<Item>>('POST', `${path}/lookup`, { ids: [item.id, strange, item.id] });
    expect(found.items).toMatchObject([{ id: item.id, archivedAt: expect.any(String) }]);
    expect(await owner.get('GET', path)).toEqual({
      items: 0,
      assemblies: 0,
      archivedItems: 1,
      archivedAssemblies: 0,
      categories: [],
      assemblyCategories: [],
      currency: null,
    });
  });
});

describe('import', () => {
  test('PRICE-7 a preview says of each row what would become of it, and writes nothing; the import then does that', async () => {
    const { owner } = await foundCompany(server.origin);
    const shingles = await add(owner, { name: 'Shingles', code: 'SH-1', unit: 'bundle', note: 'mine' });
    const felt = await add(owner, { name: 'Felt', unit: 'roll', unitCost: 320_000 });
    const rows = [
      { code: 'sh-1', unitCost: 399_000 },
      { name: 'FELT', unit: 'Roll', unitCost: 320_000 },
      { name: 'Nails', code: 'NA-1', unitCost: 420_000, kind: 'mat', category: 'Fasteners' },
      { name: 'Nails again', code: 'na-1', unitCost: 1 },
      { name: 'No price' },
      { name: 'Wrong', unitCost: 1.5, kind: 'wood', colour: 'red' },
    ];
    const before = await list(owner);
    const told = await bring(owner, rows, true);
    expect(told.counts).toEqual({ added: 1, changed: 2, same: 0, invalid: 3 });
    expect(told.rows.map(({ fate }) => fate)).toEqual([
      'changed',
      'changed',
      'added',
      'invalid',
      'invalid',
      'invalid',
    ]);
    expect(told.rows[0]).toMatchObject({
      id: shingles.id,
      before: { code: 'SH-1', unitCost: 385_000 },
      after: { code: 'sh-1', unitCost: 399_000 },
    });
    expect(told.rows[1]).toMatchObject({ id: felt.id, before: { name: 'Felt', unit: 'roll' } });
    expect(told.rows[3]?.problems).toEqual({ code: 'is that of row 3 too' });
    expect(told.rows[4]?.problems).toEqual({ unitCost: 'is needed for a new item' });
    expect(Object.keys(told.rows[5]?.problems ?? {}).sort()).toEqual(['colour', 'kind', 'unitCost']);
    expect(await list(owner)).toEqual(before);

    const done = await bring(owner, rows);
    expect(done.counts).toEqual(told.counts);
    const after = await list(owner);
    expect(names(after)).toEqual(['FELT', 'Nails', 'Shingles']);
    // What the row does not have stays.
    expect(after.items[2]).toMatchObject({ id: shingles.id, code: 'sh-1', unitCost: 399_000, note: 'mine' });
    expect((await bring(owner, rows.slice(0, 3))).counts).toEqual({
      added: 0,
      changed: 0,
      same: 3,
      invalid: 0,
    });
  });

  test('PRICE-7 the same list taken over by two people at once adds its items once', async () => {
    const { owner, editor } = await foundCompany(server.origin);
    const rows = Array.from({ length: 40 }, (_, i) => ({ name: `Item ${i}`, unitCost: i }));
    const reports = await Promise.all([bring(owner, rows), bring(editor, rows)]);
    expect(reports.map(({ counts }) => counts.added).sort()).toEqual([0, 40]);
    expect((await list(owner, '?limit=200')).items).toHaveLength(40);
  });

  test('PRICE-8 an empty list can be filled with sample prices that say so, once', async () => {
    const { owner, viewer } = await foundCompany(server.origin);
    expect(await owner.get('POST', `${path}/sample`)).toEqual({
      items: sampleItems.length,
      assemblies: sampleAssemblies.length,
    });
    expect((await problem(await owner.ask('POST', `${path}/sample`), 409)).code).toBe('already-exists');
    const { items } = await list(viewer, '?limit=200');
    expect(new Set(items.map(({ note }) => note))).toEqual(new Set([sampleNote]));
    const found = await viewer.get<Page<Assembly>>('GET', `${path}/assemblies?q=re-roof shingles`);
    expect(found.items).toHaveLength(1);
    expect(found.items[0]?.components.every(({ item }) => item !== null)).toBe(true);
    expect(await viewer.get('GET', path)).toMatchObject({ items: items.length, currency: 'USD' });
  });
});

describe('assemblies', () => {
  test('PRICE-9 an assembly shows its items as they cost now, archived ones too, and is changed by one person at a time', async () => {
    const { owner, editor } = await foundCompany(server.origin);
    const item = await add(owner, { name: 'Shingles', code: 'SH-1' });
    const component = {
      id: 'a',
      itemId: item.id,
      line: null,
      quantity: 3_000_000,
      wasteBp: null,
      wholeUnits: true,
    };
    const line = { code: '', name: 'Labor', unit: 'sq', unitCost: 950_000, currency: 'USD', kind: 'lab' };
    const own = { id: 'b', itemId: null, line, quantity: 1_000_000, wasteBp: 0, wholeUnits: false };
    const made = await owner.get<Assembly>('POST', `${path}/assemblies`, {
      name: 'A square',
      unit: 'sq',
      components: [component, own],
    });
    await change(editor, item, { unitCost: 400_000 });
    await owner.ask('DELETE', `${path}/items/${item.id}`);
    const read = await editor.get<Assembly>('GET', `${path}/assemblies/${made.id}`);
    expect(read.components).toMatchObject([
      { ...component, item: { unitCost: 400_000, archivedAt: expect.any(String) } },
      { ...own, item: null },
    ]);
    const edit = (person: TestPerson, fields: object) =>
      person.ask('PATCH', `${path}/assemblies/${made.id}`, { revision: 1, ...fields });
    expect((await edit(owner, { components: [own] })).status).toBe(200);
    expect((await problem(await edit(editor, { name: 'Square' }), 409)).code).toBe('changed-meanwhile');
  });

  test('PRICE-9 a component is an item of the list or a line of its own, and each is named once', async () => {
    const { owner } = await foundCompany(server.origin);
    const theirs = await add(await signUp(server.origin, 'Fritz'), { name: 'Not ours' });
    const component = {
      id: 'a',
      itemId: theirs.id,
      line: null,
      quantity: 1,
      wasteBp: null,
      wholeUnits: false,
    };
    const attempt = async (components: unknown[]) =>
      (await problem(await owner.ask('POST', `${path}/assemblies`, { name: 'x', components }), 422)).fields;
    expect(await attempt([component])).toEqual({ 'components.0.itemId': 'is not in the price list' });
    expect(await attempt([{ ...component, itemId: null }])).toHaveProperty(['components.0']);
    expect(await attempt([component, component])).toHaveProperty('components');
  });
});
