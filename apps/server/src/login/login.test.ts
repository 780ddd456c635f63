import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../http/problems.ts';
import {
  cookiesOf,
  send,
  signUp,
  startTestServer,
  type TestPerson,
  type TestServer,
  testPassword,
} from '../testing.ts';

let server: TestServer;
let owner: TestPerson;

beforeAll(async () => {
  server = await startTestServer();
  owner = await signUp(server.origin, 'Olga');
});
afterAll(() => server.destroy());

const post = (path: string, body: unknown, headers?: Record<string, string>) =>
  send(server.origin, 'POST', path, body, headers);
const problem = async (response: Response) => (await response.json()) as Problem;

interface Me {
  company: { id: string; name: string; role: string };
  companies: { id: string; role: string }[];
  spaces: { id: string; kind: string; access: string }[];
}

describe('signing up', () => {
  test('founds a company with a shared and a personal space, and sets a cookie no script can read', async () => {
    const answer = await post('/api/auth/sign-up/email', {
      name: '  Ana ',
      email: 'ana.new@example.com',
      password: testPassword,
    });
    expect(answer.status).toBe(200);
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^tidemark\.session_token=.*; Path=\/; HttpOnly; SameSite=Lax$/);
    const me = (await (
      await send(server.origin, 'GET', '/api/me', undefined, { cookie: cookiesOf(answer) })
    ).json()) as Me;
    expect(me).toMatchObject({
      user: { name: 'Ana', email: 'ana.new@example.com' },
      company: { name: "Ana's company", role: 'owner' },
    });
    expect(me.spaces.map(({ kind, access }) => `${kind} ${access}`)).toEqual([
      'company edit',
      'personal edit',
    ]);
  });

  test('names every field that is wrong', async () => {
    const answer = await post('/api/auth/sign-up/email', { name: ' ', email: 'nobody', password: 'short' });
    expect(answer.status).toBe(422);
    expect(await problem(answer)).toMatchObject({
      code: 'invalid',
      fields: { name: expect.any(String), email: expect.any(String), password: expect.any(String) },
    });
  });

  test('twice with one address is refused, whatever its case', async () => {
    const answer = await post('/api/auth/sign-up/email', {
      name: 'Olga',
      email: owner.email.toUpperCase(),
      password: testPassword,
    });
    expect(answer.status).toBe(409);
    expect((await problem(answer)).code).toBe('already-exists');
  });
});

