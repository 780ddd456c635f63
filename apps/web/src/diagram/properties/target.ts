import type { DiagramCanvas } from '@tidemark/modeler';
import { type Change, change } from '../tools/change.ts';
import { type CanvasElement, definitionsOf, listOf, type ModdleObject, objectOf } from '../tools/elements.ts';
import { service } from '../tools/services.ts';

/** What the panel is about: one element of the canvas, and how its properties are written. */
export interface Target {
  readonly canvas: DiagramCanvas;
  readonly element: CanvasElement;
  readonly object: ModdleObject;
}

export function targetOf(canvas: DiagramCanvas, element: CanvasElement): Target {
  return { canvas, element, object: element.businessObject };
}

/** Writes properties of the element's object, or of one that belongs to it. */
export function set(target: Target, object: ModdleObject, properties: Record<string, unknown>): void {
  setAll(target, [{ object, properties }]);
}

/** Writes to several objects in one step. */
export function setAll({ canvas, element }: Target, changes: readonly Change[]): void {
  change(canvas, element, changes);
}

/** A new object inside `parent`, not yet hung into it. */
export function create(
  { canvas }: Target,
  type: string,
  parent: ModdleObject,
  properties: Record<string, unknown> = {},
): ModdleObject {
  const object = service(canvas, 'bpmnFactory').create(type, properties);
  object.$parent = parent;
  return object;
}

/** The text of an expression that hangs in `owner` at `property`. */
export function setExpression(
  target: Target,
  owner: ModdleObject,
  property: string,
  text: string,
  more: Record<string, unknown> = {},
): void {
  const present = objectOf(owner, property);
  if (text === '') {
    if (present) set(target, owner, { [property]: undefined });
  } else if (present) {
    set(target, present, { body: text, ...more });
  } else {
    const expression = create(target, 'bpmn:FormalExpression', owner, { body: text, ...more });
    set(target, owner, { [property]: expression });
  }
}

/** Messages, signals, errors and escalations of the file, by type. */
export function rootElements({ object }: Target, type: string): readonly ModdleObject[] {
  return listOf(definitionsOf(object), 'rootElements').filter((each) => each.$type === type);
}
