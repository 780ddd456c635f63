import type { Cable } from '../harness/cable.ts';
import { signalIfThere } from '../harness/server-process.ts';
import { withDatabase } from './database.ts';
import type { TortureHouse } from './house.ts';
import type { Seat } from './seat.ts';
import type { Tally } from './tally.ts';

/** What a fault may touch, and its dice. */
export interface Scene {
  readonly house: TortureHouse;
  /** Each seat's cable; clients come in through these alone. */
  readonly cables: ReadonlyMap<Seat, Cable>;
  readonly tally: Tally;
  /** In [0, 1), seeded. */
  readonly random: () => number;
}

/**
 * Strikes while people type and has healed when it resolves: everybody could be served again. After `deaf` the connections
 * that were there hear nothing any more, and do not know it.
 */
export type Fault = (scene: Scene) => Promise<'deaf' | undefined>;

/** Every kind of fault on the main house by name. Full disks have a house of their own. */
export const faults = {
  'kill the server': async ({ house, tally }) => {
    await house.first.kill();
    tally.killed(1);
    await house.first.start();
  },
  'kill one server of two': async ({ house, tally }) => {
    await house.second.kill();
    tally.killed(1);
    await house.second.start();
  },
  'kill Postgres': async ({ house, tally }) => {
    tally.killed(await house.killPostgres());
    await untilStoring(house);
  },
  'kill all': async (scene) => {
    await killAll(scene);
    await startAll(scene);
  },
  'kill all, and again while starting': async (scene) => {
    const { house, tally, random } = scene;
    await killAll(scene);
    const patience = 50 + random() * 900;
    let starting = 0;
    const begun = house.first.start((pid) => {
      starting = pid;
    });
    // It may be ready before; then it is killed in its first moments of service.
    const outcome = begun.then(
      () => null,
      (error: unknown) => error,
    );
    await pause(patience);
    signalIfThere(starting, 'SIGKILL');
    tally.killed(1 + (await house.killPostgres()));
    tally.kills += 1;
    await outcome;
    await house.first.kill();
    await startAll(scene);
  },
  'SIGSTOP a server': async ({ house, random }) => {
    const seat = oneOf(random, house.seats());
    seat.signal('SIGSTOP');
    await pause(stretch(random));
    seat.signal('SIGCONT');
  },
  'SIGSTOP Postgres': async ({ house, random }) => {
    house.signalPostgres('SIGSTOP');
    await pause(stretch(random));
    house.signalPostgres('SIGCONT');
  },
  'cut TCP': async ({ cables }) => {
    for (const cable of cables.values()) {
      await cable.cut('sync');
      await cable.mend();
    }
  },
  'half-open sockets': async ({ cables, random, tally }) => {
    for (const [seat, cable] of cables) {
      for (const ended of cable.silence()) tally.watchHalfOpen(seat, ended);
    }
    // What is written now goes nowhere. A client with a pulse notices; these go when the round ends.
    await pause(100 + random() * 300);
    return 'deaf';
  },
  'failing INSERT': async ({ house, random }) => {
    const share = random() < 0.5 ? 1 : 0.5;
    await withDatabase(house.dataDir, async (client) => {
      await client.query(`
        create or replace function tidemark.torture_refuse() returns trigger language plpgsql as $$
          begin if random() < ${share} then raise exception 'tortured'; end if; return null; end $$;
        create trigger torture_refuse before insert on tidemark.document_updates
          for each statement execute function tidemark.torture_refuse()`);
      await pause(stretch(random));
      await client.query('drop trigger torture_refuse on tidemark.document_updates');
    });
  },
  'clock jumps': async ({ house, random }) => {
    const seats = house.seats();
    for (const back of [false, true]) {
      for (const seat of seats) seat.moveClock(back ? 0 : Math.round((random() - 0.5) * 2 * halfDay));
      await pause(stretch(random) / 2);
    }
  },
  'SIGTERM one server of two': async ({ house }) => {
    await expectClean(house.second);
    await house.second.start();
  },
  'SIGTERM the server': async ({ house }) => {
    await expectClean(house.first);
    await house.first.start();
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

const halfDay = 12 * 60 * 60 * 1000;

async function killAll({ house, tally }: Scene): Promise<void> {
  const servers = Promise.all([house.first.kill(), house.second.kill()]);
  tally.killed(2 + (await house.killPostgres()));
  await servers;
}

async function startAll({ house }: Scene): Promise<void> {
  await house.first.start();
  await house.second.start();
}

async function expectClean(seat: Seat): Promise<void> {
  const how = await seat.terminate();
  if (how !== 0) throw new Error(`SIGTERM ended ${seat.name} with ${how}`);
}

/** Both processes have found the new Postgres. */
async function untilStoring(house: TortureHouse): Promise<void> {
  for (const seat of house.seats()) {
    const deadline = Date.now() + 120_000;
    for (;;) {
      const { status } = await fetch(`${seat.origin}/readyz`);
      if (status === 200) break;
      if (Date.now() > deadline)
        throw new Error(`${seat.name} is not ready two minutes after a kill\n${seat.lastWords()}`);
      await pause(10);
    }
  }
}

export function oneOf<T>(random: () => number, among: readonly T[]): T {
  const chosen = among[Math.floor(random() * among.length)];
  if (chosen === undefined) throw new Error('nothing to choose from');
  return chosen;
}

/** Mostly a moment, now and then long enough that people are told that nothing can be stored. Milliseconds. */
function stretch(random: () => number): number {
  return random() < 0.05 ? 4_000 : 100 + random() * 600;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
