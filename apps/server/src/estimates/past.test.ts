import { inTenant } from '@tidemark/database';
import {
  addActual,
  addGroup,
  addLesson,
  addLines,
  addRisk,
  applyMitigation,
  estimate,
  setMeta,
  setParam,
  setRisk,
} from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { type PastRisk, patterns } from '@tidemark/estimating';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Entry } from '../documents/catalogue.ts';
import { foundCompany, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import type { PastLesson, PastProject, PastRiskCase, Patterns } from './past-shapes.ts';

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
type Company = Awaited<ReturnType<typeof foundCompany>>;

const usd = (amount: number) => Math.round(amount * 10_000);
const address = '/api/estimates/patterns';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.destroy());

const patternsFor = (person: TestPerson, query = '') => person.get<Patterns>('GET', `${address}?${query}`);
const pageFor = <T>(person: TestPerson, part: string, query = '') =>
  person.get<Page<T>>('GET', `${address}/${part}?${query}`);
const write = (id: string, change: (editor: Editor) => void) =>
  server.lobby.edit(id, null, (doc) => change(createEditor(doc, estimate.schema)));

/** An estimate of 1,000.00 at no margin, made and decided as people do. */
async function project(person: TestPerson, title: string, change: (editor: Editor) => void, to = 'won') {
  const { id } = await person.get<Entry>('POST', '/api/documents', { kind: 'estimate', title });
  await write(id, (editor) => {
    setParam(editor, { targetBp: 0 });
    const group = addGroup(editor, 'All');
    if (group === null) throw new Error('a section');
    addLines(editor, { group }, [{ name: 'Work', qty: 1_000_000, unitCost: usd(1_000) }]);
    change(editor);
  });
  for (const status of ['submitted', to])
    await person.get('POST', `/api/documents/${id}/status`, { to: status });
  return id;
}

function risk(editor: Editor, fields: Parameters<typeof addRisk>[1], outcome: 'open' | 'struck' | 'avoided') {
  const id = addRisk(editor, {
    title: 'Rot',
    category: 'Deck',
    probBp: 4_000,
    low: usd(100),
    high: usd(300),
    ...fields,
  });
  if (id === null) throw new Error('a risk');
  setRisk(editor, id, { outcome, ...(outcome === 'struck' ? { actualImpact: usd(250) } : {}) });
  return id;
}

/** Rows of figures as they would be after years, without the documents' content. */
async function seed(
  person: TestPerson,
  count: number,
  rows: (n: number) => Record<string, unknown>,
  space?: string,
) {
  const me = await person.get<{ company: { id: string }; spaces: { id: string; kind: string }[] }>(
    'GET',
    '/api/me',
  );
  const spaceId = space ?? me.spaces.find(({ kind }) => kind === 'company')?.id;
  const client = new pg.Client(server.databaseUrl);
  await client.connect();
  try {
    const all = Array.from({ length: count }, (_, n) => ({ n, ...rows(n) }));
    await client.query('set role tidemark_app');
    await client.query('set search_path = tidemark');
    await client.query('begin');
    await client.query("select set_config('tidemark.company', $1, true)", [me.company.id]);
    const { rows: made } = await client.query<{ id: string }>(
      `with rows as (select gen_random_uuid() as id, r.* from jsonb_to_recordset($1) as r(n int, title text, status text,
          client text, currency text, cost bigint, actual bigint, risks jsonb, lessons jsonb, decided timestamptz)),
        made as (insert into documents (id, company_id, space_id, kind, title)
          select id, $2, $3, 'estimate', title from rows)
        insert into estimate_figures (document_id, company_id, status, client, number, currency, cost, bid, actual, lines,
            risks, lessons, decided_at)
          select id, $2, status, client, 'E-' || n, currency, cost, cost, actual, 0, coalesce(risks, '[]'),
            coalesce(lessons, '[]'), decided from rows order by n returning document_id as id`,
      [JSON.stringify(all), me.company.id, spaceId],
    );
    await client.query('commit');
    return made.map(({ id }) => id);
  } finally {
    await client.end();
  }
}

