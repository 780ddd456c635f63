import type { Finding } from '../records/finding.ts';
import type { CollectionState, State } from '../records/state.ts';
import { childrenOf } from './children.ts';
import type { DiagramElement, Elements } from './element.ts';
import { fitsIn } from './fitting.ts';
import { createGraph, type Graph, type GraphChange, targetsOf } from './graph.ts';
import { collectionOf } from './key.ts';
import { lanesAround } from './lanes.ts';
import { createMending } from './mending.ts';
import type { RawElement } from './raw.ts';
import { keepElement, showElement } from './show.ts';
import { createStanding, maxDepth } from './standing.ts';

/** A view in the making: brought from one state to the next by what changed. */
export interface Picture {
  update(state: State, root: string | null): { readonly root: string | null; readonly elements: Elements };
  findings(): Iterable<Finding>;
}

const empty: CollectionState = new Map();

export function createPicture(): Picture {
  const graph = createGraph();
  const mending = createMending(graph);
  const standing = createStanding(graph);
  const findings = new Map<string, readonly Finding[]>();
  let elements: Elements = new Map();

  return {
    update(state, root) {
      const read = graph.update({ el: state.el ?? empty, one: state.one ?? empty });
      const changes = mending.update(read, root);
      const { turned, region } = standing.update(changes, root);
      const { stale, touched } = staleOf(graph, changes, turned);
      for (const key of region) if (!standing.has(key)) stale.add(key);
      let next: Map<string, DiagramElement> | null = null;
      for (const key of stale) {
        const before = elements.get(key);
        if (!standing.has(key)) {
          if (before !== undefined) {
            next ??= new Map(elements);
            next.delete(key);
          }
          const owner = graph.raw.get(key)?.parent ?? null;
          // Whether the rules still came to look at what its owner takes along is chance.
          const failure = owner !== null && standing.has(owner) ? standing.failure(key) : null;
          note(findings, key, hiddenFindings(graph, failure, key));
          continue;
        }
        const children = childrenOf(graph, standing.has, key, before?.children, touched.get(key));
        const shown = showElement(graph, standing.has, key, children);
        const element = keepElement(before, shown.element);
        note(findings, key, shown.findings);
        if (element === before) continue;
        next ??= new Map(elements);
        next.set(key, element);
      }
      elements = next ?? elements;
      return { root: root !== null && elements.has(root) ? root : null, elements };
    },
    *findings() {
      for (const found of findings.values()) yield* found;
    },
  };
}

/** Elements that may show otherwise than before, and for each owner which of its contents may lie otherwise. */
function staleOf(
  graph: Graph,
  changes: readonly GraphChange[],
  turned: ReadonlySet<string>,
): { stale: Set<string>; touched: Map<string, Set<string>> } {
  const stale = new Set<string>();
  const touched = new Map<string, Set<string>>();
  const touch = (owner: string | null | undefined, key: string) => {
    if (owner === null || owner === undefined) return;
    stale.add(owner);
    const keys = touched.get(owner);
    if (keys === undefined) touched.set(owner, new Set([key]));
    else keys.add(key);
  };
  /** Whoever shows otherwise because of what this element says or that it is there. */
  const spread = (element: RawElement | null | undefined) => {
    if (element === null || element === undefined) return;
    const id = element.values.get('@id');
    if (typeof id === 'string') for (const bearer of graph.bearers.get(id)) stale.add(bearer);
    for (const target of targetsOf(element)) {
      // A flow shows in the lists of its ends, and what is referred to must have an id.
      const bare = graph.raw.get(target)?.values.has('@id') === false;
      if (bare || element.type === 'bpmn:SequenceFlow') stale.add(target);
    }
    for (const lane of lanesAround(graph, element)) stale.add(lane);
  };
  for (const { key, before, after } of changes) {
    stale.add(key);
    if (!samePlace(before, after)) {
      touch(before?.parent, key);
      touch(after?.parent, key);
    }
    spread(before);
    spread(after);
  }
  for (const key of turned) {
    const element = graph.raw.get(key);
    stale.add(key);
    touch(element?.parent, key);
    spread(element);
    for (const referrer of graph.referrers.get(key)) stale.add(referrer);
  }
  return { stale, touched };
}

function samePlace(a: RawElement | null, b: RawElement | null): boolean {
  return a?.parent === b?.parent && a?.property === b?.property && a?.order === b?.order;
}

function note(findings: Map<string, readonly Finding[]>, key: string, found: readonly Finding[]): void {
  if (found.length > 0) findings.set(key, found);
  else findings.delete(key);
}

/** Why something that nobody removed is not to be seen. What lies in something hidden is not named again. */
function hiddenFindings(graph: Graph, failure: string | null, key: string): readonly Finding[] {
  const unread = graph.unread.get(key) ?? [];
  const element = graph.raw.get(key);
  if (element === undefined) return unread;
  const mended = element.findings.filter(({ code }) => code === 'mended');
  if (element.parent === null && mended.length > 0) return [...unread, ...mended];
  const why = failure ?? placeFailure(graph, element);
  if (why === null) return unread;
  return [
    ...unread,
    { code: 'dangling', collection: collectionOf(key), id: key, register: 'pf', detail: why },
  ];
}

function placeFailure(graph: Graph, element: RawElement): string | null {
  const owner = element.parent === null ? undefined : graph.raw.get(element.parent);
  if (owner === undefined) return 'What this lies in is gone.';
  return fitsIn(element, owner) ? circle(graph, element.key) : 'This can not lie where it does.';
}

function circle(graph: Graph, key: string): string | null {
  let at = graph.raw.get(key)?.parent ?? null;
  for (let depth = 0; at !== null && at !== key; depth += 1) {
    if (depth > maxDepth) return null;
    at = graph.raw.get(at)?.parent ?? null;
  }
  return at === key ? 'This lies in itself: two people moved one into the other.' : null;
}
