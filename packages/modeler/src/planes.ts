import type { DiagramElement, DiagramView } from '@tidemark/documents/diagram';
import type { References } from './references.ts';
import type { IsType } from './types.ts';

/** One of the file's diagrams as the canvas shows it: the plane of the diagram, then those of its subprocesses. */
export interface ShownPlane {
  readonly key: string;
  readonly diagram: string;
  /** What it is the plane of: a process, a collaboration or a subprocess. */
  readonly root: string;
}

/**
 * The planes bpmn-js imports when it opens a diagram: its own and, for drilling down, those of the processes and
 * flow elements that belong to it. Of several planes of one element the first in the file counts. The first plane is the main one.
 */
export function shownPlanes(
  view: DiagramView,
  diagram: string | null,
  references: References,
  isType: IsType,
): readonly ShownPlane[] {
  const all = planesOf(view, isType);
  const main = all.find((plane) => plane.diagram === diagram) ?? all[0];
  if (main === undefined) return [];
  const processes = processesWith(view, main.root, references, isType);
  const taken = new Set([main.root]);
  const shown = [main];
  for (const plane of all) {
    if (plane === main || taken.has(plane.root)) continue;
    if (!processes.has(topOf(view, plane.root, isType))) continue;
    taken.add(plane.root);
    shown.push(plane);
  }
  return shown;
}

/** The diagram from which a plane is reached; null when there is no such plane. */
export function diagramWith(
  view: DiagramView,
  plane: string,
  references: References,
  isType: IsType,
): string | null {
  const has = (diagram: string) =>
    shownPlanes(view, diagram, references, isType).some(({ key }) => key === plane);
  return diagramsOf(view, isType).find(({ key }) => has(key))?.key ?? null;
}

/** Every diagram that has a plane of something bpmn-js can show. */
function planesOf(view: DiagramView, isType: IsType): ShownPlane[] {
  const definitions = view.root === null ? undefined : view.elements.get(view.root);
  const planes: ShownPlane[] = [];
  for (const diagram of definitions?.children.get('diagrams') ?? []) {
    const key = `${diagram}/plane`;
    const root = view.elements.get(key)?.values.get('&bpmnElement');
    if (typeof root !== 'string') continue;
    const type = view.elements.get(root)?.type ?? '';
    if (roots.some((base) => isType(type, base))) planes.push({ key, diagram, root });
  }
  return planes;
}

const roots = ['bpmn:Process', 'bpmn:Collaboration', 'bpmn:SubProcess'];

/** The processes whose flow elements the diagram of `root` can show. */
function processesWith(view: DiagramView, root: string, references: References, isType: IsType): Set<string> {
  const top = topOf(view, root, isType);
  const collaboration = isCollaboration(view.elements.get(top), isType)
    ? top
    : collaborationOf(view, top, references);
  const processes = new Set([top]);
  if (collaboration !== null) processes.add(collaboration);
  for (const participant of view.elements.get(collaboration ?? '')?.children.get('participants') ?? []) {
    const process = view.elements.get(participant)?.values.get('&processRef');
    if (typeof process === 'string') processes.add(process);
  }
  return processes;
}

function collaborationOf(view: DiagramView, process: string, references: References): string | null {
  for (const participant of references.of('&processRef', process)) {
    const parent = view.elements.get(participant)?.parent;
    if (parent !== undefined && parent !== null) return parent;
  }
  return null;
}

/** The process, or collaboration, that an element is in, or the element itself. */
function topOf(view: DiagramView, key: string, isType: IsType): string {
  for (let at: string | null = key; at !== null; at = view.elements.get(at)?.parent ?? null) {
    const type = view.elements.get(at)?.type;
    if (type !== undefined && (isType(type, 'bpmn:Process') || isType(type, 'bpmn:Collaboration'))) return at;
  }
  return key;
}

function isCollaboration(element: DiagramElement | undefined, isType: IsType): boolean {
  return element !== undefined && isType(element.type, 'bpmn:Collaboration');
}

/** The diagrams that are not reached from within another one, by name. */
export function diagramsOf(view: DiagramView, isType: IsType): readonly { key: string; name: string }[] {
  return planesOf(view, isType)
    .filter(({ root }) => !isType(view.elements.get(root)?.type ?? '', 'bpmn:SubProcess'))
    .map(({ diagram, root }) => {
      const names = [diagram, root].flatMap((key) => {
        const values = view.elements.get(key)?.values;
        return [values?.get('@name'), values?.get('@id')];
      });
      const [diagramName, diagramId, rootName] = names;
      const name = [diagramName, rootName, diagramId].find((each) => typeof each === 'string' && each !== '');
      return { key: diagram, name: String(name ?? diagram) };
    });
}