const plain = (n: number, more: Record<string, unknown> = {}) => ({
  title: `Roof ${n}`,
  status: 'won',
  client: 'Harbour School',
  currency: 'USD',
  cost: usd(100),
  actual: usd(110),
  decided: new Date(Date.UTC(2025, 0, 1 + n)).toISOString(),
  ...more,
});
const past = (category: string, outcome: string, more: Record<string, unknown> = {}) => ({
  ...{
    id: 'r',
    title: 'Rot',
    category,
    probBp: 3_000,
    low: usd(100),
    high: usd(300),
    expected: 0,
    applied: false,
  },
  ...{ outcome, actualImpact: outcome === 'struck' ? usd(400) : null, ...more },
});

describe('past projects', () => {
  let company: Company;
  beforeAll(async () => {
    company = await foundCompany(server.origin);
  });

  test('PAST-1 what was recorded in estimates that were won is what the past says, by category', async () => {
    expect(await patternsFor(company.viewer)).toEqual({
      ...{ currency: null, currencies: [], won: 0, lost: 0, read: 0, categories: [], costs: [], total: null },
    });
    const first = await project(company.editor, 'School', (editor) => {
      setMeta(editor, { client: 'Harbour School', number: 'E-17' });
      const deck = risk(editor, {}, 'struck');
      risk(editor, { category: ' deck ', probBp: 2_000 }, 'avoided');
      const mitigated = risk(
        editor,
        { category: 'Deck', mitigatedProbBp: 1_000, mitigatedLow: usd(10), mitigatedHigh: usd(20) },
        'struck',
      );
      applyMitigation(editor, mitigated, { by: null, at: '2026-05-04T03:02:01.000Z' });
      risk(editor, { category: 'Weather' }, 'open');
      addActual(editor, { amount: usd(900) });
      addActual(editor, { amount: usd(400) });
      addLesson(editor, { kind: 'lesson', text: 'Probe the deck before bidding', riskId: deck });
    });
    await project(company.editor, 'Lost', (editor) => void risk(editor, {}, 'struck'), 'lost');
    const draft = await company.editor.get<Entry>('POST', '/api/documents', { kind: 'estimate', title: 'D' });
    await write(draft.id, (editor) => void risk(editor, {}, 'struck'));

    const found = await vi.waitUntil(async () => {
      const now = await patternsFor(company.viewer);
      return now.lost === 1 && now;
    });
    expect(found).toMatchObject({ currency: 'USD', won: 1, lost: 1, read: 1 });
    expect(found.categories).toMatchObject([
      {
        ...{ category: 'Deck', projects: 1, struck: 2, avoided: 1, decided: 3, open: 0, rateBp: 6_667 },
        suggestion: { probBp: 6_000, struck: 2, decided: 3 },
        // As it counted in the bid: one of them mitigated.
        calibration: { estimatedBp: 2_333 },
        impact: { risks: 2, mean: usd(250), estimatedMean: usd(107.5), within: 1 },
      },
      { category: 'Weather', decided: 0, open: 1, rateBp: null, suggestion: null },
    ]);
    // 1,000.00, and the risks: 40 % and 20 % of 200.00, 10 % of 15.00, 40 % of 200.00.
    const cost = usd(1_000 + 80 + 40 + 1.5 + 80);
    expect(found.costs).toMatchObject([{ documentId: first, title: 'School', cost, actual: usd(1_300) }]);
    expect(found.total).toMatchObject({ projects: 1, cost, actual: usd(1_300), variance: usd(1_300) - cost });
    expect((await patternsFor(company.viewer, `except=${first}`)).categories).toEqual([]);
    expect((await pageFor(company.viewer, 'risks', `except=${first}`)).items).toEqual([]);

    const { items } = await pageFor<PastRiskCase>(company.viewer, 'risks', 'category=DECK&decided=true');
    expect(items.map(({ probBp, applied, outcome }) => [probBp, applied, outcome])).toEqual([
      [4_000, false, 'struck'],
      [2_000, false, 'avoided'],
      [1_000, true, 'struck'],
    ]);
    expect(items[0]).toMatchObject({
      documentId: first,
      title: 'School',
      name: 'Rot',
      actualImpact: usd(250),
    });
    const lessons = await pageFor<PastLesson>(company.viewer, 'lessons');
    expect(lessons.items).toMatchObject([
      {
        ...{ documentId: first, kind: 'lesson', text: 'Probe the deck before bidding', status: 'won' },
        risk: { title: 'Rot', category: 'Deck' },
      },
    ]);
    const projects = await pageFor<PastProject>(company.viewer, 'projects', 'status=won');
    expect(projects.items).toMatchObject([
      {
        documentId: first,
        client: 'Harbour School',
        risks: 4,
        struck: 2,
        lessons: 1,
        bid: cost,
        actual: usd(1_300),
      },
    ]);
  });

  test('PAST-1 what is recorded after the bid was won counts within seconds', async () => {
    const before = (await patternsFor(company.editor)).categories.find(
      ({ category }) => category === 'Permit',
    );
    expect(before).toBeUndefined();
    let permit = '';
    const id = await project(company.editor, 'Town hall', (editor) => {
      permit = risk(editor, { category: 'Permit' }, 'open');
    });
    await write(id, (editor) => void setRisk(editor, permit, { outcome: 'struck', actualImpact: usd(7) }));
    await vi.waitUntil(
      async () =>
        (await patternsFor(company.editor)).categories.some(
          ({ category, struck }) => category === 'Permit' && struck === 1,
        ),
      { timeout: 30_000 },
    );
  });
});

