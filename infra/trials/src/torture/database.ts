import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** How to reach the embedded Postgres of a running server from beside it, as an operator with access to DATA_DIR can. */
export function embeddedConnection(dataDir: string): pg.ClientConfig & { readonly url: string } {
  const directory = join(dataDir, 'postgres');
  const password = readFileSync(join(directory, 'password'), 'utf8').trim();
  // Lines 4 and 5 of Postgres's own lock file.
  const [, , , port, host] = readFileSync(pidFile(directory), 'utf8').split('\n');
  if (host === undefined) throw new Error('Postgres has not said where it listens');
  const url = `postgresql://tidemark:${encodeURIComponent(password)}@localhost:${port}/tidemark?host=${encodeURIComponent(host)}`;
  return { host, port: Number(port), user: 'tidemark', password, database: 'tidemark', url };
}

function pidFile(directory: string): string {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const inside = join(directory, entry.name);
    if (readdirSync(inside).includes('postmaster.pid')) return join(inside, 'postmaster.pid');
  }
  throw new Error(`no Postgres runs in ${directory}`);
}

/** Runs `use` on a connection of its own; while Postgres recovers from a kill it is asked again. */
export async function withDatabase<T>(dataDir: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const client = await connectOrNull(dataDir, deadline);
    if (client === null) continue;
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  }
}

async function connectOrNull(dataDir: string, deadline: number): Promise<pg.Client | null> {
  try {
    const client = new pg.Client(embeddedConnection(dataDir));
    client.on('error', () => undefined); // it may be killed under us: the query that follows tells
    await client.connect();
    return client;
  } catch (error) {
    if (Date.now() > deadline) throw error;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return null;
  }
}
