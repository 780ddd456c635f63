import { afterAll, beforeAll, expect, test } from 'vitest';
import { signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';

let server: TestServer;
let first: TestPerson;
let second: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  first = await signUp(server.origin, 'Fatima');
  second = await signUp(server.origin, 'Sven');
});
afterAll(() => server.destroy());

const path = '/api/operator/operators';
const listed = async (by: TestPerson) =>
  (await by.get<{ items: { id: string; name: string; appointedBy: string | null }[] }>('GET', path)).items;

test('the first account is the operator; a second one is appointed, and dismissed', async () => {
  expect(await first.get('GET', '/api/me')).toMatchObject({ operator: true });
  expect(await second.get('GET', '/api/me')).toMatchObject({ operator: false });
  expect((await second.ask('GET', path)).status).toBe(403);

  expect((await first.ask('POST', path, { email: second.email })).status).toBe(204);
  const items = await listed(second);
  expect(items.map(({ name, appointedBy }) => [name, appointedBy])).toEqual([
    ['Fatima', null],
    ['Sven', 'Fatima'],
  ]);
  expect((await first.ask('POST', path, { email: 'nobody@example.com' })).status).toBe(404);

  expect((await first.ask('DELETE', `${path}/${items[1]!.id}`)).status).toBe(204);
  expect((await second.ask('GET', path)).status).toBe(403);
  const last = await first.ask('DELETE', `${path}/${items[0]!.id}`);
  expect(last.status).toBe(422);
  expect(await listed(first)).toHaveLength(1);
});
