import { inTenant } from '@tidemark/database';
import { kinds } from '@tidemark/documents';
import {
  addActual,
  addGroup,
  addLesson,
  addLines,
  addRisk,
  applyMitigation,
  estimate,
  type Status,
  setMeta,
  setReview,
  setRisk,
} from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Entry } from '../documents/catalogue.ts';
import { viewOf } from '../estimates/figures-of.ts';
import type { Attachment } from '../files/attachments.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { rawClient } from '../testing-socket.ts';
import type { Relative } from './family.ts';
import type { Version } from './versions.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let spaces: { company: string; personal: string };

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  const me = await company.editor.get<{ spaces: { id: string; kind: 'company' | 'personal' }[] }>(
    'GET',
    '/api/me',
  );
  const idOf = (kind: string) => me.spaces.find((space) => space.kind === kind)!.id;
  spaces = { company: idOf('company'), personal: idOf('personal') };
});
afterAll(() => server.destroy());

const edit = (id: string, change: (editor: Editor) => void) =>
  server.lobby.edit(id, null, (doc) => change(createEditor(doc, estimate.schema)));
const read = async <T>(id: string, use: (doc: Y.Doc) => T) => (await server.lobby.read(id, use)) as T;
const viewNow = (id: string) => read(id, viewOf);

async function create(
  kind: string,
  title: string,
  more: object = {},
  person = company.editor,
): Promise<Entry> {
  return person.get<Entry>('POST', '/api/documents', { kind, title, ...more });
}

async function newEstimate(title = 'Roof'): Promise<Entry> {
  const entry = await create('estimate', title);
  await edit(entry.id, (editor) => {
    setMeta(editor, { client: 'Harbour School' });
    const group = addGroup(editor, 'Tear-off')!;
    addLines(editor, { group }, [{ name: 'Shingles', qty: 3_000_000, unitCost: 50_000 }]);
  });
  return entry;
}

const submit = (id: string) =>
  company.editor.get<Status & { versionId: string }>('POST', `/api/documents/${id}/status`, {
    to: 'submitted',
  });
const fork = (id: string, version: string, body?: object) =>
  company.editor.get<Entry>('POST', `/api/documents/${id}/versions/${version}/fork`, body);
const family = async (id: string, person: TestPerson = company.editor) =>
  (await person.get<{ items: Relative[] }>('GET', `/api/documents/${id}/family`)).items;
async function refusal(answer: Response): Promise<string> {
  const { status, code } = (await answer.json()) as Problem;
  return `${status} ${code}`;
}

