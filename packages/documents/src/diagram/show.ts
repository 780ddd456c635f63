import type { Finding } from '../records/finding.ts';
import { equalJson, type Json } from '../records/json.ts';
import type { DiagramElement } from './element.ts';
import { hasList, hasRegister } from './fitting.ts';
import type { Graph } from './graph.ts';
import { collectionOf, isOutside } from './key.ts';
import { laneOf } from './lanes.ts';
import { byOrder } from './order.ts';
import type { RawElement } from './raw.ts';

/** What shows of one standing element, given who else stands. */
export interface Shown {
  readonly element: DiagramElement;
  readonly findings: readonly Finding[];
}

/** Lists that follow from the sequence flows: who is in them is not asked of the record, only in which order. */
const flowLists = { incoming: '&targetRef', outgoing: '&sourceRef' } as const;

export function showElement(
  graph: Graph,
  stands: (key: string) => boolean,
  key: string,
  children: DiagramElement['children'],
): Shown {
  const raw = graph.raw.get(key)!;
  const findings: Finding[] = [...raw.findings];
  const report = (register: string, detail: string) =>
    findings.push({ code: 'dangling', collection: collectionOf(key), id: key, register, detail });
  const values = new Map<string, Json>();
  for (const [name, value] of raw.values) {
    if (!hasRegister(raw.type, name, value)) continue;
    if (name.startsWith('&') && typeof value === 'string' && !isOutside(value) && !stands(value)) {
      report(name, 'What this refers to is gone.');
    } else if (name === '@id') values.set(name, idOf(graph, stands, raw, String(value), report));
    else values.set(name, value);
  }
  if (!values.has('@id') && hasRegister(raw.type, '@id', '') && graph.referrers.get(key).size > 0) {
    values.set('@id', ownId(key));
  }
  return { element: { ...placeOf(raw), values, lists: listsOf(graph, stands, raw), children }, findings };
}

function placeOf({
  type,
  parent,
  property,
}: RawElement): Pick<DiagramElement, 'type' | 'parent' | 'property'> {
  return { type, parent, property };
}

function listsOf(graph: Graph, stands: (key: string) => boolean, raw: RawElement): DiagramElement['lists'] {
  const lists = new Map<string, readonly string[]>();
  for (const [name, targets] of raw.lists) {
    if (!hasList(raw.type, name)) continue;
    const kept = targets.filter(
      (target) =>
        isOutside(target) ||
        (stands(target) && (name !== 'flowNodeRef' || laneOf(graph, stands, raw, target) === raw.key)),
    );
    if (kept.length > 0) lists.set(name, kept);
  }
  for (const [name, end] of Object.entries(flowLists)) {
    if (!hasList(raw.type, name)) continue;
    const flows = new Set<string>();
    for (const key of graph.referrers.get(raw.key)) {
      const flow = graph.raw.get(key);
      if (flow?.type === 'bpmn:SequenceFlow' && flow.values.get(end) === raw.key && stands(key))
        flows.add(key);
    }
    const known = (lists.get(name) ?? []).filter((target) => isOutside(target) || flows.has(target));
    for (const target of known) flows.delete(target);
    const all = [...known, ...[...flows].sort((a, b) => byOrder(graph, a, b))];
    if (all.length > 0) lists.set(name, all);
    else lists.delete(name);
  }
  return lists;
}

/** Two elements can't have one id in a file: all but the first are shown with their key added. */
function idOf(
  graph: Graph,
  stands: (key: string) => boolean,
  raw: RawElement,
  id: string,
  report: (register: string, detail: string) => void,
): string {
  if (!legalId.test(id)) {
    report('@id', 'This can not be an id.');
    return ownId(raw.key);
  }
  for (const other of graph.bearers.get(id)) {
    if (other >= raw.key || !stands(other)) continue;
    report('@id', `Another element has the id "${id}" too.`);
    return id + ownId(raw.key);
  }
  return id;
}

/** What BPMN's tools take for an id; a file with others is refused by bpmn-moddle, element by element. */
const legalId = /^([A-Za-z][\w.-]*:)?[A-Za-z_][\w.-]*$/;

/** For an element that needs an id and has none to show. */
function ownId(key: string): string {
  return `_${key.replaceAll(/[^0-9A-Za-z]/g, '_')}`;
}

/** The earlier element when it says the same. */
export function keepElement(before: DiagramElement | undefined, after: DiagramElement): DiagramElement {
  return before !== undefined && equalElements(before, after) ? before : after;
}

export function equalElements(a: DiagramElement, b: DiagramElement): boolean {
  return (
    a === b ||
    (a.type === b.type &&
      a.parent === b.parent &&
      a.property === b.property &&
      equalMaps(a.values, b.values, equalJson) &&
      equalMaps(a.lists, b.lists, equalKeys) &&
      equalMaps(a.children, b.children, equalKeys))
  );
}

export function equalKeys(a: readonly string[], b: readonly string[]): boolean {
  return a === b || (a.length === b.length && a.every((key, index) => key === b[index]));
}

function equalMaps<T>(
  a: ReadonlyMap<string, T>,
  b: ReadonlyMap<string, T>,
  equal: (a: T, b: T) => boolean,
): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, value] of a) {
    const other = b.get(name);
    if (other === undefined || !equal(value, other)) return false;
  }
  return true;
}
