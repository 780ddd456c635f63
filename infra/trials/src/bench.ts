/** `npm run bench`: what durability costs, beside the physical limit of this machine, in one run. See docs/benchmark.md. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Connection, startPostgres } from '@tidemark/postgres';
import { encodeFrame } from '@tidemark/protocol';
import pg from 'pg';
import { WebSocket } from 'ws';
import { createDocument, type Person, signUp, syncUrl } from './harness/people.ts';
import { type ServerProcess, startServer } from './harness/server-process.ts';
import { Typist } from './harness/typist.ts';

const rounds = 5;
const latencies = 2_500;
const fannedOut = 1_000;
const readers = 50;
const seconds = 4;

const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
const silent = () => undefined;
const postgres = await startPostgres({ dataDir, log: { info: silent, warn: silent, error: silent } });
const sql = new pg.Client(postgres.connection);
let server: ServerProcess = await start();
try {
  await sql.connect();
  const person = await signUp(server.origin, 'Bench');
  const rows = [
    ...(await ackLatency(person)),
    ...(await throughput(person)),
    ...(await fanOut(person)),
    ...(await coldOpen(person)),
    ...(await logBytes()),
  ];
  await report(rows);
} finally {
  server.signal('SIGTERM');
  await server.ended;
  await sql.end();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

type Row = readonly [measured: string, tidemark: string, limit: string, ratio: string];

/** One edit on its way at a time, against one commit of such a row on the same cluster, turn by turn. */
async function ackLatency(person: Person): Promise<Row[]> {
  const typist = await Typist.at(await newUrl(person));
  await sql.query(`create table public.bare (document_id uuid not null, lsn bigint not null, epoch integer not null,
    company_id uuid not null, update bytea not null, user_id text, client_id bigint not null,
    stored_at timestamptz not null default clock_timestamp(), primary key (document_id, lsn))`);
  const id = crypto.randomUUID();
  const acks: number[] = [];
  const commits: number[] = [];
  for (let n = 0; n < 200; n += 1) await typist.send(typist.type()); // warm
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < latencies / rounds; n += 1) {
      const frame = typist.type();
      acks.push(await timed(() => typist.send(frame)));
    }
    for (let n = 0; n < latencies / rounds; n += 1) {
      const values = [id, commits.length + 1, Buffer.from(typist.type()), person.name];
      const insert = {
        name: 'bare',
        text: 'insert into public.bare values ($1, $2, 1, $1, $3, $4, 7)',
        values,
      };
      commits.push(await timed(() => sql.query(insert)));
    }
  }
  typist.close();
  return compare('ack of one edit, committed; against the bare commit of such a row', acks, commits);
}

/** Ten writers with twenty edits each on their way, in one document and in ten. */
async function throughput(person: Person): Promise<Row[]> {
  const found: Row[] = [];
  for (const [name, urls] of [
    ['one document', Array<string>(10).fill(await newUrl(person))],
    ['ten documents', await Promise.all(Array.from({ length: 10 }, () => newUrl(person)))],
  ] as const) {
    const typists = await Promise.all(urls.map((url) => Typist.at(url)));
    const began = performance.now();
    const over = () => performance.now() - began > seconds * 1_000;
    await Promise.all(typists.map((typist) => typist.typeOn(20, over)));
    const acked = typists.reduce((sum, typist) => sum + typist.acked, 0);
    const perSecond = Math.round(acked / ((performance.now() - began) / 1_000));
    for (const typist of typists) typist.close();
    found.push([`acks per second, 10 writers × 20 in flight, ${name}`, String(perSecond), '', '']);
  }
  return found;
}

/** From one writer's send to each reader's receipt, against a relay that does nothing else, turn by turn. */
async function fanOut(person: Person): Promise<Row[]> {
  const relay = fork(fileURLToPath(new URL('harness/relay.ts', import.meta.url)));
  const [port] = (await once(relay, 'message')) as [number];
  const [ours, theirs] = [await audience(await newUrl(person)), await audience(`ws://127.0.0.1:${port}`)];
  const shown: number[] = [];
  const relayed: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < fannedOut / rounds; n += 1) shown.push(...(await ours.hear()));
    for (let n = 0; n < fannedOut / rounds; n += 1) relayed.push(...(await theirs.hear()));
  }
  ours.close();
  theirs.close();
  relay.disconnect();
  return compare(`one edit to ${readers} readers; against a bare ws relay`, shown, relayed);
}

