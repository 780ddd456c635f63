import { randomUUID } from 'node:crypto';
import { inTenant } from '@tidemark/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { foundCompany, send, signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { rawClient } from '../testing-socket.ts';
import type { Changes } from './schemas.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
const ids = new Map<TestPerson, string>();

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  for (const person of Object.values(company)) ids.set(person, await idOf(person));
});
afterAll(() => server.destroy());

const idOf = async (person: TestPerson) =>
  (await person.get<{ user: { id: string } }>('GET', '/api/me')).user.id;

async function newDocument(by = company.owner, more: object = {}): Promise<string> {
  const made = await by.get<{ id: string }>('POST', '/api/documents', {
    kind: 'dashboard',
    title: 'Talk',
    ...more,
  });
  return made.id;
}

/** One document's conversation, as somebody sees it. */
function talkOf(documentId: string) {
  const at = `/api/documents/${documentId}/conversation`;
  return {
    at,
    changes: (person: TestPerson, query = '') => person.get<Changes>('GET', `${at}${query}`),
    async say(
      person: TestPerson,
      text: string,
      more: { thread?: string; id?: string; [key: string]: unknown } = {},
    ) {
      const { id = randomUUID(), thread = randomUUID(), ...rest } = more;
      const answer = await person.ask('PUT', `${at}/messages/${id}`, { thread, text, ...rest });
      return { id, thread, status: answer.status, problem: answer.ok ? null : await answer.json() };
    },
  };
}

const texts = ({ messages }: Changes) => messages.toSorted((a, b) => a.n - b.n).map(({ text }) => text);

describe('changes', () => {
  test('TALK-1 TALK-3 whoever asks page by page for what came since has all of it, in the order of the server', async () => {
    const talk = talkOf(await newDocument());
    const { thread } = await talk.say(company.owner, 'one', {
      anchor: { kind: 'chart', id: 'c1', label: 'Sales' },
    });
    await talk.say(company.editor, 'two', { thread });
    const first = await talk.changes(company.owner);
    expect(texts(first)).toEqual(['one', 'two']);
    expect(first).toMatchObject({
      from: 0,
      more: false,
      threads: [{ id: thread, anchor: { kind: 'chart', id: 'c1', label: 'Sales' } }],
    });
    await company.owner.ask('PATCH', `${talk.at}/threads/${thread}`, { resolved: true });
    for (let i = 0; i < 5; i += 1) await talk.say(company.viewer, `more ${i}`, { thread });
    const seen: string[] = [];
    let since = first.seq;
    for (;;) {
      const page = await talk.changes(company.owner, `?since=${since}&limit=2`);
      seen.push(...texts(page));
      expect(page.seq).toBeGreaterThan(since);
      since = page.seq;
      if (!page.more) break;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4].map((i) => `more ${i}`));
    expect(await talk.changes(company.owner, `?since=${since}`)).toMatchObject({
      seq: since,
      threads: [],
      messages: [],
    });
  });

  test('TALK-1 whoever comes with a number that was never given here begins from the start', async () => {
    const talk = talkOf(await newDocument());
    expect(await talk.changes(company.owner, '?since=7')).toMatchObject({ from: 0, seq: 0 });
    await talk.say(company.owner, 'one');
    const all = await talk.changes(company.owner, '?since=900');
    expect([all.from, texts(all)]).toEqual([0, ['one']]);
  });

  test('everybody who has the document open is told, also of edits, and nobody of a mark', async () => {
    const id = await newDocument();
    const talk = talkOf(id);
    const { url } = await company.viewer.get<{ url: string }>('POST', `/api/documents/${id}/sync-token`);
    const live = await rawClient(url);
    await live.next('hello');
    const said = await talk.say(company.editor, 'one');
    await live.next('news', ({ topic }) => topic === 'comments');
    await company.editor.ask('PUT', `${talk.at}/threads/${said.thread}/mark`, { n: 99 });
    await talk.say(company.editor, 'one', said);
    await company.editor.ask('PATCH', `${talk.at}/messages/${said.id}`, { text: 'uno' });
    server.lobby.tell(id, 'end');
    await live.next('news', ({ topic }) => topic === 'end');
    expect(live.frames.flatMap((frame) => (frame.type === 'news' ? [frame.topic] : []))).toEqual([
      'comments',
      'comments',
      'end',
    ]);
    live.close();
  });
});

