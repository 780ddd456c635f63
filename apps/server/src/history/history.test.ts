import { kinds } from '@tidemark/documents';
import { addGroup, addLines, estimate, setCells, setMeta, spliceText } from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Entry } from '../documents/catalogue.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import type { Version } from '../versions/versions.ts';
import type { TimelineItem } from './timeline.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let ids: { owner: string; editor: string };

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  const idOf = async (person: TestPerson) =>
    (await person.get<{ user: { id: string } }>('GET', '/api/me')).user.id;
  ids = { owner: await idOf(company.owner), editor: await idOf(company.editor) };
});
afterAll(() => server.destroy());

interface Page {
  readonly items: TimelineItem[];
  readonly nextCursor: string | null;
  readonly head: { readonly lsn: number; readonly at: string };
  readonly detail: { readonly lsn: number; readonly days: number | null };
  readonly settling: boolean;
}

interface Restored {
  readonly lsn: number;
  readonly before: string;
  readonly after: string;
}

const create = (kind: string, title: string, person = company.editor) =>
  person.get<Entry>('POST', '/api/documents', { kind, title });
const edit = async (id: string, userId: string | null, change: (editor: Editor) => void) => {
  const done = await server.lobby.edit(id, userId, (doc) =>
    change(createEditor(doc, estimate.schema, userId)),
  );
  if ('refused' in done) throw new Error(done.detail);
  return done.lsn;
};
const read = async <T>(id: string, use: (doc: Y.Doc) => T) => (await server.lobby.read(id, use)) as T;
const contentNow = (id: string) =>
  read(id, (doc) => JSON.parse(JSON.stringify(kinds.estimate.content(doc))) as unknown);
const page = (id: string, query = '', person = company.editor) =>
  person.get<Page>('GET', `/api/documents/${id}/history${query}`);
const contentAt = async (id: string, lsn: number, person = company.editor) =>
  (await person.get<{ content: unknown }>('GET', `/api/documents/${id}/history/${lsn}/content`)).content;
const refusal = async (answer: Promise<Response>) => {
  const { status, code } = (await (await answer).json()) as Problem;
  return `${status} ${code}`;
};

/** An estimate, two of its lines, and the moments between. */
async function roof(title = 'Roof') {
  const { id } = await create('estimate', title);
  let lines: readonly string[] = [];
  const first = await edit(id, ids.editor, (editor) => {
    setMeta(editor, { client: 'Harbour School' });
    const group = addGroup(editor, 'Tear-off')!;
    lines = addLines(editor, { group }, [
      { name: 'Shingles', qty: 3_000_000, unitCost: 50_000 },
      { name: 'Nails', qty: 1_000_000, unitCost: 100 },
    ])!;
  });
  const then = await contentNow(id);
  const second = await edit(id, ids.owner, (editor) => {
    setCells(editor, [{ id: lines[0]!, column: 'unitCost', value: 60_000 }]);
    spliceText(editor, 'scope', 'All of the roof');
  });
  return { id, lines, first, then, second, now: await contentNow(id) };
}

describe('the history of a document', () => {
  test('TIME-3 tells who worked when, with versions of all sorts and lives, page by page, once each', async () => {
    const { id, first, second } = await roof();
    const named = await company.editor.get<Version>('POST', `/api/documents/${id}/versions`, { name: 'A' });
    await company.editor.get('POST', `/api/documents/${id}/history/marks`, {
      reason: 'before-import',
      about: 'prices.csv',
    });
    await company.owner.get('POST', `/api/documents/${id}/reset`);
    const all = await page(id);
    expect(all).toMatchObject({ settling: false, nextCursor: null, detail: { lsn: 0, days: 365 } });
    expect(all.items.map(({ type }) => type).sort()).toEqual([
      'automatic',
      'life',
      'session',
      'session',
      'session',
      'version',
    ]);
    const sessions = all.items.filter((item) => item.type === 'session');
    expect(sessions).toContainEqual(
      expect.objectContaining({ by: { id: ids.editor, name: 'Edda' }, first: 1, last: first, detail: true }),
    );
    expect(sessions).toContainEqual(
      expect.objectContaining({ by: { id: ids.owner, name: 'Olga' }, first: second, edits: 1 }),
    );
    expect(all.items.find((item) => item.type === 'version')).toMatchObject({ version: named, lsn: second });
    expect(all.items.find((item) => item.type === 'automatic')).toMatchObject({
      reason: 'before-import',
      about: 'prices.csv',
      by: { name: 'Edda' },
      lsn: second,
    });
    expect(all.items.find((item) => item.type === 'life')).toMatchObject({ by: { name: 'Olga' } });
    const paged: TimelineItem[] = [];
    for (let cursor = ''; ; ) {
      const next = await page(id, `?limit=1${cursor}`);
      paged.push(...next.items);
      if (next.nextCursor === null) break;
      cursor = `&cursor=${next.nextCursor}`;
    }
    expect(paged).toEqual(all.items);
    expect(await refusal(company.editor.ask('GET', `/api/documents/${id}/history?cursor=x`))).toBe(
      '422 invalid',
    );
  });
});
