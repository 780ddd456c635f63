import type { EstimateView } from '@tidemark/documents/estimate';
import type { Target } from '../desk.ts';

/** What things are called, by kind and id. */
export type Names = Readonly<Record<Target['kind'], ReadonlyMap<string, string>>>;

/**
 * Reads names off views one after another; as long as nothing is called otherwise than before it gives the same object,
 * so that numbers typed into cells stir nothing that shows names.
 */
export function createNames(): (view: EstimateView) => Names {
  let last: Names | null = null;
  return ({ lines, groups, risks }) => {
    const next: Names = {
      line: new Map([...lines].map(([id, { name, code }]) => [id, name || code || 'A line without a name'])),
      section: new Map(groups.map(({ id, name }) => [id, name || 'A section without a name'])),
      risk: new Map(risks.map(({ id, title }) => [id, title || 'A risk without a name'])),
    };
    if (last !== null && same(last.line, next.line) && same(last.section, next.section)) {
      if (same(last.risk, next.risk)) return last;
    }
    last = next;
    return next;
  };
}

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false;
  for (const [id, name] of a) if (b.get(id) !== name) return false;
  return true;
}
