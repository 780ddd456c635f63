import type { DiagramElement } from '@tidemark/documents/diagram';
import { movedItems } from './moved.ts';
import type { References } from './references.ts';
import type { Scene } from './scene.ts';
import type { IsType } from './types.ts';

/** One element's record on the canvas and in the document; undefined: not there. */
export interface Change {
  readonly key: string;
  readonly before: DiagramElement | undefined;
  readonly after: DiagramElement | undefined;
}

/**
 * The elements on the canvas that changed records can bear on: what a record is, draws, lies in, or is shown by.
 * What follows from there (children of what is made anew, for example) the canvas patch finds by itself.
 */
export function affectedBy(
  changes: readonly Change[],
  scene: Scene,
  references: References,
  isType: IsType,
): Set<string> {
  const affected = new Set<string>();
  const add = (key: unknown) => {
    if (typeof key === 'string') affected.add(key);
  };
  for (const { key, before, after } of changes) {
    affected.add(key);
    for (const element of [before, after]) {
      if (element === undefined) continue;
      add(element.values.get('&bpmnElement'));
      if (element.parent !== null) add(scene.shownBy(element.parent));
      if (isType(element.type, 'bpmn:SubProcess') && before?.parent !== after?.parent) {
        for (const held of contentsOf(scene, key)) affected.add(held);
      }
    }
    for (const user of references.of('&dataObjectRef', key)) affected.add(user);
    for (const user of references.of('&categoryValueRef', key)) affected.add(user);
    // The mark of a default flow is drawn at the flow.
    if (before?.values.get('&default') !== after?.values.get('&default')) {
      add(before?.values.get('&default'));
      add(after?.values.get('&default'));
    }
    const process = [before, after].map((element) => element?.values.get('&processRef'));
    if (process[0] !== process[1]) {
      for (const each of process) {
        if (typeof each !== 'string') continue;
        for (const held of contentsOf(scene, each)) affected.add(held);
      }
    }
    for (const di of reordered(before, after)) add(scene.elements.get(di)?.values.get('&bpmnElement'));
  }
  return affected;
}

/** What lies directly in a process, subprocess, pool or lane, as far as it can be drawn. */
export function contentsOf({ elements }: Scene, key: string): string[] {
  const element = elements.get(key);
  if (element === undefined) return [];
  const process = element.values.get('&processRef');
  if (typeof process === 'string') return contentsOf({ elements } as Scene, process);
  const held = ['flowElements', 'artifacts'].flatMap((property) => element.children.get(property) ?? []);
  const inside = `${key}/childLaneSet`;
  const laneSets = element.children.get('laneSets') ?? (elements.has(inside) ? [inside] : []);
  const data = elements.get(`${key}/ioSpecification`)?.children;
  const inputs = ['dataInputs', 'dataOutputs'].flatMap((property) => data?.get(property) ?? []);
  return [
    ...held,
    ...inputs,
    ...laneSets.flatMap((laneSet) => elements.get(laneSet)?.children.get('lanes') ?? []),
  ];
}

/** Shapes that have another place in the order of their plane. */
function reordered(before: DiagramElement | undefined, after: DiagramElement | undefined): readonly string[] {
  const was = before?.children.get('planeElement');
  const is = after?.children.get('planeElement');
  return was === undefined || is === undefined || was === is ? [] : movedItems(was, is);
}
