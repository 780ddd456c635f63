import { decodeFrame, isRefusal } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { differenceOf } from './checkpoints.ts';
import type { Workbench } from './ports.ts';
import { sameBytes } from './same-bytes.ts';
import { FaultyLog, House } from './testing.ts';
import type { TestClient } from './testing-client.ts';
import { inlineWorkbench } from './workbench.ts';

/** Chance from a seed: the same seed, the same run. */
function chanceOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const settings = {
  checkpointEntries: 15,
  checkpointBytes: 500,
  idleMs: 300,
  settleMs: 100,
  slowReaderBytes: 400,
  slowReaderMs: 60_000,
  lookMs: 2_000,
  pageEntries: 4,
  batchBytes: 200,
  retryMs: 50,
  retryMaxMs: 400,
};

/** Two processes on one log, each with its own faults, and five people. */
class Storm {
  readonly chance: (below: number) => number;
  readonly house: House;
  readonly logs: readonly FaultyLog[];
  readonly people: { readonly client: TestClient; readonly reconnect: () => void }[] = [];
  readonly broken: string[] = [];
  readonly happened = { acks: 0, cuts: 0, faults: 0, stuck: 0, worked: 0 };
  calmed = false;

  constructor(seed: number) {
    this.chance = chanceOf(seed);
    // Every other document counts as big from its first word on.
    const mine = seed % 2 === 0 ? settings : { ...settings, bigDocumentBytes: 20, bigAnswerBytes: 10 };
    this.house = new House(mine);
    this.house.bench = this.#bench();
    const far = new FaultyLog(this.house.memory);
    this.logs = [this.house.log, far];
    const lobbies = [this.house.lobby, this.house.openLobby(far, mine)];
    for (let i = 0; i < 5; i += 1) {
      const [user, lobby] = [`user ${i}`, lobbies[i % 2]!];
      const client = this.house.client({ user, lobby, stock: i === 4, id: i + 1 });
      this.people.push({
        client,
        reconnect: () => client.connect(lobby, { userId: user, atMost: 'edit', credential: null }, 'd'),
      });
      const send = client.send.bind(client);
      client.send = (bytes) => {
        const frame = decodeFrame(bytes);
        if (!isRefusal(frame) && frame.type === 'ack') this.#check(client, frame.n, frame.lsn);
        send(bytes);
      };
    }
  }

  /** At the moment an ack leaves, a kill of everything must find all of it in the log. */
  #check(client: TestClient, n: number, lsn: number): void {
    this.happened.acks += 1;
    const entries = this.house.memory.entries('d');
    const doc = new Y.Doc();
    for (const { update } of entries.slice(0, lsn)) Y.applyUpdate(doc, update);
    if (lsn > entries.length) this.broken.push(`ack of LSN ${lsn}, the log ends at ${entries.length}`);
    const whole = Y.encodeStateAsUpdate(doc);
    for (const update of client.sent.slice(0, n)) Y.applyUpdate(doc, update);
    if (!sameBytes(whole, Y.encodeStateAsUpdate(doc))) this.broken.push(`ack ${n} of what the log lacks`);
    if (n > client.sent.length) this.broken.push(`ack ${n} of ${client.sent.length} frames`);
  }

  #edit({ doc }: TestClient): void {
    const text = doc.getText('t');
    const at = this.chance(text.length + 1);
    switch (this.chance(4)) {
      case 0:
        text.delete(at, Math.min(this.chance(4), text.length - at));
        return;
      case 1:
        doc.getMap('m').set(`${this.chance(5)}`, this.chance(100));
        return;
      default:
        text.insert(at, 'abcdefgh'.slice(0, 1 + this.chance(8)));
    }
  }

  /** A workbench that takes its time, and sometimes breaks. */
  #bench(): Workbench {
    const later = async <T>(work: () => Promise<T>): Promise<T> => {
      await new Promise<void>((done) => void this.house.clock.after(this.chance(3) * 40, done));
      if (!this.calmed && this.chance(10) === 0) throw new Error('A fault.');
      this.happened.worked += 1;
      return work();
    };
    return {
      compact: (log) => later(() => inlineWorkbench.compact(log)),
      slice: (log) => later(() => inlineWorkbench.slice(log)),
      diff: (log, stateVectors) => later(() => inlineWorkbench.diff(log, stateVectors)),
    };
  }

  #log(log: FaultyLog): void {
    this.happened.faults += 1;
    const fault = () => {
      throw new Error('A fault.');
    };
    const kind = this.chance(5);
    log.before = kind === 1 ? fault : () => undefined;
    log.after = kind === 2 ? fault : () => undefined;
    log.readFault = kind === 3 ? new Error('A fault.') : null;
    log.loadFault = kind === 4 ? new Error('A fault.') : null;
    log.deaf = this.chance(3) === 0;
  }

  async step(): Promise<void> {
    const { client, reconnect } = this.people[this.chance(this.people.length)]!;
    const what = this.chance(100);
    if (what < 40) this.#edit(client);
    else if (what < 65) client.exchange();
    else if (what < 80) this.house.clock.runNext(this.house.clock.now() + this.chance(3) * 100);
    else if (what < 84) {
      this.happened.cuts += 1;
      client.cut();
    } else if (what < 92) {
      if (!client.connected) {
        client.cut();
        reconnect();
      }
    } else if (what < 95) {
      client.stuck = !client.stuck;
      this.happened.stuck += 1;
    } else if (what < 97) this.#log(this.logs[this.chance(2)]!);
    else await this.house.pass(this.chance(400));
    for (let i = this.chance(12); i > 0; i -= 1) await Promise.resolve();
  }

  /** The world is whole again and everybody is back. */
  async calm(): Promise<void> {
    this.calmed = true;
    for (const log of this.logs) {
      log.before = () => undefined;
      log.after = () => undefined;
      log.readFault = null;
      log.loadFault = null;
      log.deaf = false;
    }
    for (const { client } of this.people) client.stuck = false;
    await this.house.pass(3_000);
    for (const { client, reconnect } of this.people) {
      if (client.connected) continue;
      client.cut();
      reconnect();
    }
    await this.house.pass(5_000);
  }
}

