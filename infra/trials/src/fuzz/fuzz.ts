import { seededRandom } from '../harness/random.ts';
import { Writer } from '../harness/writer.ts';
import { addressOf, sendHostile } from './connection.ts';
import { below, hostileFrames } from './frames.ts';
import { HonestPair } from './honest.ts';
import { FuzzHouse, until, type Weight } from './house.ts';
import { hostileRequests, openSilent, sendRequest } from './requests.ts';
import { attackSocket, socketAttacks } from './sockets.ts';

export interface FuzzOptions {
  readonly seed: number;
  /** How long frames are sent, in milliseconds, after every attack there is was tried once. */
  readonly forMs: number;
  /** Connections that never send. */
  readonly silent: number;
  readonly sent?: (report: FuzzReport) => void;
}

export interface FuzzReport {
  frames: number;
  connections: number;
  requests: number;
  /** How often each answer was given. */
  readonly verdicts: Map<string, number>;
  honestEdits: number;
  worstAckMs: number;
  /** The frame whose answer took longest. */
  slowest: { name: string; ms: number };
  documents: number;
  before: Weight;
  after: Weight;
}

/** Attacks on one document before a new one is begun. */
const framesPerDocument = 150;
const victimId = 77;
/** A room without people stays for 30 s; then nothing of it may be left. */
const untilQuiet = 90_000;
/** Bytes that the server may hold more than before the first attack: compiled code and caches. A leak is far beyond it soon. */
const growth = 40 * 1024 * 1024;

/** Sends whatever breaks servers at a live one, and throws at the first sign that it did. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, forMs, silent, sent } = options;
  const random = seededRandom(seed);
  const house = await FuzzHouse.open();
  const nothing = { heap: 0, rss: 0 };
  const report: FuzzReport = {
    frames: 0,
    connections: 0,
    requests: 0,
    verdicts: new Map(),
    honestEdits: 0,
    worstAckMs: 0,
    slowest: { name: 'none', ms: 0 },
    documents: 0,
    before: nothing,
    after: nothing,
  };
  const recent: string[] = [];
  const judge = (name: string, answer: string | number, expected: readonly (string | number)[]) => {
    recent.push(`${name}: ${answer}`);
    if (recent.length > 12) recent.shift();
    const verdict = String(answer);
    report.verdicts.set(verdict, (report.verdicts.get(verdict) ?? 0) + 1);
    if (!expected.includes(answer))
      throw new Error(`${name} was answered "${answer}", not "${expected.join('" or "')}"`);
  };
  try {
    const [shared, other] = [await house.document('Shared'), await house.document('Other')];
    const pairs = [
      await HonestPair.at(house.at(shared, 'honest'), 'shared'),
      await HonestPair.at(house.at(other, 'honest'), 'other'),
    ];
    pairs[0]?.beSeen(victimId);
    const attacked = [shared];
    const target = async () => {
      if (random() < 0.25) return house.at(shared, 'hostile');
      if (attacked.length === 1 || report.frames % framesPerDocument === 0)
        attacked.push(await house.document('Hostile'));
      return house.at(attacked.at(-1) ?? shared, 'hostile');
    };
    const sendFrame = async (frame: (typeof hostileFrames)[number]) => {
      // Only the shared document has somebody to harm.
      const at = frame.name.startsWith('somebody') ? house.at(shared, 'hostile') : await target();
      const message = frame.make(random, { clientId: victimId });
      report.frames += 1;
      const began = performance.now();
      judge(frame.name, await sendHostile(at, message), frame.expected);
      const ms = performance.now() - began;
      if (ms > report.slowest.ms) report.slowest = { name: frame.name, ms };
      sent?.(report);
    };
    const everything = async () => {
      for (const frame of hostileFrames) await sendFrame(frame);
      judge('a text message', await sendHostile(await target(), 'hello'), ['closed 4400']);
      judge('a message over the limit', await sendHostile(await target(), Buffer.alloc(33 << 20)), [
        'closed 4413',
      ]);
      for (const attack of socketAttacks) {
        report.connections += 1;
        judge(attack.name, await attackSocket(await target(), attack), attack.expected);
      }
      for (const request of hostileRequests) {
        report.requests += 1;
        const status = await sendRequest(house.at(shared, 'hostile'), request);
        judge(
          request.name,
          status,
          Array.from({ length: 100 }, (_, index) => 400 + index),
        );
      }
    };

    const attack = async () => {
      report.before = await house.weigh();
      const held = await openSilent(house.origin, silent, 50);
      report.connections += held.length;
      await everything();
      const ends = performance.now() + forMs;
      while (performance.now() < ends) {
        const frame = hostileFrames[below(random, hostileFrames.length)];
        if (frame !== undefined) await sendFrame(frame);
      }
      for (const socket of held) socket.destroy();
    };
    const editing = Promise.all(pairs.map((pair) => pair.edit()));
    await Promise.race([attack(), editing]);
    for (const pair of pairs) pair.stop();
    await editing;
    for (const pair of pairs) {
      report.honestEdits += pair.edits;
      report.worstAckMs = Math.max(report.worstAckMs, pair.worstAckMs);
      pair.close();
    }
    report.documents = attacked.length + 1;
    // Nobody is here any more: all rooms close, and what an attacked document holds goes with its room's last checkpoint.
    for (const rooms of ['tidemark_rooms', 'tidemark_rooms_ending'])
      await until(async () => (await house.metric(rooms)) === 0, untilQuiet, `${rooms} is not 0`);
    report.after = await house.weighUntil(report.before.heap + growth, untilQuiet);
    await expectAllServed(house, attacked.concat(other));
    await expectStored(house, shared, pairs[0]?.stored ?? []);
    await expectStored(house, other, pairs[1]?.stored ?? []);
    return report;
  } catch (error) {
    const words = `${recent.join('\n')}\n${house.lastWords()}`;
    throw new Error(`seed ${seed}: ${(error as Error).message}\n${words}`, { cause: error });
  } finally {
    await house.close();
  }
}

/** A process that knows nothing loads every attacked document, and answers for each. */
async function expectAllServed(house: FuzzHouse, documents: readonly string[]): Promise<void> {
  await house.restart();
  for (const documentId of documents) {
    const target = house.at(documentId, 'honest');
    for (const part of ['content', 'state']) {
      const response = await fetch(`${house.origin}/api/documents/${documentId}/${part}`, {
        headers: { authorization: `Bearer ${target.token}` },
      });
      await response.arrayBuffer();
      if (response.status !== 200)
        throw new Error(`the ${part} of an attacked document answers ${response.status}`);
    }
  }
}

