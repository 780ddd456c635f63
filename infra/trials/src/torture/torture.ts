import { type Cable, layCable } from '../harness/cable.ts';
import { seededRandom } from '../harness/random.ts';
import { type FaultName, faults, type Scene } from './faults.ts';
import { playFullDisk } from './full-disk.ts';
import { TortureHouse } from './house.ts';
import { playRound } from './round.ts';
import type { Seat } from './seat.ts';
import { Tally } from './tally.ts';

/** How many rounds of each fault; `full disk` is played in a house on a small file system of its own. */
export type Plan = Readonly<Partial<Record<FaultName | 'full disk', number>>>;

export interface TortureOptions {
  readonly plan: Plan;
  readonly seed: number;
  /** How many houses play at the same time, each on a database of its own. */
  readonly houses: number;
  /** After this many milliseconds no kind of the plan is played a second time; each is played once, however long that takes. */
  readonly budgetMs: number;
  /** Whether to wait at the end, up to a minute, until the server's heartbeat has found what is half-open. */
  readonly awaitHeartbeat: boolean;
  /** Aborted: no further round begins, and what was played is audited and told. */
  readonly stop?: AbortSignal;
  /** Hears of each round that was played. */
  readonly played?: (tally: Tally) => void;
}

/** Rounds on the same documents; then new ones are begun. */
const roundsPerPage = 15;
/** One round may take this long, in milliseconds, before it counts as stuck. */
const patience = 300_000;
/** The server's heartbeat finds a half-open connection after 30 to 60 s. */
const heartbeats = 90_000;

/** Plays the plan. Throws at the first loss, hole, stuck round or unequal replica, with seed, round and fault. */
export async function torture(options: TortureOptions): Promise<Tally> {
  const { plan, seed, houses } = options;
  const random = seededRandom(seed);
  const tally = new Tally();
  const ends = performance.now() + options.budgetMs;
  const rounds = schedule(plan, random, () => performance.now() < ends);
  await Promise.all(Array.from({ length: houses }, () => playIn(rounds, options, tally, random)));
  return tally;
}

/** One house takes rounds until there are none, or no time, left. */
async function playIn(
  rounds: Iterable<FaultName | 'full disk'>,
  { seed, awaitHeartbeat, stop, played }: TortureOptions,
  tally: Tally,
  random: () => number,
): Promise<void> {
  const house = await TortureHouse.open();
  const cables = new Map<Seat, Cable>();
  const scene: Scene = { house, cables, tally, random };
  let number = 0;
  const round = async (kind: FaultName | 'full disk') => {
    const began = performance.now();
    if (number % roundsPerPage === 0) await house.turnPage(['One', 'Two', 'Three']);
    number += 1;
    try {
      if (kind === 'full disk') await playFullDisk(tally, random);
      else await within(patience, playRound(scene, `r${number}`, faults[kind]));
    } catch (error) {
      const words = `${house.first.lastWords()}\n${house.second.lastWords()}`;
      throw new Error(`seed ${seed}, round ${number}, ${kind}: ${(error as Error).message}\n${words}`, {
        cause: error,
      });
    }
    tally.played(kind, performance.now() - began);
    played?.(tally);
  };
  try {
    for (const seat of [house.first, house.second]) cables.set(seat, await layCable(seat.origin));
    for (const kind of rounds) {
      if (stop?.aborted) break;
      await round(kind);
    }
    if (awaitHeartbeat && !stop?.aborted) {
      // Once more, and now nobody is killed: the heartbeat alone can end these.
      await round('half-open sockets');
      await tally.untilHalfOpenGone(heartbeats);
    }
    const lost = await house.audit(house.everyDocument);
    tally.lost += lost.length;
    if (lost.length > 0)
      throw new Error(`seed ${seed}: at the end ${lost.length} acknowledged updates are lost`);
  } finally {
    for (const cable of cables.values()) await cable.close();
    await house.close();
  }
}

/** Each kind once, in any order, then, as long as there is time, the rest, mixed. */
function* schedule(
  plan: Plan,
  random: () => number,
  thereIsTime: () => boolean,
): Iterable<FaultName | 'full disk'> {
  const kinds = (Object.keys(plan) as (FaultName | 'full disk')[]).filter((kind) => (plan[kind] ?? 0) > 0);
  const rest = kinds.flatMap((kind) => Array.from({ length: (plan[kind] ?? 0) - 1 }, () => kind));
  yield* shuffled(kinds, random);
  for (const kind of shuffled(rest, random)) {
    if (!thereIsTime()) return;
    yield kind;
  }
}

function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

async function within(ms: number, work: Promise<void>): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(() => late.reject(new Error(`stuck for ${ms} ms`)), ms);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
