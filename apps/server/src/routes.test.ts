import { randomUUID } from 'node:crypto';
import { refusals } from '@tidemark/protocol';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Problem } from './http/problems.ts';
import { foundCompany, send, signUp, startTestServer, type TestPerson, type TestServer } from './testing.ts';

/** What a route answers to people who should not get far. `viewer` null: a viewer may do it. */
interface Expectation {
  /** Without login. Null: the address asks for none. */
  readonly stranger: 401 | null;
  /** To the owner of another company. Null: they see their own things, or nothing is named. */
  readonly foreign: 403 | 404 | null;
  readonly viewer: 403 | 404 | null;
  readonly body?: unknown;
}

const anybody: Expectation = { stranger: null, foreign: null, viewer: null };
const own: Expectation = { stranger: 401, foreign: null, viewer: null };
const read: Expectation = { stranger: 401, foreign: 404, viewer: null };
const edit: Expectation = { stranger: 401, foreign: 404, viewer: 403 };
const owner: Expectation = { stranger: 401, foreign: null, viewer: 403 };
const operator: Expectation = { stranger: 401, foreign: 403, viewer: 403 };

const emptyBpmn =
  '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="P" /></definitions>';

const profile = {
  ...{ name: '', address: '', phone: '', email: '', website: '', licence: '', terms: '', accent: '' },
  ...{ timeZone: 'UTC', revision: 0 },
};

