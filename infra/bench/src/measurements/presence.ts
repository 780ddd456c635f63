import { encodeFrame } from '@tidemark/protocol';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { History } from '../clients/history.ts';
import { RawClient } from '../clients/raw-client.ts';
import { type Contender, costOf } from '../contenders/contender.ts';
import { type Measurement, Sheet, type Stage } from '../stage.ts';
import { Delays } from '../statistics.ts';

/** Each person moves so often in a second. */
const pace = 3;
/** Milliseconds that the last states may still take. */
const patience = 5_000;

interface Seen {
  readonly person: number;
  readonly clock: number;
  readonly at: number;
}

interface Crowd {
  readonly people: readonly RawClient[];
  /** reader × person → the last clock it has of them. */
  readonly clocks: Uint32Array;
  readonly delays: Delays;
}

/** Everybody in one document, moving: from the move to each other person's receipt. */
export const presence: Measurement = {
  name: 'presence',
  async run(stage) {
    const sheet = new Sheet();
    const people = stage.quick ? 100 : 500;
    for (const contender of stage.contenders) {
      stage.say(`presence of ${people}: ${contender.name}`);
      await measure(stage, contender, people, sheet);
    }
    return sheet.rows;
  },
};

async function measure(stage: Stage, contender: Contender, count: number, sheet: Sheet): Promise<void> {
  const crowd = await gather(contender, count);
  const seconds = stage.quick ? 1 : 2;
  const [undelivered, used] = await costOf(contender, stage.database, async () => {
    const last = await move(crowd, seconds);
    return settle(crowd, last);
  });
  const title = `presence of ${count} people, ${pace} moves a second each`;
  const add = (what: string, unit: string, value: number, goal?: number) =>
    sheet.add(
      {
        measured: `${title}: ${what}`,
        unit,
        better: 'less',
        ...(goal === undefined ? {} : { goal: { figure: goal } }),
      },
      contender.name,
      value,
    );
  add('p50', 'ms', crowd.delays.quantile(0.5));
  add('p95', 'ms', crowd.delays.quantile(0.95), 250);
  add(`last states not delivered ${patience / 1_000} s later, of ${count * (count - 1)}`, '', undelivered, 0);
  add('server CPU for a second of it', 'ms', used.cpu / 1_000 / seconds);
  // A server that is behind takes long to hear that they have left.
  for (const person of crowd.people) person.socket.terminate();
}

async function gather(contender: Contender, count: number): Promise<Crowd> {
  const room = await contender.newRoom();
  const crowd: Crowd = { people: [], clocks: new Uint32Array(count * count), delays: new Delays() };
  const people = crowd.people as RawClient[];
  const history = new History(seenIn);
  for (let first = 0; first < count; first += 50) {
    const some = Array.from({ length: Math.min(50, count - first) }, (_, n) => first + n);
    await Promise.all(
      some.map(async (reader) => {
        const client = await RawClient.join(contender, room);
        people[reader] = client;
        client.onAwareness = (body) => {
          const now = performance.now();
          for (const { person, clock, at } of history.meaning(reader, body)) {
            const place = reader * count + person;
            if (person === reader || clock <= crowd.clocks[place]!) continue;
            crowd.clocks[place] = clock;
            crowd.delays.add(now - at);
          }
        };
      }),
    );
  }
  return crowd;
}

/** Everybody moves at their pace, evenly spread; the last clock. */
function move({ people }: Crowd, seconds: number): Promise<number> {
  const moves = people.length * pace * seconds;
  const perMillisecond = (people.length * pace) / 1_000;
  return new Promise((resolve) => {
    const began = performance.now();
    let moved = 0;
    const beat = setInterval(() => {
      const due = Math.min(moves, (performance.now() - began) * perMillisecond);
      for (; moved < due; moved += 1) {
        const person = moved % people.length;
        const client = people[person]!;
        client.send(client.wrap(stateOf(person, 1 + Math.floor(moved / people.length))));
      }
      if (moved < moves) return;
      clearInterval(beat);
      resolve(pace * seconds);
    }, 2);
  });
}

/** How many last states are missing when everything has arrived, or patience has ended. */
async function settle({ people, clocks }: Crowd, last: number): Promise<number> {
  const missing = () => {
    let count = 0;
    for (let reader = 0; reader < people.length; reader += 1) {
      for (let person = 0; person < people.length; person += 1) {
        if (reader !== person && clocks[reader * people.length + person] !== last) count += 1;
      }
    }
    return count;
  };
  const until = performance.now() + patience;
  while (missing() > 0 && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 20));
  return missing();
}

/** A cursor such as editors send; client IDs are 1, 2, 3 … */
function stateOf(person: number, clock: number): Uint8Array {
  const state = {
    at: performance.now(),
    user: { name: `Person ${person}`, color: '#30bced' },
    cursor: { x: clock * 7, y: person },
  };
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, person + 1);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, JSON.stringify(state));
  });
  return encodeFrame({ type: 'awareness', update });
}

function seenIn(body: Uint8Array): Seen[] {
  const decoder = decoding.createDecoder(body);
  const count = decoding.readVarUint(decoder);
  const seen: Seen[] = [];
  for (let i = 0; i < count; i += 1) {
    const person = decoding.readVarUint(decoder) - 1;
    const clock = decoding.readVarUint(decoder);
    const state = JSON.parse(decoding.readVarString(decoder)) as { at: number } | null;
    if (state !== null) seen.push({ person, clock, at: state.at });
  }
  return seen;
}
