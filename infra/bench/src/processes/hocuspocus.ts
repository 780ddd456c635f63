/** Hocuspocus as its manual starts it; with POSTGRES set, its database extension on a table of whole states. */
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import pg from 'pg';

const { POSTGRES, PORT } = process.env;
const pool = POSTGRES === undefined ? null : new pg.Pool(JSON.parse(POSTGRES) as pg.PoolConfig);

const database = new Database({
  fetch: async ({ documentName }) => {
    const { rows } = await pool!.query<{ data: Buffer }>(
      'select data from bench.hocuspocus_documents where name = $1',
      [documentName],
    );
    return rows[0]?.data ?? null;
  },
  store: async ({ documentName, state }) => {
    await pool!.query(
      `insert into bench.hocuspocus_documents (name, data) values ($1, $2)
       on conflict (name) do update set data = excluded.data`,
      [documentName, state],
    );
  },
});

const server = new Server({
  address: '127.0.0.1',
  port: Number(PORT),
  quiet: true,
  // It cuts off who says nothing for a minute; its provider renews presence meanwhile, readers here only listen.
  timeout: 600_000,
  extensions: pool === null ? [] : [database],
});
await server.listen();
console.log(`listening on ${PORT}`);
