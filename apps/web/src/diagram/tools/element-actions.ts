import type { DiagramCanvas } from '@tidemark/modeler';
import type { CanvasElement } from './elements.ts';
import { is, isAny, listOf } from './elements.ts';
import { service } from './services.ts';

/** What can be put after a step. */
export const appendChoices = [
  { id: 'task', label: 'Task', type: 'bpmn:Task', icon: 'bpmn-icon-task' },
  { id: 'user-task', label: 'User task', type: 'bpmn:UserTask', icon: 'bpmn-icon-user-task' },
  { id: 'gateway', label: 'Gateway', type: 'bpmn:ExclusiveGateway', icon: 'bpmn-icon-gateway-xor' },
  {
    id: 'parallel',
    label: 'Parallel gateway',
    type: 'bpmn:ParallelGateway',
    icon: 'bpmn-icon-gateway-parallel',
  },
  {
    id: 'event',
    label: 'Intermediate event',
    type: 'bpmn:IntermediateThrowEvent',
    icon: 'bpmn-icon-intermediate-event-none',
  },
  { id: 'end', label: 'End event', type: 'bpmn:EndEvent', icon: 'bpmn-icon-end-event-none' },
] as const;

/** Whether a flow may begin at an element, so that something can be put after it. */
export function mayAppend({ businessObject }: CanvasElement): boolean {
  if (!is(businessObject, 'bpmn:FlowNode') || is(businessObject, 'bpmn:EndEvent')) return false;
  // An event that throws a link, and compensation that is waited for, lead on without a flow.
  const definitions = listOf(businessObject, 'eventDefinitions').map(({ $type }) => $type);
  return !(
    (is(businessObject, 'bpmn:IntermediateThrowEvent') && definitions.includes('bpmn:LinkEventDefinition')) ||
    (is(businessObject, 'bpmn:BoundaryEvent') && definitions.includes('bpmn:CompensateEventDefinition'))
  );
}

/** Puts a step after another where there is room, joined by a flow; the new step is selected. */
export function append(canvas: DiagramCanvas, element: CanvasElement, type: string): CanvasElement {
  const shape = service(canvas, 'elementFactory').createShape({ type });
  return service(canvas, 'autoPlace').append(element, shape);
}

/** Puts an unconnected step onto a canvas, pool or subprocess: the way to the first one by keyboard. */
export function addInside(canvas: DiagramCanvas, parent: CanvasElement, type: string): CanvasElement {
  const shape = service(canvas, 'elementFactory').createShape({ type });
  const made = service(canvas, 'modeling').createShape(shape, freePlace(parent), parent);
  service(canvas, 'selection').select(made);
  return made;
}

export const addChoices = [
  { id: 'start', label: 'Start event', type: 'bpmn:StartEvent', icon: 'bpmn-icon-start-event-none' },
  ...appendChoices,
] as const;

/** Whether steps can stand inside. */
export function mayHold({ businessObject, di, parent }: CanvasElement): boolean {
  if (is(businessObject, 'bpmn:SubProcess')) return !parent || di?.get?.('isExpanded') === true;
  return isAny(businessObject, ['bpmn:Process', 'bpmn:Participant', 'bpmn:Lane']);
}

/** Below what is there already, or near the upper left corner. */
function freePlace({ children = [], x = 0, y = 0, parent, height, type }: CanvasElement): {
  x: number;
  y: number;
} {
  const inset = type === 'bpmn:Participant' ? 110 : 80;
  if (parent && height !== undefined) return { x: x + inset, y: y + height / 2 };
  const bottoms = children.flatMap((child) =>
    child.y !== undefined && child.height !== undefined ? [child.y + child.height] : [],
  );
  const lefts = children.flatMap((child) => (child.x === undefined ? [] : [child.x]));
  if (bottoms.length === 0) return { x: 180, y: 160 };
  return { x: Math.min(...lefts) + 50, y: Math.max(...bottoms) + 80 };
}

/** What a flow, message or association may lead to from here. */
export function connectTargets(canvas: DiagramCanvas, element: CanvasElement): readonly CanvasElement[] {
  const rules = service(canvas, 'bpmnRules');
  const root = service(canvas, 'canvas').findRoot(element);
  const drawing = service(canvas, 'canvas');
  return service(canvas, 'elementRegistry').filter(
    (other) =>
      other !== element &&
      !other.labelTarget &&
      !other.waypoints &&
      other.parent !== undefined &&
      other.parent !== null &&
      drawing.findRoot(other) === root &&
      Boolean(rules.canConnect(element, other)),
  );
}

export function connect(canvas: DiagramCanvas, source: CanvasElement, target: CanvasElement): void {
  const allowed = service(canvas, 'bpmnRules').canConnect(source, target);
  if (allowed) service(canvas, 'modeling').connect(source, target, allowed);
}

export function remove(canvas: DiagramCanvas, elements: readonly CanvasElement[]): void {
  const removable = elements.filter((element) => element.parent);
  if (removable.length > 0) service(canvas, 'modeling').removeElements(removable);
}
