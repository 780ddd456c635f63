import { isDeepStrictEqual } from 'node:util';
import { isFinalClose } from '@tidemark/protocol';
import * as Y from 'yjs';
import type { Cable } from '../harness/cable.ts';
import { Writer } from '../harness/writer.ts';
import { type Fault, oneOf, pause, type Scene } from './faults.ts';
import type { Seat } from './seat.ts';

/** One writer of the cast, and the document it writes to. */
interface Player {
  readonly documentId: string;
  readonly writer: Writer;
}

const writersPerDocument = 2;
/** Keys on their way per writer; the fault strikes in the middle of them. */
const inFlight = 20;
/** Milliseconds in which replicas that differ have to become equal. */
const convergence = 120_000;

/**
 * People type on several documents through both processes, a fault strikes at a random moment and heals. Then, before
 * anybody who holds the content comes back and could mend a hole: everything acknowledged so far is in the database, and
 * clients without a cache find it. At last everybody comes back, all that was written is stored, and all replicas are equal.
 */
export async function playRound(scene: Scene, name: string, fault: Fault): Promise<void> {
  const { house, random, tally } = scene;
  const players = await enter(scene, name);
  const target = 5 + Math.floor(random() * 60);
  const byAcks = random() < 0.5;
  const typing = type(players);
  await typing.reached(
    () => progress(players, byAcks) >= target || players.every(({ writer }) => writer.closeCode !== null),
  );
  const [struck] = await Promise.allSettled([fault(scene)]);
  typing.stop();
  for (const { documentId, writer } of players) house.note(documentId, writer.acked);
  if (struck?.status === 'rejected') throw struck.reason;

  await expectNothingLost(scene, name);
  const deaf = struck?.status === 'fulfilled' && struck.value === 'deaf';
  await Promise.all(players.map((player) => drain(scene, player, deaf)));
  for (const { documentId, writer } of players) {
    house.note(documentId, writer.acked);
    tally.acknowledged += writer.acked.size;
  }
  await expectEqualReplicas(scene, players);
  for (const { writer } of players) writer.close();
}

async function enter(scene: Scene, name: string): Promise<readonly Player[]> {
  const { house, random } = scene;
  return Promise.all(
    house.documents.flatMap((documentId, index) =>
      Array.from({ length: writersPerDocument }, async (_, n) => {
        const at = oneOf(random, house.seats());
        return { documentId, writer: await join(scene, at, documentId, `${name}.${index}.${n}`) };
      }),
    ),
  );
}

/** Everybody types without a pause until the moment has come, and calmly from then on. */
function type(players: readonly Player[]): { reached(met: () => boolean): Promise<void>; stop(): void } {
  let typing = true;
  let calm = false;
  const turn = () => {
    if (!typing) return;
    for (const { writer } of players) {
      if (writer.closeCode !== null || writer.sent - writer.settledFrames >= inFlight) continue;
      writer.write();
      // Overwritten again and again by everybody: deletions and conflicts.
      if (writer.sent % 7 === 0) writer.doc.getMap('drafts').set('draft', writer.sent);
    }
    if (calm) setTimeout(turn, 25);
    else setImmediate(turn);
  };
  turn();
  return {
    async reached(met) {
      while (!met()) await new Promise(setImmediate);
      calm = true;
    },
    stop() {
      typing = false;
    },
  };
}

function progress(players: readonly Player[], byAcks: boolean): number {
  return players.reduce((sum, { writer }) => sum + (byAcks ? writer.acked.size : writer.sent), 0);
}

async function expectNothingLost(scene: Scene, name: string): Promise<void> {
  const { house, tally } = scene;
  const lost = new Set(await house.audit());
  tally.audits += 1;
  for (const seat of house.seats()) {
    for (const documentId of house.documents) {
      const reader = await join(scene, seat, documentId, `${name}.${seat.name}`);
      const found = reader.doc.getMap('writes');
      // A process whose bell died with the ringer reads on within 15 s, or with the next append: this one.
      reader.write();
      await reader.untilAllAcked();
      await reader.until(() =>
        [...house.ackedOf(documentId)].every((key) => lost.has(key) || found.has(key)),
      );
      reader.close();
    }
  }
  tally.lost += lost.size;
  if (lost.size > 0) throw new Error(`acknowledged and lost: ${[...lost].join(', ')}`);
}

/** Comes back, as often as that fails for now, until all that was ever written here is stored. */
async function drain(scene: Scene, { documentId, writer }: Player, deaf: boolean): Promise<void> {
  const { house, random } = scene;
  let away = deaf || writer.closeCode !== null;
  for (;;) {
    if (away) writer.comeBack(address(scene, oneOf(random, house.seats()), documentId), house.token);
    away = true;
    if (
      await succeeds(writer, async () => {
        await writer.untilLive();
        await writer.untilAllAcked();
      })
    )
      return;
  }
}

/** False when the connection was closed meanwhile and may come back; throws when it may not. */
async function succeeds(writer: Writer, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (writer.closeCode === null || isFinalClose(writer.closeCode)) throw error;
    await pause(20);
    return false;
  }
}

/** Nobody writes any more: within the time a lost bell may cost, every replica of a document holds the same. */
async function expectEqualReplicas(scene: Scene, players: readonly Player[]): Promise<void> {
  const { house, tally } = scene;
  for (const documentId of house.documents) {
    const readers = await Promise.all(house.seats().map((seat) => join(scene, seat, documentId, 'reader')));
    const writers = players.filter((player) => player.documentId === documentId).map(({ writer }) => writer);
    const docs = [...readers, ...writers].map(({ doc }) => doc);
    const deadline = performance.now() + convergence;
    while (!allEqual(docs)) {
      if (performance.now() > deadline) throw new Error(`replicas of ${documentId} stay different`);
      await pause(20);
    }
    tally.replicasCompared += docs.length;
    for (const reader of readers) reader.close();
  }
}

function allEqual([model, ...others]: readonly Y.Doc[]): boolean {
  if (model === undefined) throw new Error('no replicas');
  const content = contentOf(model);
  return others.every((other) => isDeepStrictEqual(contentOf(other), content));
}

/** A client without a cache, once it is in step. */
async function join(scene: Scene, seat: Seat, documentId: string, name: string): Promise<Writer> {
  const { token } = scene.house;
  const url = address(scene, seat, documentId);
  const writer = new Writer(url, name, token);
  while (!(await succeeds(writer, () => writer.untilLive()))) writer.comeBack(url, token);
  return writer;
}

function address({ cables }: Scene, seat: Seat, documentId: string): string {
  const cable: Cable | undefined = cables.get(seat);
  if (cable === undefined) throw new Error(`no cable leads to ${seat.name}`);
  return `${cable.origin.replace('http', 'ws')}/sync/${documentId}`;
}

function contentOf(doc: Y.Doc): unknown {
  return {
    writes: doc.getMap('writes').toJSON(),
    drafts: doc.getMap('drafts').toJSON(),
    state: Y.decodeStateVector(Y.encodeStateVector(doc)),
  };
}
