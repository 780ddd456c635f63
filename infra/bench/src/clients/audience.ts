import type { Address } from '@tidemark/conformance';
import * as Y from 'yjs';
import { type Contender, costOf, type Used } from '../contenders/contender.ts';
import type { Database } from '../contenders/database.ts';
import { History } from './history.ts';
import { RawClient } from './raw-client.ts';
import type { Script } from './script.ts';

type Reached = ReadonlyMap<number, readonly [from: number, to: number]>;

interface Writer {
  readonly client: RawClient;
  readonly script: Script;
  /** Edits sent. */
  sent: number;
  /** Edits that the last reader has. */
  seen: number;
}

export interface Delivery extends Used {
  /** Updates × readers that have them. */
  readonly delivered: number;
  readonly seconds: number;
}

/** Readers that only listen, and writers that type their scripts, in one room of one contender. */
export class Audience {
  readonly contender: Contender;
  readonly readers: number;
  readonly #database: Database;
  readonly #writers: Writer[] = [];
  readonly #clients: RawClient[] = [];
  /** Per reader: author → the clock up to which it has everything. */
  readonly #clocks: Map<number, number>[] = [];
  readonly #history = new History<Reached>(reachOf);
  /** What the first reader got, to be compared with what was written. */
  readonly #kept: Uint8Array[] = [];
  #behind = 0;
  #heard: (reader: number) => void = () => undefined;
  #lastHas: () => void = () => undefined;
  gaps = 0;

  private constructor(contender: Contender, database: Database, readers: number) {
    this.contender = contender;
    this.#database = database;
    this.readers = readers;
  }

