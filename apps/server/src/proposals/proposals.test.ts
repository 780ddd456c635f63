import {
  estimateSchema,
  readTexts,
  setMeta,
  setParam,
  setProposal,
  spliceText,
} from '@tidemark/documents/estimate';
import { createEditor, type Editor } from '@tidemark/documents/records';
import { isRefusal } from '@tidemark/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Problem } from '../http/problems.ts';
import { foundCompany, signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let estimate: string;

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  estimate = await create('Roof of Maple Street');
});
afterAll(() => server.destroy());

async function create(title: string): Promise<string> {
  return (await company.editor.get<{ id: string }>('POST', '/api/documents', { kind: 'estimate', title })).id;
}

async function write(id: string, command: (editor: Editor) => void): Promise<void> {
  const done = await server.lobby.edit(id, null, (doc) => command(createEditor(doc, estimateSchema)));
  if (isRefusal(done)) throw new Error(done.detail);
}

const path = '/api/company/profile';
const plain = {
  name: '',
  address: '',
  phone: '',
  email: '',
  website: '',
  licence: '',
  terms: '',
  accent: '',
};
const fields = { ...plain, timeZone: 'America/Denver', revision: 0 };
interface Profile {
  readonly revision: number;
  readonly logo: string | null;
}

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEUlEQVR4nGOQj6n6zwACMAYAKEwD6QoVDL8AAAAASUVORK5CYII=',
  'base64',
);

const pdf = (query = '', person: TestPerson = company.viewer, id = estimate, headers = {}) =>
  person.ask('GET', `/api/documents/${id}/export?format=pdf${query}`, undefined, headers);

async function titleOf(answer: Response): Promise<string> {
  const bytes = Buffer.from(await answer.arrayBuffer()).toString('latin1');
  expect([answer.status, bytes.slice(0, 4)]).toEqual([200, '%PDF']);
  const object = /\/Title (\d+) 0 R/.exec(bytes)?.[1] ?? '';
  return new RegExp(`\\n${object} 0 obj\\n\\((.*)\\)`).exec(bytes)?.[1] ?? '';
}

async function problem(answer: Response, status: number): Promise<Problem> {
  expect(answer.status).toBe(status);
  return (await answer.json()) as Problem;
}

test('PROP-30 everybody in a company reads its profile, and owners who have seen the last one change it', async () => {
  const { owner, editor } = await foundCompany(server.origin);
  expect(await editor.get('GET', path)).toMatchObject({
    ...plain,
    timeZone: 'UTC',
    revision: 0,
    logo: null,
    companyName: "Olga's company",
  });
  const said = { ...fields, name: 'Ridgeline', terms: 'Paid on completion.', accent: '#aa3300' };
  expect(await owner.get('PUT', path, said)).toMatchObject({ name: 'Ridgeline', revision: 1 });
  expect((await problem(await owner.ask('PUT', path, said), 409)).code).toBe('changed-meanwhile');
  expect(await owner.get('PUT', path, { ...said, name: 'Ridgeline Inc.', revision: 1 })).toMatchObject({
    revision: 2,
  });
  expect(await editor.get('GET', path)).toMatchObject({
    name: 'Ridgeline Inc.',
    terms: 'Paid on completion.',
  });
  expect((await problem(await editor.ask('PUT', path, { ...said, revision: 2 }), 403)).code).toBe(
    'no-access',
  );
  expect(await (await signUp(server.origin)).get('GET', path)).toMatchObject({ name: '', revision: 0 });
});

test.each([
  ['accent', '#GG0000'],
  ['accent', 'red'],
  ['timeZone', 'Mars/Olympus'],
  ['timeZone', ''],
  ['name', 'x'.repeat(201)],
  ['terms', '\0'],
])('PROP-30 a profile with the %s %j is refused', async (field, value) => {
  const answer = await problem(await company.owner.ask('PUT', path, { ...fields, [field]: value }), 422);
  expect(Object.keys(answer.fields ?? {})).toEqual([field]);
});

