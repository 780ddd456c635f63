import { keepList } from '../records/fields.ts';
import { compareOrder } from '../records/order-key.ts';
import type { EstimateView, GroupView, LineView, Section } from './view.ts';

/**
 * Lines within their sections, in order. An edit of one cell leaves the order alone, so lines that lie as they lay in the
 * earlier view are taken in its order and only the others are sorted in: what comes out is the same.
 */
export function arrange(
  groups: readonly GroupView[],
  lines: readonly LineView[],
  previous: Pick<EstimateView, 'sections' | 'lines'> | null,
): Pick<EstimateView, 'sections' | 'lines'> {
  const known = new Set<string | null>(groups.map(({ id }) => id));
  const home = (line: LineView) => (known.has(line.group) ? line.group : null);
  const before = new Map(previous?.sections.map((section) => [section.group?.id ?? null, section]));

  const fresh = new Map(lines.map((line) => [line.id, line]));
  const placed = new Map<string | null, LineView[]>();
  const settled = new Set<string>();
  for (const [id, section] of before) {
    const kept: LineView[] = [];
    for (const old of section.lines) {
      const now = fresh.get(old.id);
      if (now === undefined || now.order !== old.order || home(now) !== id) continue;
      kept.push(now);
      settled.add(now.id);
    }
    placed.set(id, kept);
  }
  const moved = new Map<string | null, LineView[]>();
  for (const line of lines) {
    if (settled.has(line.id)) continue;
    const section = home(line);
    const list = moved.get(section);
    if (list === undefined) moved.set(section, [line]);
    else list.push(line);
  }

  const sectionOf = (group: GroupView | null): Section => {
    const id = group?.id ?? null;
    const old = before.get(id);
    const now = keepList(merge(placed.get(id) ?? [], (moved.get(id) ?? []).sort(compareOrder)), old?.lines);
    return old !== undefined && old.group === group && old.lines === now ? old : { group, lines: now };
  };
  const loose = sectionOf(null);
  const sections = keepList(
    [...groups.map(sectionOf), ...(loose.lines.length > 0 ? [loose] : [])],
    previous?.sections,
  );
  if (previous !== null && sections === previous.sections) return previous;
  return {
    sections,
    lines: new Map(sections.flatMap((section) => section.lines.map((line) => [line.id, line]))),
  };
}

/** Two lists in order as one. */
function merge(first: readonly LineView[], second: readonly LineView[]): readonly LineView[] {
  if (second.length === 0) return first;
  if (first.length === 0) return second;
  const merged: LineView[] = [];
  let at = 0;
  for (const line of second) {
    while (at < first.length && compareOrder(first[at]!, line) < 0) merged.push(first[at++]!);
    merged.push(line);
  }
  return [...merged, ...first.slice(at)];
}