describe('messages', () => {
  test('TALK-2 a message sent again, also at the same time, is said once; another one under its id is refused', async () => {
    const talk = talkOf(await newDocument());
    const id = randomUUID();
    const thread = randomUUID();
    const all = await Promise.all(
      Array.from({ length: 6 }, () => talk.say(company.owner, 'once', { id, thread })),
    );
    expect(all.map(({ status }) => status)).toEqual(Array(6).fill(204));
    expect(texts(await talk.changes(company.owner))).toEqual(['once']);
    expect(await talk.say(company.editor, 'mine', { id, thread })).toMatchObject({
      status: 409,
      problem: { code: 'already-exists' },
    });
    expect(await talk.say(company.owner, 'elsewhere', { id })).toMatchObject({ status: 409 });
    // Ids hold within a document: nobody learns of another company's by trying.
    const stranger = await signUp(server.origin, 'Fritz');
    expect(await talkOf(await newDocument(stranger)).say(stranger, 'ours', { id, thread })).toMatchObject({
      status: 204,
    });
  });

  test('TALK-4 viewers may write, a read-only token may not, others know of nothing', async () => {
    const talk = talkOf(await newDocument());
    const { thread } = await talk.say(company.viewer, 'Why so low?');
    await talk.say(company.owner, 'Rain.', { thread });
    expect(texts(await talk.changes(company.viewer))).toEqual(['Why so low?', 'Rain.']);
    const token = async (access: 'read' | 'edit') =>
      (await company.owner.get<{ token: string }>('POST', '/api/tokens', { name: access, access })).token;
    const put = async (access: 'read' | 'edit') => {
      const authorization = `Bearer ${await token(access)}`;
      return send(
        server.origin,
        'PUT',
        `${talk.at}/messages/${randomUUID()}`,
        { thread, text: 'Beep.' },
        { authorization },
      );
    };
    expect(await (await put('read')).json()).toMatchObject({ status: 403, code: 'read-only' });
    expect((await put('edit')).status).toBe(204);
    const stranger = await signUp(server.origin, 'Frida');
    expect(await talk.say(stranger, 'Hello?')).toMatchObject({ status: 404 });
    expect((await send(server.origin, 'GET', talk.at)).status).toBe(401);
  });

  test('TALK-4 a personal document is talked about by its owner alone, one in the bin by nobody', async () => {
    const me = await company.editor.get<{ spaces: { id: string; kind: string }[] }>('GET', '/api/me');
    const projectId = me.spaces.find(({ kind }) => kind === 'personal')!.id;
    const id = await newDocument(company.editor, { projectId });
    const talk = talkOf(id);
    expect(await talk.say(company.editor, 'Note to self')).toMatchObject({ status: 204 });
    expect(await talk.say(company.owner, 'Hello?')).toMatchObject({ status: 404 });
    expect(await company.editor.get('GET', `${talk.at}/people`)).toMatchObject({ items: [{ name: 'Edda' }] });
    await company.editor.ask('DELETE', `/api/documents/${id}`);
    expect(await talk.say(company.editor, 'Too late')).toMatchObject({ status: 404 });
  });

  test('TALK-5 only the author edits and deletes; what was deleted leaves a stub and comes back by nothing', async () => {
    const talk = talkOf(await newDocument());
    const { id, thread } = await talk.say(company.viewer, 'First', { mentions: [ids.get(company.owner)] });
    const message = `${talk.at}/messages/${id}`;
    for (const [method, body] of [
      ['PATCH', { text: 'x' }],
      ['DELETE', undefined],
    ] as const) {
      expect(await (await company.owner.ask(method, message, body)).json()).toMatchObject({
        code: 'no-access',
      });
    }
    expect((await company.viewer.ask('PATCH', message, { text: ' Second ' })).status).toBe(204);
    const edited = (await talk.changes(company.owner)).messages[0]!;
    expect(edited).toMatchObject({
      text: 'Second',
      mentions: [],
      editedAt: expect.any(String),
      author: { name: 'Vito' },
    });
    expect((await company.viewer.ask('DELETE', message)).status).toBe(204);
    expect((await company.viewer.ask('DELETE', message)).status).toBe(204);
    expect(await talk.say(company.viewer, 'First', { id, thread })).toMatchObject({ status: 204 });
    expect((await company.viewer.ask('PATCH', message, { text: 'Third' })).status).toBe(404);
    const [stub] = (await talk.changes(company.owner)).messages;
    expect(stub).toMatchObject({ text: '', mentions: [], deletedAt: expect.any(String), n: edited.n });
  });

  test('TALK-5 whoever may write resolves and reopens, and an answer reopens', async () => {
    const talk = talkOf(await newDocument());
    const { thread } = await talk.say(company.owner, 'Done?');
    const resolve = (person: TestPerson, resolved: boolean) =>
      person.ask('PATCH', `${talk.at}/threads/${thread}`, { resolved });
    const state = async () => (await talk.changes(company.owner)).threads[0]!;
    await resolve(company.viewer, true);
    const resolved = await state();
    expect(resolved).toMatchObject({ resolvedAt: expect.any(String), resolvedBy: { name: 'Vito' } });
    await resolve(company.editor, true);
    expect(await state()).toEqual(resolved);
    await talk.say(company.editor, 'Not quite.', { thread });
    expect(await state()).toMatchObject({ resolvedAt: null, resolvedBy: null });
    expect(
      (await company.owner.ask('PATCH', `${talk.at}/threads/${randomUUID()}`, { resolved: true })).status,
    ).toBe(404);
  });

  test('TALK-6 a mention is of somebody who may read the document', async () => {
    const id = await newDocument();
    const talk = talkOf(id);
    const people = await company.viewer.get<{ items: { id: string; name: string }[] }>(
      'GET',
      `${talk.at}/people`,
    );
    expect(people.items.map(({ name }) => name).sort()).toEqual(['Edda', 'Olga', 'Vito']);
    const vito = ids.get(company.viewer)!;
    await talk.say(company.owner, 'Look @Vito', { mentions: [vito, vito] });
    expect((await talk.changes(company.editor)).messages[0]!.mentions).toEqual([{ id: vito, name: 'Vito' }]);
    const stranger = await signUp(server.origin, 'Fanny');
    const refused = await talk.say(company.owner, 'Look @Fanny', { mentions: [vito, await idOf(stranger)] });
    expect(refused).toMatchObject({ status: 422, problem: { fields: { mentions: expect.any(String) } } });
    expect(texts(await talk.changes(company.owner))).toEqual(['Look @Vito']);
  });

  test("TALK-7 a mark is its maker's own, goes forward only, and not beyond what was said", async () => {
    const talk = talkOf(await newDocument());
    const { thread } = await talk.say(company.owner, 'one');
    await talk.say(company.owner, 'two', { thread });
    const [one, two] = (await talk.changes(company.editor)).messages.map(({ n }) => n);
    const mark = async (n: number) => {
      expect((await company.editor.ask('PUT', `${talk.at}/threads/${thread}/mark`, { n })).status).toBe(204);
      return (await talk.changes(company.editor)).marks.map((found) => found.n);
    };
    expect(await mark(one!)).toEqual([one]);
    expect(await mark(1_000_000)).toEqual([two]);
    expect(await mark(one!)).toEqual([two]);
    expect((await talk.changes(company.viewer)).marks).toEqual([]);
  });

  test('a message is text of some length, and an anchor has a kind', async () => {
    const talk = talkOf(await newDocument());
    expect(await talk.say(company.owner, '   ')).toMatchObject({ status: 422 });
    expect(await talk.say(company.owner, 'x'.repeat(4_001))).toMatchObject({ status: 422 });
    expect(
      await talk.say(company.owner, 'x', { anchor: { kind: 'A chart', id: 'c', label: '' } }),
    ).toMatchObject({ status: 422 });
    expect(await talk.say(company.owner, '😀'.repeat(2_000))).toMatchObject({ status: 204 });
    expect(await talk.say(company.owner, '<script>alert(1)</script> \u202E')).toMatchObject({ status: 204 });
    expect(await talk.say(company.owner, 'no\u0000')).toMatchObject({ status: 422 });
  });

  test('one person may not flood a conversation, and others go on meanwhile', async () => {
    const flooder = await signUp(server.origin, 'Flo');
    const talk = talkOf(await newDocument(flooder));
    const statuses = await Promise.all(Array.from({ length: 245 }, () => talk.say(flooder, 'again')));
    const refused = statuses.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    expect(refused[0]).toMatchObject({ problem: { code: 'too-many-requests' } });
    expect(await talkOf(await newDocument()).say(company.owner, 'calm')).toMatchObject({ status: 204 });
  });
});