/** One line per route; a route without a line fails the walk. */
const expectations: Record<string, Expectation> = {
  'GET /healthz': anybody,
  'GET /readyz': anybody,
  'GET /metrics': anybody,
  'GET /openapi.json': anybody,
  'POST /api/auth/sign-up/email': { ...anybody, body: {} },
  'POST /api/auth/sign-in/email': { ...anybody, body: {} },
  'POST /api/auth/sign-out': anybody,
  'GET /api/me': own,
  'GET /api/auth/sessions': own,
  'DELETE /api/auth/sessions/:id': { ...read, viewer: 404 },
  'POST /api/tokens': { ...own, body: { name: 'x' } },
  'GET /api/tokens': own,
  'DELETE /api/tokens/:id': { ...read, viewer: 404 },
  'PATCH /api/company': { ...owner, body: { name: 'Mine' } },
  'GET /api/company/profile': own,
  'PUT /api/company/profile': { ...owner, body: profile },
  'GET /api/company/profile/logo': { ...own, viewer: 404 },
  'PUT /api/company/profile/logo': { ...owner, body: new TextEncoder().encode('no picture') },
  'DELETE /api/company/profile/logo': owner,
  'GET /api/company/export': owner,
  'GET /api/company/members': own,
  'PATCH /api/company/members/:id': { ...owner, foreign: 404, body: { role: 'editor' } },
  'DELETE /api/company/members/:id': { ...edit, foreign: 404 },
  'GET /api/company/history': own,
  'PUT /api/company/history': { ...owner, body: { detailDays: 90 } },
  'POST /api/invitations': { ...owner, body: { role: 'editor' } },
  'GET /api/invitations': owner,
  'DELETE /api/invitations/:id': { ...owner, foreign: 404 },
  'GET /api/invitations/:code': anybody,
  'POST /api/invitations/:code/accept': { stranger: 401, foreign: 404, viewer: 404 },
  'POST /api/documents': { ...edit, body: { kind: 'dashboard', title: 'x', projectId: ':space' } },
  'POST /api/documents/sample': { ...edit, body: { projectId: ':space' } },
  'GET /api/documents': own,
  'GET /api/documents/:id': read,
  'PATCH /api/documents/:id': { ...edit, body: { title: 'x' } },
  'DELETE /api/documents/:id': edit,
  'POST /api/documents/:id/restore': edit,
  'POST /api/documents/:id/purge': edit,
  'POST /api/bin/empty': { ...edit, body: { projectId: ':space', until: '2000-01-01T00:00:00Z' } },
  'POST /api/documents/:id/reset': edit,
  'POST /api/documents/:id/duplicate': edit,
  'POST /api/documents/:id/status': { ...edit, body: { to: 'submitted' } },
  'GET /api/documents/:id/status-changes': read,
  'GET /api/estimates/patterns': own,
  'GET /api/estimates/patterns/projects': own,
  'GET /api/estimates/patterns/risks': own,
  'GET /api/estimates/patterns/lessons': own,
  'GET /api/documents/:id/versions': read,
  'POST /api/documents/:id/versions': { ...edit, body: { name: 'Before the meeting' } },
  'GET /api/documents/:id/versions/:versionId': read,
  'GET /api/documents/:id/versions/:versionId/state': read,
  'GET /api/documents/:id/versions/:versionId/content': read,
  'POST /api/documents/:id/versions/:versionId/fork': edit,
  'GET /api/documents/:id/family': read,
  'GET /api/spaces/:id/recovery': { ...read, viewer: 403 },
  'POST /api/spaces/:id/recovery': { ...edit, body: { at: '2026-01-01T00:00:00Z' } },
  'GET /api/documents/:id/history': read,
  'GET /api/documents/:id/history/stops': read,
  'GET /api/documents/:id/history/edits': read,
  'GET /api/documents/:id/history/at': read,
  'GET /api/documents/:id/history/:lsn/state': read,
  'GET /api/documents/:id/history/:lsn/content': read,
  'GET /api/documents/:id/history/changes': read,
  'POST /api/documents/:id/history/versions': { ...edit, body: { lsn: 1, name: 'First' } },
  'POST /api/documents/:id/history/marks': { ...edit, body: { reason: 'before-import' } },
  'POST /api/documents/:id/history/restore': { ...edit, body: { to: { lsn: 1 } } },
  'POST /api/documents/:id/history/:lsn/fork': edit,
  'GET /api/documents/:id/content': read,
  'GET /api/documents/:id/state': read,
  'POST /api/documents/:id/sync-token': read,
  'GET /api/documents/:id/thumbnail': read,
  'GET /api/documents/:id/conversation': read,
  'GET /api/documents/:id/conversation/people': read,
  'PUT /api/documents/:id/conversation/messages/:messageId': {
    ...read,
    body: { thread: ':thread', text: 'Seen.' },
  },
  'PATCH /api/documents/:id/conversation/messages/:messageId': { ...edit, body: { text: 'Not mine.' } },
  'DELETE /api/documents/:id/conversation/messages/:messageId': edit,
  'PATCH /api/documents/:id/conversation/threads/:threadId': { ...read, body: { resolved: true } },
  'PUT /api/documents/:id/conversation/threads/:threadId/mark': { ...read, body: { n: 1 } },
  'POST /api/documents/:id/files': { ...edit, body: new TextEncoder().encode('a,b\n1,2\n') },
  'GET /api/documents/:id/files': read,
  'GET /api/files/:id': read,
  'GET /api/files/:id/content': read,
  'POST /api/documents/:id/attachments': { ...edit, body: new TextEncoder().encode('a note') },
  'GET /api/documents/:id/attachments': read,
  'GET /api/attachments/:id/content': read,
  'DELETE /api/attachments/:id': edit,
  'POST /api/attachments/:id/restore': edit,
  'POST /api/documents/import': { ...edit, foreign: null, body: new TextEncoder().encode(emptyBpmn) },
  'GET /api/documents/:id/import-report': read,
  'GET /api/documents/:id/export': read,
  'GET /api/price-list': own,
  'POST /api/price-list/lookup': { ...own, body: { ids: [':item'] } },
  'POST /api/price-list/import': {
    ...edit,
    foreign: null,
    body: { rows: [{ code: 'S-1' }], currency: 'USD', preview: true },
  },
  'POST /api/price-list/sample': { ...edit, foreign: null },
  'GET /api/price-list/items': own,
  'POST /api/price-list/items': {
    ...edit,
    foreign: null,
    body: { name: 'Mine', unitCost: 1, currency: 'USD' },
  },
  'GET /api/price-list/items/:id': read,
  'PATCH /api/price-list/items/:id': { ...edit, body: { revision: 1, name: 'x' } },
  'DELETE /api/price-list/items/:id': edit,
  'POST /api/price-list/items/:id/restore': edit,
  'GET /api/price-list/items/:id/changes': read,
  'GET /api/price-list/assemblies': own,
  'POST /api/price-list/assemblies': { ...edit, foreign: null, body: { name: 'Mine' } },
  'GET /api/price-list/assemblies/:id': read,
  'PATCH /api/price-list/assemblies/:id': { ...edit, body: { revision: 1, name: 'x' } },
  'DELETE /api/price-list/assemblies/:id': edit,
  'POST /api/price-list/assemblies/:id/restore': edit,
  'GET /api/operator/operators': operator,
  'POST /api/operator/operators': { ...operator, body: { email: 'x@example.com' } },
  'DELETE /api/operator/operators/:id': operator,
  'GET /api/operator/overview': operator,
  'POST /api/operator/documents/:id/reopen': operator,
  'GET /api/operator/quarantine': operator,
  'GET /api/operator/quarantine/:id/content': operator,
  'DELETE /api/operator/quarantine/:id': operator,
};

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let foreigner: TestPerson;
let routes: { method: string; url: string }[];
const names: Record<string, string> = {};

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  foreigner = await signUp(server.origin, 'Fritz');
  const { owner: boss } = company;
  const me = await boss.get<{ user: { id: string }; spaces: { id: string; kind: string }[] }>(
    'GET',
    '/api/me',
  );
  names.owner = me.user.id;
  names.space = me.spaces.find(({ kind }) => kind === 'company')!.id;
  names.document = (
    await boss.get<{ id: string }>('POST', '/api/documents', { kind: 'dashboard', title: 'D' })
  ).id;
  names.file = (
    await boss.get<{ id: string }>(
      'POST',
      `/api/documents/${names.document}/files`,
      new TextEncoder().encode('a,b\n1,2\n'),
    )
  ).id;
  names.thread = randomUUID();
  names.message = randomUUID();
  await boss.ask('PUT', `/api/documents/${names.document}/conversation/messages/${names.message}`, {
    thread: names.thread,
    text: 'Hello',
  });
  names.diagram = (
    await boss.get<{ document: { id: string } }>(
      'POST',
      '/api/documents/import',
      new TextEncoder().encode(emptyBpmn),
    )
  ).document.id;
  names.drawn = (
    await boss.get<{ id: string }>('POST', '/api/documents', { kind: 'diagram', title: 'P' })
  ).id;
  // Whoever lists it has its thumbnail drawn.
  await boss.get('GET', '/api/documents');
  await vi.waitFor(
    async () => {
      const { status } = await boss.ask('GET', `/api/documents/${names.drawn}/thumbnail`);
      if (status !== 200) throw new Error('It is not drawn yet.');
    },
    { timeout: 30_000 },
  );
  names.attachment = (
    await boss.get<{ id: string }>(
      'POST',
      `/api/documents/${names.document}/attachments`,
      new TextEncoder().encode('a note'),
    )
  ).id;
  names.item = (
    await boss.get<{ id: string }>('POST', '/api/price-list/items', {
      name: 'Shingles',
      code: 'S-1',
      unitCost: 385_000,
      currency: 'USD',
    })
  ).id;
  names.assembly = (
    await boss.get<{ id: string }>('POST', '/api/price-list/assemblies', { name: 'A square' })
  ).id;
  names.estimate = (
    await boss.get<{ id: string }>('POST', '/api/documents', { kind: 'estimate', title: 'E' })
  ).id;
  names.version = (
    await boss.get<{ id: string }>('POST', `/api/documents/${names.document}/versions`, { name: 'First' })
  ).id;
  names.token = (await boss.get<{ id: string }>('POST', '/api/tokens', { name: 't' })).id;
  names.invitation = (await boss.get<{ id: string }>('POST', '/api/invitations', { role: 'viewer' })).id;
  routes = routeTable(server);
});
afterAll(() => server.destroy());

