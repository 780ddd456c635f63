import { isModdleElement } from '@tidemark/bpmn';
import type { CanvasElement, CommandEvent, EventBus, Viewer } from './bpmn-js.ts';
import { labelOf } from './command-label.ts';
import type { ModdleElement } from './moddle.ts';

/** What the commands since the last time touched. */
export interface Touched {
  /** The outermost command: the gesture as the user made it. */
  readonly command: CommandEvent | null;
  /** What the command was called before it ran: a name can go with its element. */
  readonly label: string;
  /** Elements on the canvas, or that were. */
  readonly elements: ReadonlySet<CanvasElement>;
  /** Objects of the tree, those of the elements too. */
  readonly objects: ReadonlySet<ModdleElement>;
}

/**
 * Listens to the command stack. There is no list of commands to keep: whatever a command names in its context, adds,
 * removes or reports as changed, it touched.
 */
export function createTouched(viewer: Viewer): { take(): Touched } {
  const events = viewer.get<EventBus>('eventBus');
  let command: CommandEvent | null = null;
  let label = '';
  let elements = new Set<CanvasElement>();
  let objects = new Set<ModdleElement>();

  const addElement = (element: CanvasElement) => {
    elements.add(element);
    for (const object of [element.businessObject, element.di]) {
      if (!isModdleElement(object)) continue;
      addObject(object);
      // Moving an element can change its place in the list it is in, and nothing else.
      if (object.$parent) objects.add(object.$parent);
    }
  };
  /** With what it refers to: a group's name is that of its category value, a pool's content its process's. */
  const addObject = (object: ModdleElement) => {
    if (objects.has(object)) return;
    objects.add(object);
    if (object.$descriptor.isGeneric) return;
    for (const { name, isMany, isReference } of object.$descriptor.properties) {
      if (!isReference || isMany || !Object.hasOwn(object, name)) continue;
      const target = object.get(name);
      if (isModdleElement(target)) objects.add(target);
    }
  };
  const addAll = (value: unknown, depth: number) => {
    if (depth > maxDepth || typeof value !== 'object' || value === null) return;
    if (isModdleElement(value)) addObject(value);
    else if (isCanvasElement(value)) addElement(value);
    else if (Array.isArray(value)) for (const item of value) addAll(item, depth + 1);
    else if (Object.getPrototypeOf(value) === Object.prototype) {
      for (const item of Object.values(value)) addAll(item, depth + 1);
    }
  };

  events.on<CommandEvent>('commandStack.preExecute', (event) => {
    if (command !== null) return;
    command = { command: event.command, context: event.context };
    label = labelOf(command);
  });
  // The handlers and behaviours of a command have filled its context by then.
  for (const phase of ['executed', 'postExecuted']) {
    events.on<CommandEvent>(`commandStack.${phase}`, ({ context }) => addAll(context, 0));
  }
  events.on<{ element: CanvasElement }>(
    ['shape.added', 'shape.remove', 'connection.added', 'connection.remove', 'root.added', 'root.remove'],
    ({ element }) => {
      if (command !== null) addElement(element);
    },
  );
  events.on<{ elements: CanvasElement[] }>('elements.changed', (event) => {
    if (command !== null) for (const element of event.elements) addElement(element);
  });

  return {
    take() {
      const touched = { command, label, elements, objects };
      command = null;
      elements = new Set();
      objects = new Set();
      return touched;
    },
  };
}

/** Deep enough for `context.updates[].add[]` of the lanes; a context has no cycles but through elements. */
const maxDepth = 5;

function isCanvasElement(value: object): value is CanvasElement {
  return 'businessObject' in value && 'id' in value;
}
