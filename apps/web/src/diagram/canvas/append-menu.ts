import type { CanvasElement } from '@tidemark/modeler';
import type { Canvas, EventBus, Point } from './services.ts';

interface Shape extends CanvasElement {
  readonly width: number;
  readonly height: number;
}

interface Attributes {
  readonly type: string;
  readonly eventDefinitionType?: string;
  readonly isExpanded?: boolean;
}

interface Deps {
  readonly canvas: Canvas;
  readonly popupMenu: {
    registerProvider(id: string, provider: unknown): void;
    open(target: unknown, id: string, position: Point, options: Record<string, unknown>): void;
  };
  readonly elementFactory: { createShape(attributes: Attributes): Shape };
  readonly autoPlace: { append(source: CanvasElement, shape: Shape): unknown };
  readonly modeling: { createShape(shape: Shape, position: Point, parent: CanvasElement): Shape };
  readonly selection: { get(): readonly CanvasElement[]; select(element: CanvasElement): void };
  readonly rules: { allowed(rule: string, context: Record<string, unknown>): unknown };
  readonly directEditing: { activate(element: CanvasElement): unknown };
}

interface Choice {
  readonly label: string;
  readonly group: string;
  readonly icon: string;
  readonly attributes: Attributes;
  readonly search?: string;
}

const menu = 'tidemark-append';

const choice = (
  group: string,
  label: string,
  icon: string,
  type: string,
  more: Partial<Attributes> = {},
  search = '',
): Choice => ({
  group,
  label,
  icon: `bpmn-icon-${icon}`,
  attributes: { type: `bpmn:${type}`, ...more },
  search,
});

const event = (label: string, icon: string, type: string, definition: string) =>
  choice('events', label, icon, type, { eventDefinitionType: `bpmn:${definition}EventDefinition` });

/** What can come next, the usual first. */
const choices: readonly Choice[] = [
  choice('tasks', 'Task', 'task', 'Task', {}, 'activity step'),
  choice('tasks', 'User task', 'user-task', 'UserTask', {}, 'person form'),
  choice('tasks', 'Service task', 'service-task', 'ServiceTask', {}, 'system automatic'),
  choice('tasks', 'Send task', 'send-task', 'SendTask', {}, 'message'),
  choice('tasks', 'Receive task', 'receive-task', 'ReceiveTask', {}, 'message wait'),
  choice('tasks', 'Manual task', 'manual-task', 'ManualTask'),
  choice('tasks', 'Script task', 'script-task', 'ScriptTask', {}, 'code'),
  choice('tasks', 'Business rule task', 'business-rule-task', 'BusinessRuleTask', {}, 'decision dmn'),
  choice('gateways', 'Exclusive gateway', 'gateway-xor', 'ExclusiveGateway', {}, 'decision or split'),
  choice('gateways', 'Parallel gateway', 'gateway-parallel', 'ParallelGateway', {}, 'and fork join'),
  choice('gateways', 'Inclusive gateway', 'gateway-or', 'InclusiveGateway', {}, 'decision'),
  choice('gateways', 'Event-based gateway', 'gateway-eventbased', 'EventBasedGateway'),
  choice('events', 'End event', 'end-event-none', 'EndEvent', {}, 'stop'),
  choice('events', 'Intermediate event', 'intermediate-event-none', 'IntermediateThrowEvent'),
  event('Timer', 'intermediate-event-catch-timer', 'IntermediateCatchEvent', 'Timer'),
  event('Message, received', 'intermediate-event-catch-message', 'IntermediateCatchEvent', 'Message'),
  event('Message, sent', 'intermediate-event-throw-message', 'IntermediateThrowEvent', 'Message'),
  event('Signal, received', 'intermediate-event-catch-signal', 'IntermediateCatchEvent', 'Signal'),
  event('Signal, sent', 'intermediate-event-throw-signal', 'IntermediateThrowEvent', 'Signal'),
  event('End with a message', 'end-event-message', 'EndEvent', 'Message'),
  event('End with an error', 'end-event-error', 'EndEvent', 'Error'),
  event('End, all of it', 'end-event-terminate', 'EndEvent', 'Terminate'),
  choice('subprocesses', 'Subprocess, expanded', 'subprocess-expanded', 'SubProcess', { isExpanded: true }),
  choice('subprocesses', 'Subprocess, collapsed', 'subprocess-collapsed', 'SubProcess', {
    isExpanded: false,
  }),
  choice('subprocesses', 'Call activity', 'call-activity', 'CallActivity', {}, 'reuse'),
  choice('data', 'Data object', 'data-object', 'DataObjectReference', {}, 'document'),
  choice('data', 'Data store', 'data-store', 'DataStoreReference', {}, 'database'),
  choice('data', 'Text annotation', 'text-annotation', 'TextAnnotation', {}, 'note comment'),
];