test('PROP-31 a logo is a picture by its content, is sent as such, and can be taken away', async () => {
  const { owner, editor, viewer } = await foundCompany(server.origin);
  const set = (body: Uint8Array) => owner.ask('PUT', `${path}/logo`, body);
  expect((await problem(await set(new TextEncoder().encode('<svg/>')), 422)).fields).toHaveProperty('logo');
  expect((await problem(await set(new Uint8Array(300_000)), 413)).code).toBe('too-large');
  expect((await viewer.ask('GET', `${path}/logo`)).status).toBe(404);
  expect((await editor.ask('PUT', `${path}/logo`, png)).status).toBe(403);
  const { logo, revision } = (await (await set(png)).json()) as Profile;
  expect(revision).toBe(0);
  const sent = await viewer.ask('GET', `${path}/logo`);
  expect(sent.headers.get('content-type')).toBe('image/png');
  expect(sent.headers.get('etag')).toBe(`"${logo}"`);
  expect(Buffer.from(await sent.arrayBuffer()).equals(png)).toBe(true);
  const again = await viewer.ask('GET', `${path}/logo`, undefined, { 'if-none-match': `"${logo}"` });
  expect(again.status).toBe(304);
  expect(await owner.get('PUT', path, { ...fields, name: 'Ridgeline' })).toMatchObject({ revision: 1, logo });
  expect(await owner.get('DELETE', `${path}/logo`)).toMatchObject({ logo: null, name: 'Ridgeline' });
});

test('PROP-32 whoever reads an estimate has it as a proposal, under its title, and once only while nothing changes', async () => {
  const first = await pdf();
  expect(first.headers.get('content-type')).toBe('application/pdf');
  expect(first.headers.get('content-disposition')).toContain('filename="Roof of Maple Street.pdf"');
  const etag = first.headers.get('etag') ?? '';
  expect(await titleOf(first)).toBe('Proposal: Roof of Maple Street');
  expect((await pdf('', company.viewer, estimate, { 'if-none-match': etag })).status).toBe(304);
  expect((await pdf('', await signUp(server.origin))).status).toBe(404);

  await write(estimate, (editor) => setProposal(editor, { heading: 'Bid' }));
  const second = await pdf();
  expect(second.headers.get('etag')).not.toBe(etag);
  expect(await titleOf(second)).toBe('Bid: Roof of Maple Street');
  const { revision } = await company.owner.get<Profile>('GET', path);
  await company.owner.get('PUT', path, { ...fields, revision, phone: '555' });
  expect((await pdf()).headers.get('etag')).not.toBe(second.headers.get('etag'));
  await company.owner.ask('PUT', `${path}/logo`, png);
  const bytes = Buffer.from(await (await pdf()).arrayBuffer()).toString('latin1');
  expect(bytes).toContain('/Subtype /Image');
});

test('PROP-33 a frozen version is written as it was frozen, whatever became of the estimate', async () => {
  const id = await create('Gutters');
  await write(id, (editor) => setMeta(editor, { number: 'E-7' }));
  const { versionId } = await company.editor.get<{ versionId: string }>(
    'POST',
    `/api/documents/${id}/status`,
    { to: 'submitted' },
  );
  await company.editor.get('POST', `/api/documents/${id}/status`, { to: 'draft' });
  await write(id, (editor) => setMeta(editor, { number: 'E-8' }));
  const frozen = await pdf(`&version=${versionId}`, company.viewer, id);
  expect(await titleOf(frozen)).toBe('Proposal E-7: Gutters');
  expect(await titleOf(await pdf('', company.viewer, id))).toBe('Proposal E-8: Gutters');
  for (const none of ['no-id', '00000000-0000-4000-8000-000000000000'])
    expect((await problem(await pdf(`&version=${none}`, company.viewer, id), 422)).fields).toHaveProperty(
      'version',
    );
  expect((await problem(await pdf(`&version=${versionId}`), 422)).fields).toHaveProperty('version');
});

test('PROP-35 an estimate without terms of its own keeps those of the company as they were when it was submitted', async () => {
  const { owner, editor } = await foundCompany(server.origin);
  const make = async () =>
    (await editor.get<{ id: string }>('POST', '/api/documents', { kind: 'estimate', title: 'Roof' })).id;
  const [bare, own] = [await make(), await make()];
  await owner.get('PUT', path, { ...fields, terms: 'Paid on completion.' });
  await write(own, (edit) => spliceText(edit, 'terms', 'In advance.'));
  const submit = async (id: string) => {
    await editor.get('POST', `/api/documents/${id}/status`, { to: 'submitted' });
    return server.lobby.read(id, (doc) => readTexts(doc).terms);
  };
  expect(await submit(bare)).toBe('Paid on completion.');
  expect(await submit(own)).toBe('In advance.');
  await owner.get('PUT', path, { ...fields, terms: 'In advance.', revision: 1 });
  await editor.get('POST', `/api/documents/${bare}/status`, { to: 'draft' });
  expect(await submit(bare)).toBe('Paid on completion.');
});

test('PROP-34 an estimate that cannot be reckoned is told as such', async () => {
  const id = await create('Free');
  await write(id, (editor) => setParam(editor, { targetBp: 10_000 }));
  const answer = await problem(await pdf('', company.viewer, id), 422);
  expect([answer.code, answer.detail]).toEqual(['cannot-draw', expect.stringMatching(/margin/)]);
});