  static async gather(
    contender: Contender,
    database: Database,
    readers: number,
    scripts: readonly Script[],
  ): Promise<Audience> {
    const audience = new Audience(contender, database, readers);
    const room = await contender.newRoom();
    for (const script of scripts) {
      const client = await RawClient.join(contender, room);
      audience.#writers.push({ client, script, sent: 0, seen: 0 });
    }
    for (let first = 0; first < readers; first += 50) {
      const some = Array.from({ length: Math.min(50, readers - first) }, (_, n) => first + n);
      await Promise.all(some.map((reader) => audience.#seat(reader, room)));
    }
    return audience;
  }

  /** `count` edits, each sent when all have the one before; the delay of each reader, milliseconds. */
  async oneByOne(count: number): Promise<number[]> {
    const delays: number[] = [];
    const [writer] = this.#writers as [Writer];
    for (let n = 0; n < count; n += 1) {
      const message = writer.client.wrap(writer.script.frame(writer.sent));
      await this.#bounded('one edit reaches all', (resolve) => {
        let missing = this.readers;
        const sentAt = performance.now();
        this.#heard = () => {
          delays.push(performance.now() - sentAt);
          missing -= 1;
          if (missing === 0) resolve();
        };
        this.#send(writer, message);
      });
    }
    this.#heard = () => undefined;
    this.#writers[0]!.seen = writer.sent;
    return delays;
  }

  /** One writer, an edit every 1/`perSecond` seconds. */
  steady(perSecond: number, seconds: number): Promise<Delivery> {
    const [writer] = this.#writers as [Writer];
    return this.#measured(
      () =>
        new Promise<void>((resolve) => {
          const began = performance.now();
          let sent = 0;
          const beat = setInterval(() => {
            const elapsed = performance.now() - began;
            while (sent < (elapsed * perSecond) / 1_000 && sent < perSecond * seconds) {
              this.#send(writer, writer.client.wrap(writer.script.frame(writer.sent)));
              sent += 1;
              if (perSecond <= 1_000) break; // never two at once
            }
            if (sent < perSecond * seconds) return;
            clearInterval(beat);
            resolve();
          }, 1);
        }),
    );
  }

  /** All writers, each with `inFlight` edits on their way: sent, and not yet had by the reader who is served last. */
  saturate(inFlight: number, seconds: number): Promise<Delivery> {
    return this.#measured(() =>
      this.#bounded('the writers go on', (resolve) => {
        const until = performance.now() + seconds * 1_000;
        const fill = () => {
          if (performance.now() > until) {
            this.#lastHas = () => undefined;
            return resolve();
          }
          for (const writer of this.#writers) {
            while (writer.sent - writer.seen < inFlight) {
              this.#send(writer, writer.client.wrap(writer.script.frame(writer.sent)));
            }
          }
        };
        this.#lastHas = fill;
        fill();
      }),
    );
  }

  /** Whether what the first reader got is what was written. Throws when not. */
  verify(): void {
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const update of this.#kept) Y.applyUpdate(doc, update);
    });
    for (const { script, sent } of this.#writers) {
      const got = [...doc.getMap<Y.Text>('texts').entries()]
        .filter(([key]) => key.startsWith(`${script.author}.`))
        .reduce((sum, [, text]) => sum + 1 + text.length, 0);
      if (got !== sent) throw new Error(`${this.contender.name}: ${got} of ${sent} edits arrived`);
    }
    if (this.gaps > 0) throw new Error(`${this.contender.name}: ${this.gaps} gaps`);
  }

  async leave(): Promise<void> {
    await Promise.all(
      [...this.#clients, ...this.#writers.map(({ client }) => client)].map((each) => each.close()),
    );
  }

  async #seat(reader: number, room: Address): Promise<void> {
    const client = await RawClient.join(this.contender, room);
    this.#clients[reader] = client;
    this.#clocks[reader] = new Map(this.#writers.map(({ script }) => [script.author, 0]));
    client.onContent = (update) => this.#take(reader, update);
  }

  #take(reader: number, update: Uint8Array): void {
    if (reader === 0) this.#kept.push(Uint8Array.from(update));
    const clocks = this.#clocks[reader]!;
    for (const [author, [from, to]] of this.#history.meaning(reader, update)) {
      const had = clocks.get(author);
      if (had === undefined || to <= had) continue;
      if (from > had) this.gaps += 1;
      clocks.set(author, to);
      this.#behind -= to - had;
    }
    this.#heard(reader);
    if (reader !== this.readers - 1) return;
    for (const writer of this.#writers) writer.seen = clocks.get(writer.script.author) ?? 0;
    this.#lastHas();
  }

  #send(writer: Writer, message: Uint8Array): void {
    writer.sent += 1;
    this.#behind += this.readers;
    writer.client.send(message);
  }

  /** Runs `work`, waits until every reader has everything, and tells what all of it cost. */
  async #measured(work: () => Promise<void>): Promise<Delivery> {
    const before = this.#writers.reduce((sum, { sent }) => sum + sent, 0);
    const began = performance.now();
    const [, used] = await costOf(this.contender, this.#database, async () => {
      await work();
      await this.#allHaveAll();
    });
    const sent = this.#writers.reduce((sum, writer) => sum + writer.sent, 0) - before;
    return { ...used, delivered: sent * this.readers, seconds: (performance.now() - began) / 1_000 };
  }

  /** A server that stands still ends the run, by name. */
  #bounded(what: string, start: (resolve: () => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const closed = () => this.#clients.filter(({ closedWith }) => closedWith !== null).length;
      const bound = setTimeout(
        () =>
          reject(
            new Error(
              `${this.contender.name}: not within 30 s: ${what} (${this.#behind} deliveries missing, ${closed()} readers closed)`,
            ),
          ),
        30_000,
      );
      start(() => {
        clearTimeout(bound);
        resolve();
      });
    });
  }

  async #allHaveAll(): Promise<void> {
    const until = performance.now() + 30_000;
    while (this.#behind > 0) {
      if (performance.now() > until)
        throw new Error(`${this.contender.name}: ${this.#behind} updates were not delivered within 30 s`);
      await new Promise<void>((resolve) => setTimeout(resolve, 2));
    }
  }
}

function reachOf(update: Uint8Array): Reached {
  const { from, to } = Y.parseUpdateMeta(update);
  return new Map([...to].map(([author, end]) => [author, [from.get(author) ?? 0, end] as const]));
}
