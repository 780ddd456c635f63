import { compareOrder } from '../records/order-key.ts';
import { drawnBy } from './edge-ends.ts';
import { typeOf } from './grammar.ts';
import type { GraphChange, Written } from './graph.ts';
import { eventsOn } from './hosts.ts';
import { isOutside, keyOfOnly, ownerOfKey } from './key.ts';
import type { Mend, Mends } from './mend.ts';

const detail = 'This is drawn on the page of what it lies in.';

/**
 * One collapses a subprocess, which takes its drawing to a page of its own, while another adds to it or moves something
 * out of it; or one expands it, and its page goes, while another draws on that. A drawing stands on the page of what
 * its element lies in. `drawings` are all those for which that may be another page than before.
 */
export function mendDrawings(written: Written, drawings: Iterable<string>, mends: Mends): void {
  const pages = pagesOf(written, mends);
  const homes = new Map<string, string>();
  for (const key of drawings) {
    const subject = drawnBy(written.get(key));
    if (subject === null || ownerOfKey(key) !== null) continue;
    const plane = pages.ownerOf(key);
    const home = pages.homeOf(subject, plane);
    if (home === null || home === plane) continue;
    // Of several drawings one comes, and none where there is one.
    const others = written.referrers(subject).filter((other) => {
      if (other === key || drawnBy(written.get(other)) !== subject) return false;
      const parent = pages.ownerOf(other);
      return parent === home || (other < key && pages.homeOf(subject, parent) === home);
    });
    if (others.length === 0) homes.set(key, home);
  }
  for (const [key, home] of homes) {
    mends.set(key, { ...mends.get(key), place: [home, 'planeElement'], detail });
  }
}

function pagesOf(written: Written, mends: Mends) {
  const ownerOf = (key: string): string | null => {
    const place = mends.get(key)?.place;
    return place === undefined ? (written.get(key)?.parent ?? null) : (place?.[0] ?? null);
  };
  const placeOf = (plane: string) => {
    const diagram = written.get(plane)?.parent ?? plane;
    return { order: written.get(diagram)?.order ?? null, id: diagram };
  };
  const isThere = (plane: string) => {
    const diagram = ownerOf(plane);
    return written.get(plane) !== undefined && diagram !== null && ownerOf(diagram) !== null;
  };
  const subjectOf = (plane: string): unknown =>
    mends.get(plane)?.values?.['&bpmnElement'] ?? written.get(plane)?.values.get('&bpmnElement');
  const planesOf = (subject: string) =>
    [...planesAt(written, mends, subject)]
      .filter((plane) => subjectOf(plane) === subject && isThere(plane))
      .sort((a, b) => compareOrder(placeOf(a), placeOf(b)));
  /** The page of a subprocess that is collapsed, which its contents are drawn on. */
  const pageWithin = (subprocess: string): string | undefined => {
    const shapes = written
      .referrers(subprocess)
      .map((key) => written.get(key)!)
      .filter((shape) => drawnBy(shape) === subprocess);
    const isOpen = shapes.some(({ values }) => values.get('@isExpanded') === true);
    return shapes.length === 0 || isOpen ? undefined : planesOf(subprocess)[0];
  };
  const pageOfProcess = (process: string): string | undefined => {
    const pools = written
      .referrers(process)
      .filter((key) => written.get(key)?.type === 'bpmn:Participant')
      .sort();
    const collaborations = pools.map(ownerOf).filter((owner) => owner !== null);
    return [process, ...collaborations].flatMap(planesOf)[0];
  };

  /** The page on which an element is drawn that a drawing on `plane` draws; null: nobody knows a better one. */
  const homeOf = (element: string, plane: string | null): string | null => {
    if (!isKind(written, element, drawnInside)) return null;
    const subject = plane !== null && isThere(plane) ? subjectOf(plane) : null;
    let at = ownerOf(element);
    // Data associations lie in an activity, and are drawn beside it.
    if (at !== null && isKind(written, element, ['bpmn:DataAssociation'])) at = ownerOf(at);
    for (const way = new Set<string>(); at !== null && !way.has(at); at = ownerOf(at)) {
      way.add(at);
      if (at === subject) return plane;
      if (isKind(written, at, ['bpmn:SubProcess'])) {
        const page = pageWithin(at);
        if (page !== undefined) return page;
      } else if (isKind(written, at, ['bpmn:Process'])) {
        const isAway = subject === null || isKind(written, String(subject), ['bpmn:SubProcess']);
        return isAway ? (pageOfProcess(at) ?? null) : plane;
      }
    }
    return null;
  };
  return { homeOf, ownerOf };
}