describe('the document', () => {
  test('TALK-9 a duplicate begins with no conversation; a document begun anew keeps its own; one deleted for good takes it along', async () => {
    const id = await newDocument();
    const talk = talkOf(id);
    await talk.say(company.owner, 'one');
    const copy = await company.owner.get<{ id: string }>('POST', `/api/documents/${id}/duplicate`);
    expect(await talkOf(copy.id).changes(company.owner)).toMatchObject({ seq: 0, threads: [], messages: [] });
    await company.owner.get('POST', `/api/documents/${id}/reset`);
    expect(texts(await talk.changes(company.owner))).toEqual(['one']);
    const me = await company.owner.get<{ user: { id: string }; company: { id: string } }>('GET', '/api/me');
    const left = await inTenant(
      server.database.app,
      { companyId: me.company.id, userId: me.user.id },
      async (tx) => {
        await tx.deleteFrom('documents').where('id', '=', id).execute();
        return tx.selectFrom('messages').select('id').where('document_id', '=', id).execute();
      },
    );
    expect(left).toEqual([]);
  });

  test('what somebody said stays when they leave, under the name they had', async () => {
    const { code } = await company.owner.get<{ code: string }>('POST', '/api/invitations', {
      role: 'viewer',
    });
    const guest = await signUp(server.origin, 'Gus', code);
    const talk = talkOf(await newDocument());
    const { thread } = await talk.say(guest, 'I was here');
    await guest.ask('PATCH', `${talk.at}/threads/${thread}`, { resolved: true });
    await guest.ask('DELETE', `/api/company/members/${await idOf(guest)}`);
    const seen = await talk.changes(company.owner);
    expect(seen.messages[0]!.author.name).toBe('Gus');
    expect(seen.threads[0]!.resolvedBy).not.toBeNull();
  });
});