describe('a named version', () => {
  test('LIFE-8 keeps what everybody has stored, of any kind, under a name and the next number', async () => {
    for (const kind of ['dashboard', 'estimate', 'diagram'] as const) {
      const { id } = await create(kind, 'Mine');
      await company.editor.get('PATCH', `/api/documents/${id}`, { title: 'Renamed' });
      const named = await company.editor.get<Version>('POST', `/api/documents/${id}/versions`, {
        name: ' Before the meeting ',
        note: 'Who knows',
      });
      expect(named).toMatchObject({
        number: 1,
        kind: 'named',
        name: 'Before the meeting',
        note: 'Who knows',
        by: { name: 'Edda' },
        parent: null,
      });
      expect(named.totals === null).toBe(kind !== 'estimate');
      const content = () => read(id, (doc) => JSON.parse(JSON.stringify(kinds[kind].content(doc))));
      const then = await content();
      await company.editor.get('PATCH', `/api/documents/${id}`, { title: 'Later' });
      const kept = await company.viewer.get<{ content: unknown; kind: string }>(
        'GET',
        `/api/documents/${id}/versions/${named.id}/content`,
      );
      expect(kept).toMatchObject({ kind, content: then });
      expect(await content()).not.toEqual(then);
      const second = await company.owner.get<Version>('POST', `/api/documents/${id}/versions`, {
        name: 'Two',
      });
      expect(second).toMatchObject({ number: 2, parent: { id: named.id, documentId: id, number: 1 } });
    }
  });

  test('LIFE-8 takes a number of its own, however many are named at once', async () => {
    const { id } = await create('diagram', 'Crowd');
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        company.editor.get<Version>('POST', `/api/documents/${id}/versions`, { name: `${n}` }),
      ),
    );
    expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('LIFE-8 comes once to whoever keeps it, and never to who may read no more', async () => {
    const { id } = await create('dashboard', 'Kept');
    const version = await company.editor.get<Version>('POST', `/api/documents/${id}/versions`, { name: 'x' });
    const address = `/api/documents/${id}/versions/${version.id}/state`;
    const etag = (await company.viewer.ask('GET', address)).headers.get('etag')!;
    const again = () => company.viewer.ask('GET', address, undefined, { 'if-none-match': etag });
    expect((await again()).status).toBe(304);
    await company.editor.get('PATCH', `/api/documents/${id}`, { projectId: spaces.personal });
    expect((await again()).status).toBe(404);
  });

  test('LIFE-8 is refused beyond the thousandth, and nothing that is kept goes for it', async () => {
    const { id } = await create('dashboard', 'Busy');
    const { company: ours } = await company.editor.get<{ company: { id: string } }>('GET', '/api/me');
    const count = () =>
      inTenant(server.database.app, { companyId: ours.id, userId: null }, async (tx) => {
        const { rows } = await sql<{ n: number }>`
          select count(*)::integer as n from versions where document_id = ${id}`.execute(tx);
        return rows[0]!.n;
      });
    await inTenant(server.database.app, { companyId: ours.id, userId: null }, (tx) =>
      sql`insert into versions (company_id, document_id, number, kind, name, state, epoch, created_by_name, confirmed_at)
        select ${ours.id}, ${id}, n, 'named', 'x', '\\x0000', 1, 'Edda', now() from generate_series(1, 999) as n`.execute(
        tx,
      ),
    );
    await company.editor.get('POST', `/api/documents/${id}/versions`, { name: 'The last' });
    const answer = await company.editor.ask('POST', `/api/documents/${id}/versions`, { name: 'One more' });
    expect(await refusal(answer)).toBe('413 too-large');
    expect(await count()).toBe(1_000);
    const page = await company.editor.get<{ items: Version[]; nextCursor: string }>(
      'GET',
      `/api/documents/${id}/versions?limit=2`,
    );
    expect([page.items.map(({ number }) => number), page.nextCursor]).toEqual([[1_000, 999], '999']);
    expect((await family(id))[0]!.versions).toHaveLength(50);
  });

  test('LIFE-8 is asked for under its own document, with a name', async () => {
    const [one, two] = [await create('dashboard', 'One'), await create('dashboard', 'Two')];
    const { id } = await company.editor.get<Version>('POST', `/api/documents/${one.id}/versions`, {
      name: 'x',
    });
    for (const rest of ['', '/state', '/content']) {
      const answer = await company.editor.ask('GET', `/api/documents/${two.id}/versions/${id}${rest}`);
      expect(await refusal(answer), rest).toBe('404 not-found');
    }
    const nameless = await company.editor.ask('POST', `/api/documents/${one.id}/versions`, { name: ' ' });
    expect(await refusal(nameless)).toBe('422 invalid');
    const viewer = await company.viewer.ask('POST', `/api/documents/${one.id}/versions`, { name: 'y' });
    expect(await refusal(viewer)).toBe('403 read-only');
  });
});

