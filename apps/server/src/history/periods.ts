import type { Life, WorkSession } from '@tidemark/history';

/** A time at which everybody had stopped working. */
export interface PeriodEnd {
  readonly lsn: number;
  readonly at: number;
  /** Who was the last. */
  readonly userId: string | null;
}

/**
 * The ends of periods of work, the oldest first: sessions of several people overlap, and a period ends where nothing follows for `gap`
 * milliseconds, or where its life does. One of the last life that ended after `until` may go on. `sessions` in any order; what is told does not
 * depend on how often it is asked.
 */
export function periodEnds(
  sessions: readonly WorkSession[],
  lives: readonly Pick<Life, 'after'>[],
  gap: number,
  until: number,
): PeriodEnd[] {
  const ofLives = Map.groupBy(sessions, ({ first }) => lives.findLast(({ after }) => after < first));
  return lives.flatMap((life) => {
    const ends = endsOf(ofLives.get(life) ?? [], gap);
    return life === lives.at(-1) ? ends.filter(({ at }) => at <= until) : ends;
  });
}

function endsOf(sessions: readonly WorkSession[], gap: number): PeriodEnd[] {
  const ends: PeriodEnd[] = [];
  for (const { from, to, last, userId } of [...sessions].sort((a, b) => a.from - b.from)) {
    const open = ends.at(-1);
    if (open === undefined || from - open.at > gap) ends.push({ lsn: last, at: to, userId });
    else {
      const latest = to >= open.at ? { at: to, userId } : open;
      ends[ends.length - 1] = { ...latest, lsn: Math.max(last, open.lsn) };
    }
  }
  return ends;
}