async function expectStored(house: FuzzHouse, documentId: string, keys: readonly string[]): Promise<void> {
  const target = house.at(documentId, 'honest');
  const reader = new Writer(addressOf(target), 'reader', target.token);
  await reader.untilLive();
  const lost = keys.filter((key) => !reader.doc.getMap('writes').has(key));
  reader.close();
  if (lost.length > 0)
    throw new Error(`${lost.length} honest edits are lost: ${lost.slice(0, 5).join(', ')} …`);
}

export function describeReport(report: FuzzReport, seconds: number, seed: number): string {
  const megabytes = (size: number) => `${Math.round(size / 1_048_576)} MB`;
  const { before, after } = report;
  return [
    `hostile frames:          ${report.frames}, on ${report.documents} documents`,
    `hostile connections:     ${report.connections}`,
    `hostile requests:        ${report.requests}`,
    'answers:',
    ...[...report.verdicts]
      .sort(([one], [two]) => one.localeCompare(two))
      .map(([verdict, count]) => `  ${String(count).padStart(6)}  ${verdict}`),
    `honest edits meanwhile:  ${report.honestEdits}, all stored and seen; the slowest ack took ${Math.round(report.worstAckMs)} ms`,
    `slowest answer:          ${Math.round(report.slowest.ms)} ms, to ${report.slowest.name}`,
    `heap after collection:   ${megabytes(before.heap)}, then ${megabytes(after.heap)} (resident ${megabytes(before.rss)}, ${megabytes(after.rss)})`,
    `duration:                ${Math.round(seconds)} s`,
    `seed:                    ${seed}`,
  ].join('\n');
}