describe('a fork', () => {
  test('LIFE-9 begins with the frozen state as a draft that knows its parent, with files of its own', async () => {
    const { id } = await newEstimate();
    const paper = await company.editor.get<Attachment>(
      'POST',
      `/api/documents/${id}/attachments`,
      new TextEncoder().encode('an invoice'),
    );
    await edit(id, (editor) => void addActual(editor, { amount: 1, fileId: paper.id }));
    const { versionId } = await submit(id);
    const frozen = await viewNow(id);
    await edit(id, (editor) => void setMeta(editor, { client: 'Somebody else' }));
    const second = await fork(id, versionId, { note: 'Cheaper shingles' });
    expect(second).toMatchObject({ title: 'Roof v2', kind: 'estimate', figures: { status: 'draft' } });
    const view = await viewNow(second.id);
    expect(view.meta).toMatchObject({
      client: 'Harbour School',
      status: { is: 'draft', versionId: null },
      parent: { documentId: id, versionId, number: 1, note: 'Cheaper shingles' },
    });
    expect(view.sections).toEqual(frozen.sections);
    const papers = await company.editor.get<{ items: Attachment[] }>(
      'GET',
      `/api/documents/${second.id}/attachments`,
    );
    expect(papers.items.map(({ sha256 }) => sha256)).toEqual([paper.sha256]);
    expect(papers.items[0]!.id).not.toBe(paper.id);
    expect(view.actuals.map(({ fileId }) => fileId)).toEqual([papers.items[0]!.id]);
    const again = await submit(second.id);
    const [version] = (
      await company.editor.get<{ items: Version[] }>('GET', `/api/documents/${second.id}/versions`)
    ).items;
    expect(version).toMatchObject({
      id: again.versionId,
      number: 1,
      parent: { id: versionId, documentId: id, number: 1 },
    });
    expect((await fork(second.id, again.versionId)).title).toBe('Roof v3');
    expect((await fork(second.id, again.versionId, { title: 'Wall' })).title).toBe('Wall');
  });

  test('LIFE-9 of a named version of any kind', async () => {
    const { id } = await create('diagram', 'Orders');
    const { id: version } = await company.editor.get<Version>('POST', `/api/documents/${id}/versions`, {
      name: 'x',
    });
    const copy = await fork(id, version);
    expect(copy).toMatchObject({ kind: 'diagram', title: 'Orders v2', figures: null });
    expect(await read(copy.id, (doc) => kinds.diagram.check(doc))).toEqual([]);
  });

  test('LIFE-10 a family is told whole from any of its members, to each what they may know of', async () => {
    const first = await newEstimate('Barn');
    const one = await submit(first.id);
    const left = await fork(first.id, one.versionId);
    const right = await fork(first.id, one.versionId, { title: 'Barn in slate' });
    const two = await submit(left.id);
    const grandchild = await fork(left.id, two.versionId);
    const ids = [first.id, left.id, right.id, grandchild.id];
    for (const id of ids) expect((await family(id)).map((each) => each.id)).toEqual(ids);
    const [root, second, , last] = await family(right.id);
    expect(root).toMatchObject({
      origin: null,
      versions: [{ id: one.versionId, totals: { base: 150_000 } }],
    });
    expect(second).toMatchObject({ origin: { documentId: first.id, versionId: one.versionId, number: 1 } });
    expect(last).toMatchObject({ origin: { documentId: left.id, versionId: two.versionId }, versions: [] });
    await company.editor.get('PATCH', `/api/documents/${left.id}`, { projectId: spaces.personal });
    await company.editor.ask('DELETE', `/api/documents/${right.id}`);
    expect((await family(first.id, company.viewer)).map((each) => each.id)).toEqual([
      first.id,
      grandchild.id,
    ]);
    expect((await family(first.id, company.owner)).map((each) => each.id)).toEqual([
      first.id,
      right.id,
      grandchild.id,
    ]);
  });
});

