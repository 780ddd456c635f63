import { compareOrder } from '../records/order-key.ts';
import { typeOf } from './grammar.ts';
import type { Written } from './graph.ts';
import { ownerOfKey } from './key.ts';
import type { Mends } from './mend.ts';
import { maxDepth } from './standing.ts';

/**
 * Two people moved one subprocess into the other at once: both would hang on nothing. The member of such a circle
 * with the smallest key lies where it is drawn instead, and holds the others. `candidates` hold a member of each
 * circle. Returns all that lies in circles.
 */
export function mendCircles(
  written: Written,
  root: string | null,
  candidates: readonly string[],
  mends: Mends,
): ReadonlySet<string> {
  const members = new Set<string>();
  for (const circle of circlesAmong(written, candidates)) {
    for (const key of circle) members.add(key);
    const [first] = circle.filter((key) => isMovable(written, key)).sort();
    const home = first === undefined || root === null ? null : homeOf(written, root, first);
    if (first === undefined || home === null) continue;
    mends.set(first, {
      place: [home, 'flowElements'],
      detail: 'This lay in itself: two people moved one into the other. It is shown beside it.',
    });
  }
  return members;
}

/** Each element has one owner, so that the way up from each candidate ends, or goes round. */
function circlesAmong(written: Written, candidates: readonly string[]): string[][] {
  const circles: string[][] = [];
  const walked = new Set<string>();
  for (const candidate of candidates) {
    const path: string[] = [];
    const places = new Map<string, number>();
    let at: string | null = candidate;
    while (at !== null && !walked.has(at)) {
      walked.add(at);
      places.set(at, path.length);
      path.push(at);
      at = written.get(at)?.parent ?? null;
    }
    const begin = at === null ? undefined : places.get(at);
    if (begin !== undefined) circles.push(path.slice(begin));
  }
  return circles;
}

function isMovable(written: Written, key: string): boolean {
  const type = written.get(key)?.type;
  return ownerOfKey(key) === null && type !== undefined && isKind(type, 'bpmn:FlowElement');
}

/** What the plane shows that the element is drawn on, or else the first process. */
function homeOf(written: Written, root: string, key: string): string | null {
  const drawn = written.referrers(key).filter((di) => written.get(di)?.type === 'bpmndi:BPMNShape');
  const subjects = drawn
    .sort()
    .map((di) => written.get(written.get(di)?.parent ?? '')?.values.get('&bpmnElement'))
    .filter((subject) => typeof subject === 'string');
  const processes = written
    .contents(root)
    .filter((child) => written.get(child)?.type === 'bpmn:Process')
    .sort((a, b) => compareOrder(orderOf(written, a), orderOf(written, b)));
  return [...subjects, ...processes].find((home) => isHome(written, root, home)) ?? null;
}

function isHome(written: Written, root: string, key: string): boolean {
  const type = written.get(key)?.type;
  if (type === undefined || !isKind(type, 'bpmn:FlowElementsContainer')) return false;
  let at: string | null = key;
  for (let depth = 0; at !== null && at !== root && depth <= maxDepth; depth += 1) {
    at = written.get(at)?.parent ?? null;
  }
  return at === root;
}

function orderOf(written: Written, key: string) {
  return { order: written.get(key)?.order ?? null, id: key };
}

function isKind(type: string, kind: string): boolean {
  return typeOf(type)?.kinds.has(kind) === true;
}
