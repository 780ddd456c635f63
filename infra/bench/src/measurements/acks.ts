import { RawClient } from '../clients/raw-client.ts';
import { Script } from '../clients/script.ts';
import type { Contender } from '../contenders/contender.ts';
import type { Database } from '../contenders/database.ts';
import { limitName } from '../goal.ts';
import { type Measurement, roundRobin, Sheet, type Stage } from '../stage.ts';
import { quantile } from '../statistics.ts';

/** How long until a server says that it has an edit, and how many it says so of in a second. */
export const acks: Measurement = {
  name: 'acks',
  async run(stage) {
    const sheet = new Sheet();
    const field = stage.contenders.filter((contender) => contender.acks !== null);
    stage.say('acks');
    const edits = stage.quick ? 100 : 500;
    const writers = await Promise.all(field.map((contender) => Typist.at(contender, 1)));
    for (const typist of writers) await typist.oneByOne(50); // warm
    const turns = [...writers, null];
    await roundRobin(stage.rounds, turns, async (typist) => {
      const delays = typist === null ? await commits(stage.database, edits) : await typist.oneByOne(edits);
      for (const q of [0.5, 0.99]) {
        const measured = `ack of one edit (ours: committed; Hocuspocus: in memory; limit: a bare commit): p${q * 100}`;
        const goal = { figure: q === 0.5 ? 5 : 25 };
        sheet.add({ measured, unit: 'ms', better: 'less', goal }, nameOf(typist), quantile(delays, q));
      }
    });
    const crowds = await Promise.all(field.map((contender) => Typist.at(contender, 10)));
    await roundRobin(stage.rounds, [...crowds, null], async (typist) => {
      const rate =
        typist === null ? await commitRate(stage) : await typist.perSecond(20, stage.quick ? 0.5 : 1);
      const measured =
        'acks a second, 10 writers × 20 in flight, one document (limit: 10 connections, a row a commit)';
      sheet.add({ measured, unit: '/s', better: 'more' }, nameOf(typist), rate);
    });
    for (const typist of [...writers, ...crowds]) await typist.leave();
    await stored(stage, sheet);
    return sheet.rows;
  },
};

function nameOf(typist: Typist | null): string {
  return typist?.contender.name ?? limitName;
}

/** Writers in one room who know from acks alone what has become of their edits. */
class Typist {
  readonly contender: Contender;
  readonly #writers: { client: RawClient; script: Script; sent: number }[] = [];

  private constructor(contender: Contender) {
    this.contender = contender;
  }

  static async at(contender: Contender, writers: number): Promise<Typist> {
    const typist = new Typist(contender);
    const room = await contender.newRoom();
    for (let n = 0; n < writers; n += 1) {
      const client = await RawClient.join(contender, room, true);
      typist.#writers.push({ client, script: new Script(), sent: 0 });
    }
    return typist;
  }

  async oneByOne(count: number): Promise<number[]> {
    const [writer] = this.#writers;
    if (writer === undefined) throw new Error('nobody writes');
    const delays: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const message = writer.client.wrap(writer.script.frame(writer.sent));
      const sentAt = performance.now();
      await new Promise<void>((resolve) => {
        writer.client.onAck = () => {
          if (writer.client.acked > writer.sent - 1) resolve();
        };
        writer.sent += 1;
        writer.client.send(message);
      });
      delays.push(performance.now() - sentAt);
    }
    return delays;
  }

  /** Acks a second with so many edits of each writer on their way. */
  async perSecond(inFlight: number, seconds: number): Promise<number> {
    const acked = () => this.#writers.reduce((sum, { client }) => sum + client.acked, 0);
    const [before, began] = [acked(), performance.now()];
    await Promise.all(
      this.#writers.map(
        (writer) =>
          new Promise<void>((resolve) => {
            const fill = () => {
              const over = performance.now() - began > seconds * 1_000;
              if (over && writer.client.acked >= writer.sent) return resolve();
              while (!over && writer.sent - writer.client.acked < inFlight) {
                writer.client.send(writer.client.wrap(writer.script.frame(writer.sent)));
                writer.sent += 1;
              }
            };
            writer.client.onAck = fill;
            fill();
          }),
      ),
    );
    return ((acked() - before) * 1_000) / (performance.now() - began);
  }

  async leave(): Promise<void> {
    await Promise.all(this.#writers.map(({ client }) => client.close()));
  }
}

const script = new Script();

/** The limit: one row like ours, one commit, the same socket. */
async function commits({ sql }: Database, count: number): Promise<number[]> {
  const id = crypto.randomUUID();
  const delays: number[] = [];
  for (let n = 1; n <= count; n += 1) {
    const values = [id, n, Buffer.from(script.frame(n)), 'somebody'];
    const sentAt = performance.now();
    await sql.query({ name: 'bare', text: insert, values });
    delays.push(performance.now() - sentAt);
  }
  return delays;
}

const insert = 'insert into bench.bare values ($1, $2, 1, $1, $3, $4, 7)';

async function commitRate({ database, quick }: Stage): Promise<number> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ ...database.connection, max: 10 });
  const seconds = quick ? 0.5 : 1;
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      const id = crypto.randomUUID();
      for (let n = 1; performance.now() - began < seconds * 1_000; n += 1) {
        const values = [id, n, Buffer.from(script.frame(n)), 'somebody'];
        await pool.query({ name: 'bare', text: insert, values });
        done += 1;
      }
    }),
  );
  const rate = (done * 1_000) / (performance.now() - began);
  await pool.end();
  return rate;
}

/** How long until an edit is in the database, by looking there. */
async function stored({ contenders, database, rounds }: Stage, sheet: Sheet): Promise<void> {
  await Promise.all(
    contenders
      .filter(({ durable }) => durable)
      .map(async (contender) => {
        const room = await contender.newRoom();
        const client = await RawClient.join(contender, room);
        for (let n = 0; n < Math.min(3, rounds); n += 1) {
          const marker = new Script();
          const sentAt = performance.now();
          client.send(client.wrap(marker.frame(0)));
          while (!(await holds(database, contender, room.room, marker))) {
            if (performance.now() - sentAt > 30_000)
              throw new Error(`${contender.name} stored nothing in 30 s`);
          }
          const measured = 'one edit until it is a row of the database';
          sheet.add({ measured, unit: 'ms', better: 'less' }, contender.name, performance.now() - sentAt);
        }
        await client.close();
      }),
  );
}

/** Whether the stored bytes name the script's author: client IDs are random, and a new text's key has them in plain text. */
async function holds(
  { sql }: Database,
  { acks: kind }: Contender,
  room: string,
  marker: Script,
): Promise<boolean> {
  const bytes = Buffer.from(`${marker.author}.0`);
  const found =
    kind === 'tidemark'
      ? await sql.query(
          'select 1 from tidemark.document_updates where document_id = $1 and position($2 in update) > 0',
          [room, bytes],
        )
      : await sql.query(
          'select 1 from bench.hocuspocus_documents where name = $1 and position($2 in data) > 0',
          [room, bytes],
        );
  return found.rows.length > 0;
}