/** Readers that only listen, and a writer that sends when all have heard. */
async function audience(url: string) {
  const typist = await Typist.at(url);
  let heard: (at: number) => void = silent;
  const sockets = await Promise.all(
    Array.from({ length: readers }, async () => {
      const socket = new WebSocket(url);
      socket.on('message', (data: Buffer) => {
        if (data[0] === 0 && data[1] === 2) heard(performance.now());
      });
      await once(socket, 'open');
      return socket;
    }),
  );
  return {
    async hear(): Promise<number[]> {
      const frame = typist.type();
      const times: number[] = [];
      const sentAt = performance.now();
      await new Promise<void>((resolve) => {
        heard = (at) => {
          times.push(at - sentAt);
          if (times.length === readers) resolve();
        };
        void typist.send(frame);
      });
      return times;
    },
    close() {
      for (const socket of sockets) socket.close();
      typist.close();
    },
  };
}

/** From the upgrade to sync step 2, the first visitor after the server was killed and started again. */
async function coldOpen(person: Person): Promise<Row[]> {
  const ids = {
    few: await createDocument(server.origin, person, 'few'),
    many: await createDocument(server.origin, person, 'many'),
  };
  for (const [id, edits] of [
    [ids.few, 100],
    [ids.many, 100_000],
  ] as const) {
    const typist = await Typist.at(await syncUrl(server.origin, person, id));
    await typist.typeOn(Math.min(edits, 500), () => typist.sent >= edits);
    typist.close();
  }
  const took = { few: [] as number[], many: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    server.signal('SIGKILL');
    await server.ended;
    server = await start();
    // Somebody else's document first, so that neither pays for connections and code that is not compiled yet.
    await firstSight(await newUrl(person));
    for (const which of round % 2 === 0 ? (['few', 'many'] as const) : (['many', 'few'] as const)) {
      took[which].push(await firstSight(await syncUrl(server.origin, person, ids[which])));
    }
  }
  const [many, few] = [quantile(took.many, 0.5), quantile(took.few, 0.5)];
  return [['cold open, 100,000 edits; against 100 edits; median of 5', ms(many), ms(few), times(many / few)]];
}

function firstSight(url: string): Promise<number> {
  const began = performance.now();
  const socket = new WebSocket(url);
  socket.on('open', () =>
    socket.send(encodeFrame({ type: 'sync-step-1', stateVector: new Uint8Array([0]) })),
  );
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      if (data[0] !== 0 || data[1] !== 1) return;
      resolve(performance.now() - began);
      socket.close();
    });
  });
}

async function logBytes(): Promise<Row[]> {
  const { rows } = await sql.query<{ updates: string; entries: string; disk: string }>(`
    select sum(octet_length(update)) as updates, count(*) as entries,
      (select sum(pg_total_relation_size(relid)) from pg_partition_tree('tidemark.document_updates')) as disk
    from tidemark.document_updates`);
  const { updates, entries, disk } = rows[0]!;
  const per = (bytes: string) => `${Math.round(Number(bytes) / Number(entries))} B`;
  return [
    [
      `log per edit on disk, with index; against the update itself (${entries} edits)`,
      per(disk),
      per(updates),
      times(Number(disk) / Number(updates)),
    ],
  ];
}

async function report(rows: readonly Row[]): Promise<void> {
  const { rows: settings } = await sql.query<{ server_version: string; fsync: string; commits: string }>(
    `select current_setting('server_version') as server_version, current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits`,
  );
  const { server_version, fsync, commits } = settings[0]!;
  const [cpu] = cpus();
  console.log(
    `\n${cpus().length} cores (${cpu?.model.trim()}), Node ${process.versions.node}, PostgreSQL ${server_version} (fsync ${fsync}, synchronous_commit ${commits})\n`,
  );
  console.log('| measured | Tidemark | limit | ratio |\n|---|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
}

function compare(name: string, ours: readonly number[], limit: readonly number[]): Row[] {
  return [0.5, 0.99].map((q) => {
    const [a, b] = [quantile(ours, q), quantile(limit, q)];
    return [`${name}: p${q * 100}`, ms(a), ms(b), times(a / b)] as const;
  });
}

function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(1)} ×`;
}

async function newUrl(person: Person): Promise<string> {
  return syncUrl(server.origin, person, await createDocument(server.origin, person, 'Bench'));
}

function start(): Promise<ServerProcess> {
  return startServer(dataDir, { DATABASE_URL: urlOf(postgres.connection), LOG_LEVEL: 'error' });
}

/** A socket directory travels as the `host` parameter. */
function urlOf({ host, port, user, password, database }: Connection): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgres://${login}@/${encodeURIComponent(database)}?host=${encodeURIComponent(host)}&port=${port}`;
}
