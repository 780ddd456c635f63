import type { CanvasElement, CommandEvent } from './bpmn-js.ts';
import type { ModdleElement } from './moddle.ts';

/** What a step is called in the undo buttons and the history: "Move Task A". */
export function labelOf({ command, context }: CommandEvent): string {
  const say = phrases[command];
  if (say !== undefined) return say(context);
  return partOf(context.element) === null ? 'Edit' : `Change ${nameOf(context.element)}`;
}

/** Whether a command takes elements away; what it is called has to be asked before. */
export function removes({ command }: CommandEvent): boolean {
  return command.endsWith('.delete');
}

type Context = Readonly<Record<string, unknown>>;

const phrases: Readonly<Record<string, (context: Context) => string>> = {
  'shape.append': ({ shape }) => `Append ${kindOf(shape)}`,
  'shape.create': ({ shape }) => `Add ${kindOf(shape)}`,
  'elements.create': ({ elements }) => `Add ${several(elements, kindOf)}`,
  'elements.paste': () => 'Paste',
  'elements.move': ({ shapes }) => `Move ${several(shapes, nameOf)}`,
  'shape.move': ({ shape }) => `Move ${nameOf(shape)}`,
  'elements.delete': ({ elements }) => `Delete ${several(elements, nameOf)}`,
  'shape.delete': ({ shape }) => `Delete ${nameOf(shape)}`,
  'connection.delete': ({ connection }) => `Delete ${nameOf(connection)}`,
  'connection.create': () => 'Connect',
  'connection.reconnect': ({ connection }) => `Reconnect ${nameOf(connection)}`,
  'connection.updateWaypoints': ({ connection }) => `Reroute ${nameOf(connection)}`,
  'connection.layout': ({ connection }) => `Reroute ${nameOf(connection)}`,
  'connection.move': ({ connection }) => `Move ${nameOf(connection)}`,
  'element.updateLabel': ({ element }) => `Rename ${kindOf(element)}`,
  'element.updateProperties': ({ element, properties }) => changed(element, properties),
  'element.updateModdleProperties': ({ element }) => `Change ${nameOf(element)}`,
  'properties-panel.update-businessobject-list': ({ element }) => `Change ${nameOf(element)}`,
  'element.setColor': ({ elements }) => `Colour ${several(elements, nameOf)}`,
  'element.autoResize': () => 'Resize',
  'elements.align': () => 'Align',
  'elements.distribute': () => 'Distribute',
  'shape.replace': ({ newData, newShape }) => `Change to ${kindOf(newShape ?? newData)}`,
  'shape.resize': ({ shape }) => `Resize ${nameOf(shape)}`,
  'lane.resize': () => 'Resize lane',
  'lane.add': () => 'Add lane',
  'lane.split': () => 'Split lane',
  'shape.toggleCollapse': ({ shape }) => `${isCollapsed(shape) ? 'Collapse' : 'Expand'} ${nameOf(shape)}`,
  'element.updateAttachment': ({ shape }) => `Attach ${nameOf(shape)}`,
  spaceTool: () => 'Make space',
  'canvas.updateRoot': () => 'Change diagram type',
  'layout.connection': () => 'Reroute',
};

function changed(element: unknown, properties: unknown): string {
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  if (names.length === 1 && names[0] === 'name') return `Rename ${kindOf(element)}`;
  if (names.length === 1 && names[0] === 'di') return `Colour ${nameOf(element)}`;
  return `Change ${nameOf(element)}`;
}

function several(elements: unknown, say: (element: unknown) => string): string {
  const list = (Array.isArray(elements) ? elements : []).filter((each) => partOf(each)?.type !== 'label');
  return list.length === 1 ? say(list[0]) : `${list.length} elements`;
}

/** An element's name; without one, what it is. */
function nameOf(element: unknown): string {
  const name = partOf(element)?.businessObject?.get('name');
  if (typeof name !== 'string' || name.trim() === '') return kindOf(element);
  const short = name.trim().replaceAll(/\s+/g, ' ');
  return short.length <= maxName ? short : `${short.slice(0, maxName - 1)}…`;
}

const maxName = 40;

/** 'bpmn:ExclusiveGateway' → 'exclusive gateway'; a label counts as what it names. */
function kindOf(element: unknown): string {
  const part = partOf(element);
  const type = part?.businessObject?.$type ?? part?.type ?? '';
  const words = type
    .replace(/^.*:/, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase();
  return words === '' ? 'element' : (shorter[words] ?? words);
}

const shorter: Readonly<Record<string, string>> = {
  participant: 'pool',
  'data object reference': 'data object',
  'data store reference': 'data store',
  'sub process': 'subprocess',
};

function isCollapsed(shape: unknown): boolean {
  return (partOf(shape) as Partial<CanvasElement> | null)?.collapsed === true;
}

function partOf(element: unknown): { type?: string; businessObject?: ModdleElement } | null {
  return typeof element === 'object' && element !== null ? element : null;
}
