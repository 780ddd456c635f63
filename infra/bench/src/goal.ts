import type { Goal, Row } from './row.ts';
import { median } from './statistics.ts';

export const names = { ours: 'Tidemark', relay: 'ws relay' } as const;

/** A limit that is no server: a bare commit, a bare Y.Doc. */
export const limitName = 'Postgres or Yjs alone';

export function goalOf({ goal, better, unit }: Row): string {
  if (goal === undefined) return '';
  const sign = better === 'less' ? '≤' : '≥';
  return goal.of === undefined
    ? `${sign} ${goal.figure} ${unit}`.trimEnd()
    : `${sign} ${goal.figure} × ${goal.of}`;
}

/** Null when there is nothing to reach, or nobody to compare with in this run. */
export function verdict(row: Row): 'met' | 'missed' | null {
  const { goal, better } = row;
  const ours = row.values[names.ours];
  if (goal === undefined || ours === undefined) return null;
  const other = goal.of === undefined ? 1 : otherFigure(row, goal.of);
  if (other === null) return null;
  const [figure, bound] = [median(ours), goal.figure * other];
  return (better === 'less' ? figure <= bound : figure >= bound) ? 'met' : 'missed';
}

function otherFigure(row: Row, of: NonNullable<Goal['of']>): number | null {
  const name = of === 'the best peer' ? bestPeer(row) : of;
  const values = name === null ? undefined : row.values[name];
  return values === undefined ? null : median(values);
}

/** The peer with the best figure; limits are no peers. */
export function bestPeer(row: Row): string | null {
  const peers = Object.keys(row.values).filter(
    (name) => ![names.ours, names.relay, limitName].includes(name),
  );
  const sorted = peers.sort((a, b) => median(row.values[a] ?? []) - median(row.values[b] ?? []));
  return (row.better === 'less' ? sorted[0] : sorted.at(-1)) ?? null;
}
