import type { Plan } from './torture.ts';

const all = {
  'kill the server': 130,
  'kill one server of two': 330,
  'kill Postgres': 420,
  'kill all': 100,
  'kill all, and again while starting': 25,
  'SIGSTOP a server': 40,
  'SIGSTOP Postgres': 40,
  'cut TCP': 60,
  'half-open sockets': 20,
  'failing INSERT': 40,
  'clock jumps': 30,
  'SIGTERM one server of two': 20,
  'SIGTERM the server': 20,
  'full disk': 3,
} as const satisfies Plan;

/** More than a thousand SIGKILLs and hundreds of everything else, or `rounds` in the same proportions. */
export function longForm(rounds: number | null): Plan {
  if (rounds === null) return all;
  const total = Object.values(all).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(
    Object.entries(all).map(([kind, count]) => [kind, Math.ceil((count * rounds) / total)]),
  );
}

/** Each kind at least once, and what kills more often as long as there is time. */
export const shortForm: Plan = {
  ...Object.fromEntries(Object.keys(all).map((kind) => [kind, 1])),
  'kill the server': 4,
  'kill one server of two': 6,
  'kill Postgres': 5,
  'kill all': 4,
  'kill all, and again while starting': 2,
  'cut TCP': 3,
};
