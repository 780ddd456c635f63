import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { foundCompany, signUp, startTestServer, type TestServer } from '../testing.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let diagram: string;

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  diagram = await create('diagram', 'Refunds: "all" / of 2026');
});
afterAll(() => server.destroy());

async function create(kind: string, title: string): Promise<string> {
  return (await company.owner.get<{ id: string }>('POST', '/api/documents', { kind, title })).id;
}

const ask = (query: string, headers?: Record<string, string>) =>
  company.viewer.ask('GET', `/api/documents/${diagram}/export?${query}`, undefined, headers);

test.each([
  ['svg', 'image/svg+xml; charset=utf-8', '<?xml'],
  ['png', 'image/png', '\u0089PNG'],
  ['pdf', 'application/pdf', '%PDF'],
])(
  'PIC-30 a diagram is exported as %s, under its title, to whoever may read it',
  async (format, type, begin) => {
    const answer = await ask(`format=${format}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    const name = `Refunds   all    of 2026.${format}`;
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    );
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.toString('latin1').startsWith(begin)).toBe(true);
    if (format === 'svg')
      expect(bytes.toString()).toContain('<title>Refunds: &quot;all&quot; / of 2026</title>');
  },
);

test('PIC-30 who has it already is told so, and another wish is another picture', async () => {
  const first = await ask('format=png');
  const etag = first.headers.get('etag') ?? '';
  const again = await ask('format=png', { 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
  for (const other of ['format=png&scale=2', 'format=png&theme=dark', 'format=svg']) {
    expect((await ask(other, { 'if-none-match': etag })).status).toBe(200);
  }
  expect((await ask('format=pdf&page=a4')).headers.get('etag')).not.toBe(
    (await ask('format=pdf')).headers.get('etag'),
  );
});

test.each([
  ['', 'format'],
  ['format=gif', 'format'],
  ['format=png&scale=9', 'scale'],
  ['format=png&diagram=none', 'diagram'],
  ['format=bpmn&version=none', 'version'],
  ['format=json', 'format'],
])('PIC-31 a wish that cannot be met names its field: %s', async (query, field) => {
  const answer = await ask(query);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
  expect(answer.headers.get('etag')).toBeNull();
});

test('PIC-31 other kinds are not exported so, and an empty diagram is told as such', async () => {
  const dashboard = await create('dashboard', 'D');
  const answer = await company.owner.ask('GET', `/api/documents/${dashboard}/export?format=svg`);
  expect(await answer.json()).toMatchObject({ code: 'invalid', fields: { format: expect.any(String) } });
  const empty = await create('diagram', 'Empty');
  await server.lobby.edit(empty, null, (doc) => {
    for (const record of doc.getMap<Y.Map<unknown>>('el').values()) record.set('x', 1);
  });
  const refused = await company.owner.ask('GET', `/api/documents/${empty}/export?format=svg`);
  expect(await refused.json()).toMatchObject({ status: 422, code: 'cannot-draw' });
});

interface Listed {
  readonly items: readonly { readonly id: string; readonly thumbnail: string | null }[];
}

async function thumbnailOf(id: string): Promise<string | null | undefined> {
  const { items } = await company.viewer.get<Listed>('GET', '/api/documents');
  return items.find((item) => item.id === id)?.thumbnail;
}

test('PIC-33 listing a document that was never drawn has it drawn, and the thumbnail is there with its version', async () => {
  await expect.poll(() => thumbnailOf(diagram)).toMatch(/^[\da-f]{16}$/);
  const version = await thumbnailOf(diagram);
  const address = `/api/documents/${diagram}/thumbnail`;
  for (const theme of ['light', 'dark']) {
    const answer = await company.viewer.ask('GET', `${address}?theme=${theme}&v=${version}`);
    expect(answer.headers.get('content-type')).toBe('image/png');
    expect(answer.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const etag = answer.headers.get('etag') ?? '';
    expect(
      (await company.viewer.ask('GET', `${address}?theme=${theme}`, undefined, { 'if-none-match': etag }))
        .status,
    ).toBe(304);
  }
  expect((await company.viewer.ask('GET', address)).headers.get('cache-control')).toBe('private, no-cache');
  const foreigner = await signUp(server.origin, 'Fritz');
  expect((await foreigner.ask('GET', address)).status).toBe(404);
});

test('PIC-33 a document without a thumbnail says so with a code', async () => {
  const dashboard = await create('dashboard', 'D2');
  const answer = await company.owner.ask('GET', `/api/documents/${dashboard}/thumbnail`);
  expect(await answer.json()).toMatchObject({ status: 404, code: 'not-found' });
});

test('PIC-32 after an edit it is drawn again by itself, and whoever has the document open is told', async () => {
  const edited = await create('diagram', 'Edited');
  await expect.poll(() => thumbnailOf(edited)).toMatch(/./);
  const before = await thumbnailOf(edited);
  await server.lobby.edit(edited, null, (doc) => {
    for (const record of doc.getMap<Y.Map<unknown>>('el').values()) {
      if (record.get('t') === 'bpmn:StartEvent') record.set('@name', 'Order received');
    }
  });
  await expect.poll(() => thumbnailOf(edited)).not.toBe(before);
});