describe('signing in and out', () => {
  test('opens a session, and ends it for good', async () => {
    const answer = await post('/api/auth/sign-in/email', { email: owner.email, password: testPassword });
    const cookie = cookiesOf(answer);
    expect((await send(server.origin, 'GET', '/api/me', undefined, { cookie })).status).toBe(200);
    const out = await post('/api/auth/sign-out', {}, { cookie, origin: server.origin });
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie()[0]).toMatch(/Max-Age=0/);
    expect((await send(server.origin, 'GET', '/api/me', undefined, { cookie })).status).toBe(401);
  });

  test('says the same for a wrong password and an unknown address', async () => {
    const wrong = await post('/api/auth/sign-in/email', { email: owner.email, password: 'not the password' });
    const unknown = await post('/api/auth/sign-in/email', {
      email: 'who@example.com',
      password: 'not the password',
    });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  test('is slowed for one account, with the time to wait, and not for others', async () => {
    const guess = () =>
      post('/api/auth/sign-in/email', { email: 'target@example.com', password: 'guess guess' });
    const answers = await Promise.all(Array.from({ length: 31 }, guess));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(Number(refused[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await problem(refused[0]!)).code).toBe('too-many-requests');
    expect(
      (await post('/api/auth/sign-in/email', { email: owner.email, password: testPassword })).status,
    ).toBe(200);
  });

  test('other addresses of the login library are not open', async () => {
    for (const path of [
      '/api/auth/get-session',
      '/api/auth/list-sessions',
      '/api/auth/ok',
      '/api/auth/error',
    ]) {
      expect((await owner.ask('GET', path)).status).toBe(404);
    }
  });
});

describe('an invitation', () => {
  const invite = (role: string) =>
    owner.get<{ id: string; code: string; url: string }>('POST', '/api/invitations', { role });

  test('shows whose it is, and lets one person in with its role', async () => {
    const { code, url } = await invite('viewer');
    expect(url).toBe(`${server.origin}/invite/${code}`);
    const shown = await (await fetch(`${server.origin}/api/invitations/${code}`)).json();
    expect(shown).toEqual({ company: { name: "Olga's company" }, inviter: { name: 'Olga' }, role: 'viewer' });
    const viewer = await signUp(server.origin, 'Vito', code);
    const me = await viewer.get<Me>('GET', '/api/me');
    expect(me.company).toMatchObject({ name: "Olga's company", role: 'viewer' });
    expect(me.companies).toHaveLength(1);
    expect(me.spaces.map(({ kind, access }) => `${kind} ${access}`)).toEqual([
      'company read',
      'personal edit',
    ]);
    const again = await post('/api/auth/sign-up/email', {
      name: 'Late',
      email: 'late@example.com',
      password: testPassword,
      invitation: code,
    });
    expect([again.status, (await problem(again)).code]).toEqual([409, 'already-used']);
    // And left no account behind.
    const person = { name: 'Late', email: 'late@example.com', password: testPassword };
    expect((await post('/api/auth/sign-up/email', person)).status).toBe(200);
  });

  test('that never was leaves no account behind', async () => {
    const person = { name: 'X', email: 'x@example.com', password: testPassword };
    const wrong = await post('/api/auth/sign-up/email', { ...person, invitation: 'nonsense' });
    expect(wrong.status).toBe(404);
    expect((await post('/api/auth/sign-up/email', person)).status).toBe(200);
  });

  test('is for one: of two who come at once, one gets in and the other leaves no trace', async () => {
    const { code } = await invite('editor');
    const people = ['one', 'two'].map((name) => ({
      name,
      email: `${name}@race.example`,
      password: testPassword,
    }));
    const answers = await Promise.all(
      people.map((person) => post('/api/auth/sign-up/email', { ...person, invitation: code })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const loser = people[answers.findIndex(({ status }) => status === 409)]!;
    expect((await post('/api/auth/sign-in/email', loser)).status).toBe(401);
  });

  test('is accepted by somebody who is signed in, who then works in both companies', async () => {
    const { code, id } = await invite('editor');
    const guest = await signUp(server.origin, 'Gus');
    const own = await guest.get<Me>('GET', '/api/me');
    const { companyId } = await guest.get<{ companyId: string }>(
      'POST',
      `/api/invitations/${code}/accept`,
      {},
    );
    expect((await guest.get<Me>('GET', '/api/me')).company.id).toBe(own.company.id);
    const there = await guest.ask('GET', '/api/me', undefined, { 'x-tidemark-company': companyId });
    expect(((await there.json()) as Me).company).toMatchObject({ id: companyId, role: 'editor' });
    const wrong = await guest.ask('GET', '/api/me', undefined, { 'x-tidemark-company': crypto.randomUUID() });
    expect(wrong.status).toBe(404);
    const list = await owner.get<{ items: { id: string; state: string }[] }>('GET', '/api/invitations');
    expect(list.items.find((item) => item.id === id)?.state).toBe('used');
  });

  test('that was withdrawn is closed', async () => {
    const { code, id } = await invite('editor');
    expect((await owner.ask('DELETE', `/api/invitations/${id}`)).status).toBe(204);
    expect((await fetch(`${server.origin}/api/invitations/${code}`)).status).toBe(409);
  });
});

describe('an API token', () => {
  test('serves where the cookie does, is listed without its secret, and ends when it is withdrawn', async () => {
    const { id, token } = await owner.get<{ id: string; token: string }>('POST', '/api/tokens', {
      name: 'script',
      expiresInDays: 1,
    });
    const authorization = `Bearer ${token}`;
    const made = await send(
      server.origin,
      'POST',
      '/api/documents',
      { kind: 'diagram', title: 'By token' },
      { authorization },
    );
    expect(made.status).toBe(201);
    const list = await (await owner.ask('GET', '/api/tokens')).text();
    expect(list).toContain(id);
    expect(list).not.toContain(token);
    expect((await owner.ask('DELETE', `/api/tokens/${id}`)).status).toBe(204);
    expect((await send(server.origin, 'GET', '/api/me', undefined, { authorization })).status).toBe(401);
  });
});

describe('a crash in the middle of signing up', () => {
  test('is made good at the next request: nobody stays without a company', async () => {
    const person = await signUp(server.origin, 'Half');
    const { user } = await person.get<{ user: { id: string } }>('GET', '/api/me');
    const client = new pg.Client(server.databaseUrl);
    await client.connect();
    await client.query('alter table tidemark.memberships no force row level security');
    await client.query('delete from tidemark.memberships where user_id = $1', [user.id]);
    await client.end();
    expect(await person.get<Me>('GET', '/api/me')).toMatchObject({
      company: { name: "Half's company", role: 'owner' },
    });
  });
});