/** Planes whose subject may be this: by their record, or as they are mended. */
function* planesAt(written: Written, mends: Mends, subject: string): Iterable<string> {
  for (const key of written.referrers(subject)) {
    if (written.get(key)?.type === 'bpmndi:BPMNPlane') yield key;
  }
  for (const [key, { values }] of mends) if (values?.['&bpmnElement'] === subject) yield key;
}

const drawnInside = ['bpmn:FlowElement', 'bpmn:Artifact', 'bpmn:DataAssociation'];

function isKind(written: Written, key: string, kinds: readonly string[]): boolean {
  const type = written.get(key)?.type;
  const known = type === undefined ? undefined : typeOf(type)?.kinds;
  return known !== undefined && kinds.some((kind) => known.has(kind));
}

/** The drawings whose page the changes can bear on: of what changed its place, and of all that lies in it. */
export function drawingsNear(
  written: Written,
  changes: readonly GraphChange[],
  earlier: Mends,
  mends: Mends,
): ReadonlySet<string> {
  const drawings = new Set<string>();
  const walked = new Set<string>();
  const walk = (begin: unknown) => {
    const waiting = [begin];
    while (waiting.length > 0) {
      const key = waiting.pop();
      if (typeof key !== 'string' || isOutside(key) || walked.has(key)) continue;
      walked.add(key);
      for (const referrer of written.referrers(key)) {
        if (drawnBy(written.get(referrer)) === key) drawings.add(referrer);
      }
      const held = [...written.contents(key), ...eventsOn(written, key)];
      waiting.push(...held, written.get(key)?.values.get('&processRef'));
    }
  };
  const look = (key: string, subjects: readonly unknown[]) => {
    drawings.add(key);
    const plane = keyOfOnly(key, 'plane');
    for (const page of [key, plane]) for (const drawing of written.contents(page)) drawings.add(drawing);
    for (const subject of [...subjects, written.get(plane)?.values.get('&bpmnElement')]) walk(subject);
    walk(key);
  };
  for (const { key, before, after } of changes) {
    const sides = [before, after];
    const places = sides.map((side) =>
      JSON.stringify([side?.type, side?.parent, ...structural.map((name) => side?.values.get(name))]),
    );
    if (places[0] === places[1]) continue;
    look(
      key,
      sides.flatMap((side) => structural.slice(1).map((name) => side?.values.get(name))),
    );
  }
  for (const [key, { place }] of earlier) {
    if (place?.[1] === 'planeElement') drawings.add(key);
    else if (differs(earlier.get(key), mends.get(key))) look(key, subjectsOf(earlier.get(key)));
  }
  for (const [key, mend] of mends) if (differs(earlier.get(key), mend)) look(key, subjectsOf(mend));
  return drawings;
}

const structural = ['@isExpanded', '&bpmnElement', '&processRef', '&attachedToRef'];

function differs(a: Mend | undefined, b: Mend | undefined): boolean {
  return JSON.stringify([a?.place, a?.values]) !== JSON.stringify([b?.place, b?.values]);
}

function subjectsOf(mend: Mend | undefined): unknown[] {
  return [mend?.values?.['&bpmnElement']];
}
