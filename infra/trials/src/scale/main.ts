/**
 * What a room, a session, an update and a crowd cost one server process: figures for docs/scale.md. Run it by hand:
 * `node_modules/.bin/node infra/trials/src/scale/main.ts`.
 */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { encodeFrame, subprotocol } from '@tidemark/protocol';
import { WebSocket } from 'ws';
import { createDocument, type Person, signUp, syncUrl } from '../harness/people.ts';
import { killAll, type ServerProcess, startServer } from '../harness/server-process.ts';
import { Writer } from '../harness/writer.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-scale-'));
const server = await startServer(dataDir, { LOG_LEVEL: 'warn' });
try {
  const person = await signUp(server.origin, 'Ana');
  await rooms(person, 100);
  await sessions(person, 2_000);
  for (const readers of [1, 50, 200]) await updates(person, readers);
  for (const people of [100, 250, 500]) await crowd(person, people);
} finally {
  await killAll(server, dataDir, 'all');
  rmSync(dataDir, { recursive: true, force: true });
}

async function rooms(person: Person, count: number): Promise<void> {
  const urls: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const id = await createDocument(server.origin, person, `Room ${i}`);
    urls.push(await syncUrl(server.origin, person, id));
  }
  await pause(35_000); // rooms that were opened to make the documents close
  const before = memory(server);
  const open: WebSocket[] = [];
  for (const url of urls) open.push(await sit(url));
  await pause(3_000);
  told('a room with one session', (memory(server) - before) / count / 1024, 'KB');
  for (const socket of open) socket.close();
}

async function sessions(person: Person, count: number): Promise<void> {
  const url = await syncUrl(server.origin, person, await createDocument(server.origin, person, 'Many'));
  const open = [await sit(url)];
  await pause(2_000);
  const before = { memory: memory(server), cpu: cpu(server) };
  for (let i = 0; i < count; i += 50)
    open.push(...(await Promise.all(Array.from({ length: 50 }, () => sit(url)))));
  told('a join', (1_000_000 * (cpu(server) - before.cpu)) / count, 'µs of CPU');
  await pause(3_000);
  told('an idle session', (memory(server) - before.memory) / count / 1024, 'KB');
  for (const socket of open) socket.close();
}

async function updates(person: Person, readers: number): Promise<void> {
  const url = await syncUrl(server.origin, person, await createDocument(server.origin, person, 'Updates'));
  const open = await Promise.all(Array.from({ length: readers }, () => sit(url)));
  const writer = new Writer(url, 'writer');
  await writer.untilLive();
  const count = 1_500;
  const before = cpu(server);
  const begun = performance.now();
  for (let i = 0; i < count; i += 1) {
    writer.write();
    await pause(4);
  }
  await writer.untilAllAcked();
  const seconds = (performance.now() - begun) / 1_000;
  const spent = (1_000_000 * (cpu(server) - before)) / count;
  told(
    `an update at ${Math.round(count / seconds)} a second, ${readers} readers`,
    spent,
    'µs of CPU, stored and shown',
  );
  writer.close();
  for (const socket of open) socket.close();
}

/** Everybody moves ten times a second; one of them looks at how old the moves are that it sees. */
async function crowd(person: Person, people: number): Promise<void> {
  const url = await syncUrl(server.origin, person, await createDocument(server.origin, person, 'Crowd'));
  const delays: number[] = [];
  const open = await Promise.all(
    Array.from({ length: people }, async (_, i) => {
      const socket = await sit(url);
      if (i === 0) {
        socket.on('message', (data: Buffer) => {
          const now = performance.now();
          for (const [, at] of data.toString('latin1').matchAll(/"at":([\d.]+)/g))
            delays.push(now - Number(at));
        });
      }
      return socket;
    }),
  );
  const begun = { cpu: cpu(server), at: performance.now() };
  let clock = 0;
  for (let round = 0; round < 80; round += 1) {
    clock += 1;
    for (const [i, socket] of open.entries()) socket.send(moved(i + 1, clock));
    await pause(Math.max(0, begun.at + (round + 1) * 100 - performance.now()));
  }
  const load = (cpu(server) - begun.cpu) / ((performance.now() - begun.at) / 1_000);
  await pause(2_000);
  delays.sort((a, b) => a - b);
  const at = (share: number) => delays[Math.floor(delays.length * share)] ?? Number.NaN;
  told(`${people} people moving: a move is seen after, median`, at(0.5), 'ms');
  told(`${people} people moving: 95 of 100 within`, at(0.95), 'ms');
  told(`${people} people moving: of one core`, load * 100, '%');
  for (const socket of open) socket.close();
}

function moved(clientId: number, clock: number): Uint8Array {
  const json = JSON.stringify({
    user: { name: `Person ${clientId}` },
    x: 100,
    y: 200,
    at: performance.now(),
  });
  const text = new TextEncoder().encode(json);
  const update = [1, ...varUint(clientId), ...varUint(clock), ...varUint(text.length), ...text];
  return encodeFrame({ type: 'awareness', update: Uint8Array.from(update) });
}

function varUint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varUint(Math.floor(value / 128))];
}

/** A connection that has the document. */
async function sit(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, [subprotocol], { perMessageDeflate: false });
  await once(socket, 'open');
  socket.send(encodeFrame({ type: 'sync-step-1', stateVector: new Uint8Array([0]) }));
  await once(socket, 'message');
  return socket;
}

/** Bytes resident. */
function memory({ pid }: ServerProcess): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

/** Seconds of CPU so far; the kernel counts in hundredths. */
function cpu({ pid }: ServerProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function told(what: string, value: number, unit: string): void {
  console.log(`${what}: ${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`);
}