/** Every route that was registered, by method; HEAD follows GET. */
function routeTable({ app }: TestServer) {
  const paths = Object.entries((app.swagger() as { paths: Record<string, object> }).paths);
  const described = paths.flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    })),
  );
  return [...described, { method: 'GET', url: '/openapi.json' }];
}

function addressOf(url: string, method: string): string {
  const id = url.startsWith('/api/spaces')
    ? names.space
    : url.startsWith('/api/files')
      ? names.file
      : url.startsWith('/api/attachments')
        ? names.attachment
        : url.startsWith('/api/price-list/items')
          ? names.item
          : url.startsWith('/api/price-list/assemblies')
            ? names.assembly
            : url.startsWith('/api/tokens')
              ? names.token
              : url.startsWith('/api/invitations')
                ? names.invitation
                : url.startsWith('/api/company/members')
                  ? names.owner
                  : /\/(export|import-report)$/.test(url)
                    ? names.diagram
                    : /\/status(-changes)?$/.test(url)
                      ? names.estimate
                      : url.endsWith('/thumbnail')
                        ? names.drawn
                        : names.document;
  return url
    .replace(':id', id!)
    .replace(/\/export$/, '/export?format=bpmn')
    .replace(/\/recovery$/, method === 'GET' ? '/recovery?at=2026-01-01T00:00:00Z' : '/recovery')
    .replace(/\/history\/at$/, '/history/at?time=2026-01-01T00:00:00Z')
    .replace(/\/history\/changes$/, '/history/changes?from=1&to=1')
    .replace(':lsn', '1')
    .replace(':code', 'no-such-code')
    .replace(':threadId', names.thread!)
    .replace(':versionId', names.version!)
    .replace(':messageId', method === 'PUT' ? randomUUID() : names.message!);
}