describe('many past projects', () => {
  let company: Company;
  let seeded: string[];
  const outcomes = ['struck', 'avoided', 'avoided', 'open'];
  beforeAll(async () => {
    company = await foundCompany(server.origin);
    seeded = await seed(company.editor, 60, (n) =>
      plain(n, {
        status: n % 10 === 9 ? 'lost' : 'won',
        client: n === 7 ? 'Łódź & 50%_Co' : 'Harbour School',
        currency: n < 20 ? 'EUR' : 'USD',
        actual: n % 3 === 0 ? null : usd(110 + n),
        risks: [
          past('Weather', outcomes[n % 4] ?? 'open', { actualImpact: n % 4 === 0 ? usd(n) : null }),
          past('Access', 'avoided'),
        ],
        lessons: [
          { id: 'a', kind: 'issue', text: `Rain on day ${n}`, risk: { title: 'Rain', category: 'Weather' } },
          { id: 'b', kind: 'lesson', text: 'Order early', risk: null },
        ],
      }),
    );
  });

  test('PAST-2 the numbers are those of the calculation, over what the filter leaves', async () => {
    const risks = (chosen: (n: number) => boolean) =>
      Array.from({ length: 60 }, (_, n) => n)
        .filter((n) => n % 10 !== 9 && chosen(n))
        .flatMap((n): PastRisk[] =>
          (['Weather', 'Access'] as const).map((category) => ({
            documentId: seeded[n] ?? '',
            ...{ category, currency: n < 20 ? 'EUR' : 'USD', probBp: 3_000, low: usd(100), high: usd(300) },
            outcome: category === 'Access' ? 'avoided' : ((outcomes[n % 4] ?? 'open') as PastRisk['outcome']),
            actualImpact: category === 'Weather' && n % 4 === 0 ? usd(n) : null,
          })),
        );
    const expected = (chosen: (n: number) => boolean, currency: string) =>
      patterns(risks(chosen), currency).map(({ risks: _behind, ...pattern }) => pattern);
    const all = await patternsFor(company.viewer);
    expect(all.categories).toEqual(expected(() => true, 'USD'));
    expect(all).toMatchObject({ won: 54, lost: 6, currency: 'USD' });
    expect(all.currencies).toEqual([
      { currency: 'USD', projects: 36 },
      { currency: 'EUR', projects: 18 },
    ]);
    expect((await patternsFor(company.viewer, 'currency=EUR')).categories).toEqual(
      expected(() => true, 'EUR'),
    );
    expect((await patternsFor(company.viewer, 'from=2025-01-11&to=2025-01-20')).categories).toEqual(
      expected((n) => n >= 10 && n < 20, 'EUR'),
    );
    expect((await patternsFor(company.viewer, 'category=%20wEAther')).categories).toEqual(
      expected(() => true, 'USD').filter(({ category }) => category === 'Weather'),
    );
  });

  test('PAST-3 projects, risks and lessons come page by page without a hole or a double, the latest first', async () => {
    const walk = async <T>(part: string, query: string) => {
      const items: T[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const page: Page<T> = await pageFor<T>(
          company.viewer,
          part,
          `limit=7&${query}${cursor && `&cursor=${cursor}`}`,
        );
        expect(page.items.length).toBeLessThanOrEqual(7);
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    };
    const newest = [...seeded.keys()].reverse();
    expect((await walk<PastProject>('projects', '')).map(({ documentId }) => documentId)).toEqual(
      newest.map((n) => seeded[n]),
    );
    expect(
      (await walk<PastLesson>('lessons', '')).map(({ documentId, id }) => `${documentId} ${id}`),
    ).toEqual(newest.flatMap((n) => [`${seeded[n]} a`, `${seeded[n]} b`]));
    const struck = await walk<PastRiskCase>('risks', 'category=weather&decided=1');
    expect(struck.map(({ documentId }) => documentId)).toEqual(
      newest.filter((n) => n % 10 !== 9 && n % 4 !== 3).map((n) => seeded[n]),
    );
    const { items } = await pageFor<PastProject>(company.viewer, 'projects', 'limit=1');
    expect(items).toMatchObject([{ status: 'lost', lessons: 2, risks: 2 }]);
    const wrong = await company.viewer.ask('GET', `${address}/lessons?cursor=WyJwIl0`);
    expect([wrong.status, ((await wrong.json()) as { code: string }).code]).toEqual([422, 'invalid']);
  });

  test('PAST-3 words are found wherever they stand, and mean no pattern', async () => {
    const lessons = async (query: string) =>
      (await pageFor<PastLesson>(company.viewer, 'lessons', `limit=100&${query}`)).items.length;
    expect(await lessons('q=DAY%20rain')).toBe(60);
    expect(await lessons('q=rain%20day%2017')).toBe(1);
    expect(await lessons('kind=lesson&q=order')).toBe(60);
    expect(await lessons('category=weather')).toBe(60);
    expect(await lessons('category=access')).toBe(0);
    expect(await lessons('q=rain%25day')).toBe(0);
    expect(await lessons('q=50%25_co')).toBe(2);
    const projects = await pageFor<PastProject>(
      company.viewer,
      'projects',
      `q=${encodeURIComponent('łódź E-7')}`,
    );
    expect(projects.items.map(({ documentId }) => documentId)).toEqual([seeded[7]]);
    for (const query of ['q=%00', 'category=%00', 'from=2025-02-30', 'currency=usd', 'limit=101']) {
      expect((await company.viewer.ask('GET', `${address}/lessons?${query}`)).status, query).toBe(422);
    }
  });

  test('PAST-4 what the reader may not open counts for nothing and is named nowhere', async () => {
    const owner = await foundCompany(server.origin);
    const me = await owner.editor.get<{ spaces: { id: string; kind: string }[] }>('GET', '/api/me');
    const own = me.spaces.find(({ kind }) => kind === 'personal')?.id;
    const mine = plain(0, {
      risks: [past('Secret', 'struck')],
      lessons: [{ id: 'a', kind: 'issue', text: 'Hush', risk: null }],
    });
    await seed(owner.editor, 1, () => mine, own);
    const [binned] = await seed(owner.editor, 1, () => plain(1, { risks: [past('Binned', 'struck')] }));
    const [template] = await seed(owner.editor, 1, () => plain(2, { risks: [past('Template', 'struck')] }));
    await owner.editor.ask('DELETE', `/api/documents/${binned}`);
    await owner.editor.get('PATCH', `/api/documents/${template}`, { template: true });
    const seen = async (person: TestPerson) => {
      const { won, categories, costs } = await patternsFor(person);
      const lists = await Promise.all(
        ['projects', 'risks', 'lessons'].map(async (part) => (await pageFor(person, part)).items.length),
      );
      return [won, categories.map(({ category }) => category), costs.length, ...lists];
    };
    expect(await seen(owner.editor)).toEqual([1, ['Secret'], 1, 1, 1, 1]);
    expect(await seen(owner.viewer)).toEqual([0, [], 0, 0, 0, 0]);
    expect(await seen(owner.owner)).toEqual([0, [], 0, 0, 0, 0]);
    // Another company's are not even rows.
    const rows = await inTenant(server.database.app, { companyId: null, userId: null }, (tx) =>
      tx.selectFrom('estimate_figures').selectAll().execute(),
    );
    expect(rows).toEqual([]);
  });
});