const groups: Readonly<Record<string, string>> = {
  tasks: 'Tasks',
  gateways: 'Gateways',
  events: 'Events',
  subprocesses: 'Subprocesses',
  data: 'Data and notes',
};

/** "A": a list of what can follow the selected element or, with nothing selected, be put in the middle of the screen. */
class AppendMenu {
  static $inject = [
    'eventBus',
    'canvas',
    'popupMenu',
    'elementFactory',
    'autoPlace',
    'modeling',
    'selection',
    'rules',
    'directEditing',
    'editorActions',
    'keyboard',
    'contextPad',
  ];
  readonly #deps: Deps;

  constructor(
    _eventBus: EventBus,
    canvas: Deps['canvas'],
    popupMenu: Deps['popupMenu'],
    elementFactory: Deps['elementFactory'],
    autoPlace: Deps['autoPlace'],
    modeling: Deps['modeling'],
    selection: Deps['selection'],
    rules: Deps['rules'],
    directEditing: Deps['directEditing'],
    editorActions: { register(actions: Record<string, () => void>): void },
    keyboard: {
      addListener(listener: (context: { readonly keyEvent: KeyboardEvent }) => unknown): void;
      hasModifier(event: KeyboardEvent): boolean;
    },
    contextPad: { registerProvider(provider: unknown): void },
  ) {
    this.#deps = {
      canvas,
      popupMenu,
      elementFactory,
      autoPlace,
      modeling,
      selection,
      rules,
      directEditing,
    };
    popupMenu.registerProvider(menu, this);
    contextPad.registerProvider(this);
    editorActions.register({ appendElement: () => this.open() });
    keyboard.addListener(({ keyEvent }) => {
      if (keyEvent.key.toLowerCase() !== 'a' || keyboard.hasModifier(keyEvent)) return;
      this.open();
      return true;
    });
  }

  /** Opens beside the selected element, else in the middle of the screen. */
  open(): void {
    const { canvas, popupMenu } = this.#deps;
    const source = this.#source();
    const box = canvas.getContainer().getBoundingClientRect();
    const position = source
      ? rightOf(source, canvas, box)
      : { x: box.left + box.width / 2 - 140, y: box.top + box.height / 4 };
    popupMenu.open(source ?? canvas.getRootElement(), menu, position, {
      title: source ? 'Append' : 'Add',
      width: 280,
      search: true,
    });
  }

  getPopupMenuEntries(target: CanvasElement) {
    return Object.fromEntries(
      choices.map(({ label, group, icon, attributes, search }) => [
        label,
        {
          label,
          className: icon,
          search: search ?? '',
          group: { id: group, name: groups[group] ?? group },
          action: () => this.#put(attributes, target),
        },
      ]),
    );
  }

  getContextPadEntries(element: CanvasElement) {
    if (!mayFollow(element)) return {};
    return {
      'append.more': {
        group: 'model',
        className: 'bpmn-icon-screw-wrench tm-icon-more',
        title: 'Append something else',
        action: { click: () => this.open() },
      },
    };
  }

  #source(): CanvasElement | null {
    const [element, ...more] = this.#deps.selection.get();
    return element && more.length === 0 && mayFollow(element) ? element : null;
  }

  #put(attributes: Attributes, target: CanvasElement): void {
    const { canvas, elementFactory, autoPlace, modeling, selection, rules } = this.#deps;
    const shape = elementFactory.createShape(attributes);
    const root = canvas.getRootElement();
    if (target !== root) {
      autoPlace.append(target, shape);
      return;
    }
    const { x, y, width, height } = canvas.viewbox();
    const position = { x: Math.round(x + width / 2), y: Math.round(y + height / 2) };
    if (!rules.allowed('shape.create', { shape, target: root, position })) return;
    selection.select(modeling.createShape(shape, position, root));
  }
}

/** Whether a flow, or an association, can lead from it to something new. */
function mayFollow(element: CanvasElement): boolean {
  const { businessObject, waypoints, labelTarget } = element;
  if (waypoints || labelTarget) return false;
  const typed = businessObject as { $instanceOf?(type: string): boolean } | undefined;
  const is = (type: string) => typed?.$instanceOf?.(type) === true;
  return is('bpmn:FlowNode') && !is('bpmn:EndEvent');
}

function rightOf(element: CanvasElement, canvas: Canvas, box: DOMRect): Point {
  const { x, y, width } = element as Shape & Point;
  const view = canvas.viewbox();
  return {
    x: box.left + (x + width - view.x) * view.scale + 12,
    y: box.top + (y - view.y) * view.scale,
  };
}

export const appendModule = {
  __init__: ['tidemarkAppend'],
  tidemarkAppend: ['type', AppendMenu],
};
