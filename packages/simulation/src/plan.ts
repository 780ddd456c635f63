/** A plan is data: who is there, and what happens when. The same plan gives the same run. */
import { type Chance, chanceOf } from './chance.ts';

/** What becomes of one append or checkpoint. */
export type Fate =
  | { readonly is: 'ok' | 'fail' | 'lost' | 'crash-before' | 'crash-after' }
  /** Takes longer; or is given up at once and commits by itself later. */
  | { readonly is: 'slow' | 'ghost'; readonly ms: number };

export type Kind = 'person' | 'stock' | 'raw';

export interface CastMember {
  readonly kind: Kind;
  /** The same user in two places is one person with two tabs. */
  readonly user: string;
  /** The process it begins at. */
  readonly home: number;
}

export type Step = { readonly at: number } & (
  | { readonly do: 'edit'; readonly who: number; readonly salt: number; readonly times: number }
  | { readonly do: 'presence' | 'mischief'; readonly who: number; readonly salt: number }
  | { readonly do: 'flush' | 'retry' | 'leave' | 'cut' | 'hang'; readonly who: number }
  /** `cut`: both ends hear of it soon; `hang`: neither does, and nothing passes any more. */
  /** The browser is killed; `quiet`: its machine too, so that nobody hears of it. */
  | { readonly do: 'kill'; readonly who: number; readonly quiet: boolean }
  /** Back after `leave` or `kill`, with what it held or with nothing. */
  | { readonly do: 'come'; readonly who: number; readonly copy: boolean }
  /** The line passes nothing up, down or both ways for a while; new connections included. */
  | {
      readonly do: 'freeze';
      readonly who: number;
      readonly up: boolean;
      readonly down: boolean;
      readonly ms: number;
    }
  | { readonly do: 'move'; readonly who: number; readonly to: number }
  | { readonly do: 'skew'; readonly who: number; readonly ms: number }
  | { readonly do: 'right'; readonly who: number; readonly right: 'edit' | 'read' | 'none' }
  /** A process is killed, or asked to stop, and started again after `ms`. */
  | { readonly do: 'crash' | 'drain'; readonly process: number; readonly ms: number }
  | { readonly do: 'fate'; readonly process: number; readonly fate: Fate }
  | {
      readonly do: 'bells';
      readonly process: number;
      readonly bells: 'lost' | 'late' | 'twice';
      readonly ms: number;
    }
  | { readonly do: 'cut-off'; readonly process: number; readonly ms: number }
  | { readonly do: 'skew-process'; readonly process: number; readonly ms: number }
  | { readonly do: 'database'; readonly state: 'down' | 'stalled'; readonly ms: number }
  /** The document's history begins anew. */
  | { readonly do: 'renew' }
);

export interface Plan {
  readonly seed: number;
  readonly processes: number;
  readonly cast: readonly CastMember[];
  readonly steps: readonly Step[];
}

const day = 86_400_000;

/** The plan of a seed. Small ones are many, so most are small. */
export function planOf(seed: number): Plan {
  const chance = chanceOf(seed);
  const processes = chance.oneOf([1, 1, 2, 2, 3]);
  const renews = chance.percent(12);
  const cast = castOf(chance, processes, renews);
  const steps: Step[] = [];
  let at = chance.between(0, 200);
  const pace = chance.oneOf([20, 150, 900]);
  for (let left = chance.between(10, 45); left > 0; left -= 1) {
    steps.push({ at, ...step(chance, cast, processes) });
    at += chance.percent(15) ? 0 : chance.between(0, 2 * pace);
    if (chance.percent(4)) at += chance.between(5_000, 40_000);
  }
  if (renews) {
    const when = chance.oneOf(steps).at;
    steps.push({ at: when, do: 'renew' });
  }
  return { seed, processes, cast, steps: steps.sort((a, b) => a.at - b.at) };
}

function castOf(chance: Chance, processes: number, renews: boolean): CastMember[] {
  const cast: CastMember[] = [];
  for (let i = chance.between(2, 4); i > 0; i -= 1) {
    // A stock client knows no epochs: it would bring the old life into the new one.
    const kind: Kind =
      renews || cast.length === 0 ? 'person' : chance.oneOf(['person', 'person', 'person', 'stock', 'raw']);
    const again = cast.length > 0 && kind === 'person' && chance.percent(20);
    const user = again ? chance.oneOf(cast).user : `user${cast.length}`;
    cast.push({ kind, user, home: chance.below(processes) });
  }
  return cast;
}

type Bare<S> = S extends Step ? Omit<S, 'at'> : never;

function step(chance: Chance, cast: readonly CastMember[], processes: number): Bare<Step> {
  const who = chance.below(cast.length);
  const process = chance.below(processes);
  const kind = cast[who]?.kind;
  const salt = chance.below(1_000_000);
  const ms = chance.oneOf([300, 2_000, 8_000, 40_000, 100_000]);
  const jump = chance.oneOf([-2 * day, -3_600_000, -20_000, -1_000, 1_000, 20_000, 3_600_000, 2 * day]);
  const dice = chance.below(100);
  if (dice < 44) return { do: 'edit', who, salt, times: chance.oneOf([1, 1, 1, 2, 5]) };
  if (dice < 50) return kind === 'raw' ? { do: 'mischief', who, salt } : { do: 'presence', who, salt };
  if (dice < 53) return { do: chance.oneOf(['flush', 'retry']), who };
  if (dice < 57) return { do: chance.oneOf(['cut', 'cut', 'hang']), who };
  if (dice < 60) return { do: 'leave', who };
  if (dice < 63) return { do: 'kill', who, quiet: chance.percent(40) };
  if (dice < 68) return { do: 'come', who, copy: chance.percent(70) };
  if (dice < 72) {
    const [up, down] = chance.oneOf([
      [true, true],
      [true, true],
      [false, true],
      [false, true],
      [true, false],
    ] as const);
    return { do: 'freeze', who, up, down, ms };
  }
  if (dice < 74) return { do: 'move', who, to: process };
  if (dice < 76) return { do: 'skew', who, ms: jump };
  if (dice < 78) return { do: 'skew-process', process, ms: jump };
  if (dice < 80) return { do: 'right', who, right: chance.oneOf(['edit', 'read', 'read', 'none']) };
  if (dice < 83) return { do: 'crash', process, ms: chance.oneOf([100, 1_000, 5_000]) };
  if (dice < 84) return { do: 'drain', process, ms: chance.oneOf([100, 1_000]) };
  if (dice < 93) return { do: 'fate', process, fate: fate(chance) };
  if (dice < 96) return { do: 'bells', process, bells: chance.oneOf(['lost', 'late', 'twice']), ms };
  if (dice < 97) return { do: 'cut-off', process, ms: chance.oneOf([500, 5_000, 20_000]) };
  return { do: 'database', state: chance.oneOf(['down', 'stalled']), ms: chance.oneOf([200, 4_000, 15_000]) };
}

function fate(chance: Chance): Fate {
  const is = chance.oneOf([
    'fail',
    'fail',
    'lost',
    'lost',
    'slow',
    'slow',
    'ghost',
    'crash-before',
    'crash-after',
  ] as const);
  return is === 'slow' || is === 'ghost' ? { is, ms: chance.oneOf([10, 200, 1_500, 6_000]) } : { is };
}