describe('a template', () => {
  test('LIFE-11 is what documents of its kind begin with, and stands in a list of its own', async () => {
    const original = await newEstimate();
    const before = await viewNow(original.id);
    await edit(original.id, (editor) => {
      const risk = addRisk(editor, { title: 'Rot', category: 'Deck', probBp: 5_000, low: 1, high: 2 })!;
      applyMitigation(editor, risk, { by: null, at: '2026-01-01T00:00:00.000Z' });
      setRisk(editor, risk, { outcome: 'struck', actualImpact: 7, outcomeNote: 'All of it' });
      addActual(editor, { amount: 5 });
      addLesson(editor, { text: 'Look below' });
      setReview(editor, { plannedDays: 3, actualDays: 9 });
    });
    const { versionId } = await submit(original.id);
    const { id: template } = await fork(original.id, versionId, { title: 'Small roof' });
    const viewer = await company.viewer.ask('PATCH', `/api/documents/${template}`, { template: true });
    expect(await refusal(viewer)).toBe('403 read-only');
    const notYet = await company.editor.ask('POST', '/api/documents', {
      kind: 'estimate',
      title: 'x',
      templateId: template,
    });
    expect(await refusal(notYet)).toBe('422 invalid');
    const marked = await company.editor.get<Entry>('PATCH', `/api/documents/${template}`, { template: true });
    expect(marked.template).toBe(true);

    const listed = async (query: string) =>
      (await company.viewer.get<{ items: Entry[] }>('GET', `/api/documents?${query}`)).items.map(
        ({ id }) => id,
      );
    expect(await listed('templates=1')).toEqual([template]);
    expect(await listed('limit=100')).not.toContain(template);

    const made = await create('estimate', 'Hen house', { templateId: template });
    expect(made).toMatchObject({ title: 'Hen house', template: false, figures: { status: 'draft' } });
    const view = await viewNow(made.id);
    expect(view.meta).toMatchObject({
      title: 'Hen house',
      client: 'Harbour School',
      parent: null,
      status: { is: 'draft' },
    });
    const plain = (sections: typeof view.sections) =>
      sections.map(({ group, lines }) => [group?.name, lines.map(({ order, group: _, ...line }) => line)]);
    expect(plain(view.sections)).toEqual(plain(before.sections));
    expect(view.risks).toMatchObject([
      { title: 'Rot', applied: { by: null }, outcome: 'open', actualImpact: null, outcomeNote: '' },
    ]);
    expect([view.actuals, view.lessons, view.review.plannedDays, view.review.actualDays]).toEqual([
      [],
      [],
      3,
      null,
    ]);
    // Nor does it hide in the new document's bytes.
    const bytes = Buffer.from(await read(made.id, (doc) => Y.encodeStateAsUpdate(doc)));
    expect(bytes.includes('Hen house')).toBe(true);
    expect(bytes.includes('All of it') || bytes.includes('Look below')).toBe(false);

    const otherKind = await company.editor.ask('POST', '/api/documents', {
      kind: 'diagram',
      title: 'x',
      templateId: template,
    });
    expect(await refusal(otherKind)).toBe('422 invalid');
    await company.editor.get('PATCH', `/api/documents/${template}`, { template: false });
    expect(await listed('templates=1')).toEqual([]);
  });

  test('LIFE-11 of another kind brings its content and files along', async () => {
    const { id } = await company.editor.get<Entry>('POST', '/api/documents/sample', {});
    await company.editor.get('PATCH', `/api/documents/${id}`, { template: true });
    const made = await create('dashboard', 'From the sample', { templateId: id });
    const content = async (document: string) =>
      (
        await company.editor.get<{ content: { charts: unknown[] } }>(
          'GET',
          `/api/documents/${document}/content`,
        )
      ).content;
    expect((await content(made.id)).charts).toEqual((await content(id)).charts);
    const files = await company.editor.get<{ items: unknown[] }>('GET', `/api/documents/${made.id}/files`);
    expect(files.items).toHaveLength(3);
  });

  test('LIFE-12 a duplicate and a document begun anew are drafts of no parent’s, whatever the original was', async () => {
    const original = await newEstimate('Shed');
    const { versionId } = await submit(original.id);
    const child = await fork(original.id, versionId);
    await submit(child.id);
    const copy = await company.editor.get<Entry>('POST', `/api/documents/${child.id}/duplicate`);
    expect(copy).toMatchObject({ title: 'Copy of Shed v2', figures: { status: 'draft', bid: 176_500 } });
    expect((await viewNow(copy.id)).meta).toMatchObject({
      status: { is: 'draft', versionId: null },
      parent: null,
    });
    const state = await read(child.id, (doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'));
    await company.editor.get('POST', `/api/documents/${child.id}/reset`, { state });
    expect((await viewNow(child.id)).meta.status).toMatchObject({ is: 'draft', versionId: null });
    expect((await company.editor.get<Entry>('GET', `/api/documents/${child.id}`)).figures?.status).toBe(
      'draft',
    );
  });
});

describe('a move', () => {
  const join = async (person: TestPerson, id: string) => {
    const { url } = await person.get<{ url: string }>('POST', `/api/documents/${id}/sync-token`);
    const client = await rawClient(url);
    await client.next('hello');
    return client;
  };

  test('LIFE-13 leaves live sessions alone, and tells whoever may be there no more; files and versions go along', async () => {
    const { id } = await newEstimate();
    const { versionId } = await submit(id);
    await company.editor.get('POST', `/api/documents/${id}/attachments`, new TextEncoder().encode('a plan'));
    const [mine, theirs] = [await join(company.editor, id), await join(company.viewer, id)];
    const moved = await company.editor.get<Entry>('PATCH', `/api/documents/${id}`, {
      projectId: spaces.personal,
    });
    expect(moved).toMatchObject({ projectId: spaces.personal, access: 'edit' });
    expect(await theirs.closed).toBe(4403);
    expect(await refusal(await company.viewer.ask('GET', `/api/documents/${id}`))).toBe('404 not-found');
    await edit(id, (editor) => void setMeta(editor, { site: 'Pier 4' }));
    await mine.next('update');
    expect(mine.ws.readyState).toBe(mine.ws.OPEN);
    mine.close();
    const kept = await company.editor.get<{ items: Version[] }>('GET', `/api/documents/${id}/versions`);
    expect(kept.items.map((version) => version.id)).toEqual([versionId]);
    const papers = await company.editor.get<{ items: unknown[] }>('GET', `/api/documents/${id}/attachments`);
    expect(papers.items).toHaveLength(1);
    await company.editor.get('PATCH', `/api/documents/${id}`, { projectId: spaces.company });
    expect(await company.viewer.get('GET', `/api/documents/${id}`)).toMatchObject({ access: 'read' });
  });

  test('LIFE-13 needs the right to edit here and there, and nothing else changes when it is refused', async () => {
    const { id } = await newEstimate('Stays');
    const tries: [TestPerson, string, string][] = [
      [company.viewer, spaces.company, '403 read-only'],
      [company.owner, spaces.personal, '404 not-found'],
      [company.editor, crypto.randomUUID(), '404 not-found'],
    ];
    for (const [person, projectId, code] of tries) {
      const answer = await person.ask('PATCH', `/api/documents/${id}`, {
        projectId,
        title: 'Gone',
        template: true,
      });
      expect(await refusal(answer)).toBe(code);
    }
    const viewers = await company.viewer.get<{ spaces: { id: string; kind: string }[] }>('GET', '/api/me');
    const own = viewers.spaces.find(({ kind }) => kind === 'personal')!.id;
    const private_ = await create('dashboard', 'Private', { projectId: own }, company.viewer);
    const up = await company.viewer.ask('PATCH', `/api/documents/${private_.id}`, {
      projectId: spaces.company,
    });
    expect(await refusal(up)).toBe('403 read-only');
    expect(await refusal(await company.editor.ask('PATCH', `/api/documents/${id}`, {}))).toBe('422 invalid');
    expect(await company.editor.get('GET', `/api/documents/${id}`)).toMatchObject({
      title: 'Stays',
      template: false,
      projectId: spaces.company,
    });
  });
});