function bodyOf({ body }: Expectation): unknown {
  if (body === undefined || body instanceof Uint8Array) return body;
  return JSON.parse(
    JSON.stringify(body)
      .replace(':space', names.space!)
      .replace(':thread', names.thread!)
      .replace(':item', names.item!),
  );
}

async function expectProblem(response: Response, status: number, about: string) {
  expect(`${about} ${response.status}`).toBe(`${about} ${status}`);
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  const problem = (await response.json()) as Problem;
  expect(problem).toMatchObject({ status, type: `/problems/${problem.code}` });
  expect(refusals[problem.code].http).toBe(status);
  expect(problem.detail.length).toBeGreaterThan(3);
  return problem;
}

describe('every route', () => {
  test('is in the table above, and in the description', () => {
    const registered = [
      ...server.app
        .printRoutes({ commonPrefix: false, includeHooks: false })
        .matchAll(/(\/\S*) \(([A-Z, ]+)\)/g),
    ];
    expect(registered.length).toBeGreaterThan(20);
    const described = routes.map(({ method, url }) => `${method} ${url}`).sort();
    expect(described).toEqual(Object.keys(expectations).sort());
  });

  test('says what it needs', async () => {
    const seen: string[] = [];
    for (const { method, url } of routes) {
      const found = server.app.findRoute({ method: method as 'GET', url });
      expect(found, `${method} ${url}`).not.toBeNull();
      seen.push(url);
    }
    expect(seen).toHaveLength(Object.keys(expectations).length);
  });

  test('refuses strangers, the people of another company, and viewers', async () => {
    for (const { method, url } of routes) {
      const expectation = expectations[`${method} ${url}`]!;
      const body = bodyOf(expectation);
      const address = addressOf(url, method);
      const about = `${method} ${url}`;
      if (expectation.stranger) {
        const code = (
          await expectProblem(await send(server.origin, method, address, body), 401, `${about}, stranger:`)
        ).code;
        expect(code).toBe('not-signed-in');
      }
      if (expectation.foreign) {
        await expectProblem(
          await foreigner.ask(method, address, body),
          expectation.foreign,
          `${about}, foreigner:`,
        );
      }
      if (expectation.stranger === null) continue; // and signing out would end the viewer's walk
      const asViewer = await company.viewer.ask(method, address, body);
      if (expectation.viewer) await expectProblem(asViewer, expectation.viewer, `${about}, viewer:`);
      else expect([200, 201, 204], `${about}, viewer: ${await asViewer.text()}`).toContain(asViewer.status);
    }
  });

  test('nothing of it changed what the refused were after', async () => {
    const kept = await company.owner.get('GET', `/api/documents/${names.document}`);
    expect(kept).toMatchObject({ title: 'D', deletedAt: null });
    expect(await company.owner.get('GET', `/api/documents/${names.document}/files`)).toMatchObject({
      items: [{ id: names.file }],
    });
    const talk = await company.owner.get<{ messages: { id: string; text: string }[] }>(
      'GET',
      `/api/documents/${names.document}/conversation`,
    );
    expect(talk.messages.map(({ text }) => text)).toEqual(['Hello', 'Seen.']);
    const versions = `/api/documents/${names.document}/versions`;
    expect(await company.owner.get('GET', versions)).toMatchObject({ items: [{ id: names.version }] });
    expect(await company.owner.get('GET', `/api/documents/${names.estimate}`)).toMatchObject({
      figures: { status: 'draft' },
    });
    expect(await company.owner.get('GET', '/api/tokens')).toMatchObject({ items: [{ id: names.token }] });
    expect(await company.owner.get('GET', '/api/invitations')).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ id: names.invitation, state: 'open' })]),
    });
  });

  test('that changes something refuses a foreign page with our cookie, and a read-only token', async () => {
    const { token } = await company.owner.get<{ token: string }>('POST', '/api/tokens', {
      name: 'r',
      access: 'read',
    });
    for (const { method, url } of routes.filter((route) => route.method !== 'GET')) {
      const expectation = expectations[`${method} ${url}`]!;
      const body = bodyOf(expectation);
      const foreign = await company.owner.ask(method, addressOf(url, method), body, {
        origin: 'https://evil.example',
      });
      expect((await expectProblem(foreign, 403, `${method} ${url}, foreign page:`)).code).toBe(
        'wrong-origin',
      );
      if (expectation.stranger === null || /\/(sync-token|lookup)$/.test(url)) continue;
      const authorization = `Bearer ${token}`;
      const reader = await send(server.origin, method, addressOf(url, method), body, { authorization });
      await expectProblem(reader, 403, `${method} ${url}, read token:`);
    }
  });
});