describe('a storm of chance', () => {
  const seeds = Array.from({ length: 80 }, (_, i) => i + 1);

  test.each(seeds)(
    'R1 R2 R3 R4 R32 R33 seed %i: replicas equal the log, no ack of what it lacks',
    async (seed) => {
      const storm = new Storm(seed);
      for (let i = 0; i < 250; i += 1) await storm.step();
      await storm.calm();
      const { house, people } = storm;
      expect(storm.broken).toEqual([]);
      // What the storm's own faults broke off is told, and nothing else went wrong.
      expect(house.causes.filter((cause) => cause !== 'Error: A fault.')).toEqual([]);
      const entries = house.memory.entries('d');
      expect(entries.map(({ lsn }) => lsn)).toEqual(entries.map((_, i) => i + 1));
      const stored = await house.stored();
      const loaded = (await house.memory.load('d'))!;
      const restored = new Y.Doc();
      if (loaded.checkpoint !== null) Y.applyUpdate(restored, loaded.checkpoint.state);
      for (const { update } of loaded.tail) Y.applyUpdate(restored, update);
      expect(differenceOf(restored, stored)).toBeNull();
      for (const { client } of people) {
        expect(client.closed).toBeNull();
        expect(differenceOf(client.doc, stored)).toBeNull();
        expect(client.text).toBe(stored.getText('t').toString());
        expect(client.doc.getMap('m').toJSON()).toEqual(stored.getMap('m').toJSON());
        if (client.extended) expect(client.acked).toBe(client.sent.length);
      }
    },
  );

  test('the storm is one: acks, cuts, faults, slow readers and checkpoints all happen', async () => {
    const total = {
      acks: 0,
      cuts: 0,
      faults: 0,
      stuck: 0,
      worked: 0,
      checkpoints: 0,
      resyncs: 0,
      gaps: 0,
      failures: 0,
    };
    for (const seed of seeds.slice(0, 20)) {
      const storm = new Storm(seed);
      for (let i = 0; i < 250; i += 1) await storm.step();
      await storm.calm();
      const stats = storm.house.lobby.stats();
      total.acks += storm.happened.acks;
      total.cuts += storm.happened.cuts;
      total.faults += storm.happened.faults;
      total.stuck += storm.happened.stuck;
      total.worked += storm.happened.worked;
      total.checkpoints += stats.checkpoints;
      total.resyncs += stats.resyncs;
      total.gaps += stats.gaps;
      total.failures += stats.appendFailures;
    }
    for (const [what, count] of Object.entries(total)) expect(count, what).toBeGreaterThan(0);
  });
});
