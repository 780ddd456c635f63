import { drawnBy, edgesAt, endsElsewhere } from './edge-ends.ts';
import { fitsIn, isRoot } from './fitting.ts';
import type { Graph, GraphChange } from './graph.ts';
import type { RawElement } from './raw.ts';
import { edgeHangsLoose, failureOf, isWhole, needsOf } from './rules.ts';

/** Which elements stand: reachable from the root by owners that stand, and failed by no rule. */
export interface Standing {
  has(key: string): boolean;
  /** Why an element that is there is hidden, where a rule hides it. */
  failure(key: string): string | null;
  /** Looks again at what the changes can bear on. */
  update(changes: readonly GraphChange[], root: string | null): StandingChange;
}

export interface StandingChange {
  /** Keys that stand now and did not, or the reverse. */
  readonly turned: ReadonlySet<string>;
  /** Keys that may be hidden for another reason than before. */
  readonly region: ReadonlySet<string>;
}

/** Nobody draws so deep, and what walks the tree by calling itself (bpmn-moddle does) would not come back. */
export const maxDepth = 250;

export function createStanding(graph: Graph): Standing {
  /** With how deep they lie. */
  const standing = new Map<string, number>();
  const failures = new Map<string, string>();
  let root: string | null = null;

  /** All whose standing can change with that of `keys`: what they hold, and whose rules name them. */
  const dependents = (keys: Iterable<string>): Set<string> => {
    const found = new Set<string>(keys);
    for (const key of found) {
      for (const held of graph.contents.get(key)) found.add(held);
      for (const referrer of graph.referrers.get(key)) {
        const element = graph.raw.get(referrer);
        if (element !== undefined && needsOf(element).includes(key)) found.add(referrer);
      }
      const owner = graph.raw.get(key)?.parent;
      if (owner !== undefined && owner !== null && needs(graph, owner, key)) found.add(owner);
      for (const edge of edgesAt(graph, drawnBy(graph.raw.get(key)))) found.add(edge);
    }
    return found;
  };

  /** Downward from owners outside the region that stand, and from the root. */
  const reach = (region: ReadonlySet<string>): string[] => {
    const reached: string[] = [];
    const enter = (key: string, depth: number) => {
      if (depth > maxDepth) return;
      standing.set(key, depth);
      reached.push(key);
    };
    for (const key of region) {
      const element = graph.raw.get(key);
      if (element === undefined) continue;
      if (key === root) {
        if (isRoot(element)) enter(key, 0);
        continue;
      }
      const { parent } = element;
      if (parent === null || region.has(parent) || !standing.has(parent)) continue;
      if (fitsIn(element, graph.raw.get(parent)!)) enter(key, standing.get(parent)! + 1);
    }
    for (let next = 0; next < reached.length; next += 1) {
      const key = reached[next]!;
      for (const held of graph.contents.get(key)) {
        if (held === root || !region.has(held) || standing.has(held)) continue;
        if (fitsIn(graph.raw.get(held)!, graph.raw.get(key)!)) enter(held, standing.get(key)! + 1);
      }
    }
    return reached;
  };

  const stands = (key: string) => standing.has(key);

  /** Takes away what fails, what it holds, and what fails without it. */
  const settle = (reached: readonly string[]) => {
    const doubtful = [...reached];
    for (let key = doubtful.pop(); key !== undefined; key = doubtful.pop()) {
      if (!standing.has(key)) continue;
      const element = graph.raw.get(key)!;
      const why =
        failureOf(element, stands, (target) => graph.raw.get(target)?.type) ??
        (endsElsewhere(graph, element, stands) ? edgeHangsLoose : null);
      if (why === null) continue;
      failures.set(key, why);
      const falling = [key];
      for (let fallen = falling.pop(); fallen !== undefined; fallen = falling.pop()) {
        if (!standing.delete(fallen)) continue;
        falling.push(...graph.contents.get(fallen));
        doubtful.push(...graph.referrers.get(fallen));
        const owner = graph.raw.get(fallen)?.parent;
        if (owner !== undefined && owner !== null) doubtful.push(owner);
        doubtful.push(...edgesAt(graph, drawnBy(graph.raw.get(fallen))));
      }
    }
  };

  return {
    has: stands,
    failure: (key) => failures.get(key) ?? null,
    update(changes, nextRoot) {
      const moved = changes
        .filter(({ before, after }) => !sameStructure(before, after))
        .map(({ key }) => key);
      for (const { before } of changes) {
        if (before?.parent) moved.push(...rulesOn(graph, before));
        moved.push(...edgesAt(graph, drawnBy(before)));
      }
      if (nextRoot !== root) {
        if (root !== null) moved.push(root);
        if (nextRoot !== null) moved.push(nextRoot);
        root = nextRoot;
      }
      const region = dependents(moved);
      const before = new Set<string>();
      for (const key of region) {
        if (standing.delete(key)) before.add(key);
        failures.delete(key);
      }
      settle(reach(region));
      const turned = new Set<string>();
      for (const key of region) if (standing.has(key) !== before.has(key)) turned.add(key);
      return { turned, region };
    },
  };
}

/** An owner whose rule names what it holds (a diagram its plane). */
function needs(graph: Graph, owner: string, key: string): boolean {
  const element = graph.raw.get(owner);
  return element !== undefined && needsOf(element).includes(key);
}

/** The owner of something that was there before and on which the owner's rule bears. */
function rulesOn(graph: Graph, before: RawElement): string[] {
  return before.parent !== null && needs(graph, before.parent, before.key) ? [before.parent] : [];
}

function sameStructure(a: RawElement | null, b: RawElement | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.type !== b.type || a.parent !== b.parent || a.property !== b.property) return false;
  if (a.values.has('g') !== b.values.has('g') || isWhole(a) !== isWhole(b)) return false;
  const before = needsOf(a);
  const after = needsOf(b);
  return before.length === after.length && before.every((key, index) => key === after[index]);
}