describe('what is no route', () => {
  test('is a problem, also below a known path and with a wrong method', async () => {
    await expectProblem(await fetch(`${server.origin}/api/nothing`), 404, 'unknown');
    await expectProblem(await company.owner.ask('GET', '/api/documents/x/y/z'), 404, 'deep');
    await expectProblem(await company.owner.ask('PUT', '/api/me', {}), 404, 'method');
    await expectProblem(await fetch(`${server.origin}/sync/${names.document}`), 404, 'sync without upgrade');
    await expectProblem(await company.owner.ask('GET', '/api/documents/not-a-uuid'), 404, 'no id');
  });

  test('a body that is no JSON, of a strange type, or too large is a problem', async () => {
    const post = (body: string, type: string) =>
      fetch(`${server.origin}/api/documents`, {
        method: 'POST',
        headers: { cookie: company.owner.cookie, 'content-type': type },
        body,
      });
    await expectProblem(await post('{"kind":', 'application/json'), 400, 'half');
    await expectProblem(await post('x', 'image/png'), 400, 'type');
    await expectProblem(await post(`{"title":"${'x'.repeat(2_000_000)}"}`, 'application/json'), 413, 'size');
    const invalid = await expectProblem(
      await post('{"kind":"poem","title":""}', 'application/json'),
      422,
      'fields',
    );
    expect(Object.keys(invalid.fields ?? {}).sort()).toEqual(['kind', 'title']);
  });
});

describe('/openapi.json', () => {
  test('describes every answer that the walk can meet, refusals too', async () => {
    const spec = (await (await fetch(`${server.origin}/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { summary?: string; responses: Record<string, unknown>; security?: unknown[] }>
      >;
    };
    expect(spec.openapi).toBe('3.1.0');
    for (const [path, methods] of Object.entries(spec.paths)) {
      for (const [method, { summary, responses, security }] of Object.entries(methods)) {
        const about = `${method.toUpperCase()} ${path}`;
        const { stranger, foreign, viewer } = expectations[about.replaceAll(/\{(\w+)\}/g, ':$1')]!;
        expect(summary, about).toBeTruthy();
        for (const status of [stranger, foreign, viewer]) {
          if (status) expect(Object.keys(responses), about).toContain(String(status));
        }
        expect(
          Object.keys(responses).some((status) => status.startsWith('2')),
          about,
        ).toBe(true);
        expect(security?.length === 0, about).toBe(stranger === null);
      }
    }
  });
});
