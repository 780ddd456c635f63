import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '@tidemark/postgres/testing';
import { type Config, readConfig } from './config.ts';
import { createLogger } from './journal.ts';
import { type Server, startServer } from './server.ts';

/**
 * A whole server in this process, on a free port, with a fresh database of the shared test cluster and a data directory of
 * its own. For a process of its own spawn `node apps/server/src/main.ts` with `PORT=0`; the ready line names the port.
 */
export interface TestServer extends Server {
  readonly config: Config;
  /** The database, for plain SQL. */
  readonly databaseUrl: string;
  /** Every line that was logged so far, at all levels. */
  readonly log: readonly string[];
}

export async function startTestServer(settings: Record<string, string> = {}): Promise<TestServer> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'tidemark-server-'));
  const config = readConfig({
    HOST: '127.0.0.1',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'trace',
    ...settings,
  });
  const log: string[] = [];
  const server = await startServer(
    config,
    createLogger(config.logLevel, { write: (line) => log.push(line) }),
  );
  return {
    ...server,
    config,
    databaseUrl: database.url,
    log,
    async destroy() {
      await server.destroy();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Somebody signed in to a test server, who asks as a browser's page would. */
export interface TestPerson {
  readonly name: string;
  readonly email: string;
  readonly cookie: string;
  /** A body that is a Uint8Array goes as it is, any other as JSON. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  /** As `ask`, and reads the JSON of a good answer; throws on any other. */
  get<T>(method: string, path: string, body?: unknown): Promise<T>;
}

export const testPassword = 'correct horse battery';
let people = 0;

/** Signs somebody new up: with a company of their own, or into the one of the invitation. */
export async function signUp(origin: string, name = 'Ana', invitation?: string): Promise<TestPerson> {
  people += 1;
  const email = `${name.toLowerCase()}.${people}@example.com`;
  const response = await send(origin, 'POST', '/api/auth/sign-up/email', {
    name,
    email,
    password: testPassword,
    ...(invitation === undefined ? {} : { invitation }),
  });
  if (!response.ok) throw new Error(`Sign-up: ${response.status} ${await response.text()}`);
  const cookie = cookiesOf(response);
  const ask: TestPerson['ask'] = (method, path, body, headers) =>
    send(origin, method, path, body, { cookie, origin, ...headers });
  return {
    name,
    email,
    cookie,
    ask,
    async get<T>(method: string, path: string, body?: unknown) {
      const answer = await ask(method, path, body);
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as T;
    },
  };
}

/** A company with an owner, an editor and a viewer. */
export async function foundCompany(origin: string) {
  const owner = await signUp(origin, 'Olga');
  const invited = async (role: 'editor' | 'viewer', name: string) => {
    const { code } = await owner.get<{ code: string }>('POST', '/api/invitations', { role });
    return signUp(origin, name, code);
  };
  return { owner, editor: await invited('editor', 'Edda'), viewer: await invited('viewer', 'Vito') };
}

export function cookiesOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
}

export function send(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  if (body === undefined) return fetch(`${origin}${path}`, { method, headers });
  if (body instanceof Uint8Array) {
    return fetch(`${origin}${path}`, {
      method,
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: new Uint8Array(body),
    });
  }
  return fetch(`${origin}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}
