import type { CanvasElement, ModdleObject, Point, Rect } from './elements.ts';

/** One entry of bpmn-js's menu of types. */
export interface ReplaceEntry {
  readonly label?: string;
  readonly title?: string;
  readonly className?: string;
  readonly active?: boolean;
  readonly action: (event: unknown, entry: ReplaceEntry) => unknown;
}

interface PasteHints {
  readonly element: CanvasElement;
  readonly point: Point;
}

/** Descriptors of copied elements by their depth in the tree. */
export type CopiedTree = Readonly<Record<string, readonly CopiedElement[]>>;

export interface CopiedElement {
  readonly id: string;
  readonly [property: string]: unknown;
}

type Listener = (event: Record<string, unknown>) => unknown;

export interface EventBus {
  on(events: string | string[], listener: Listener): void;
  on(events: string | string[], priority: number, listener: Listener): void;
  off(events: string | string[], listener: Listener): void;
  fire(event: string, data?: Record<string, unknown>): unknown;
}

/** The services of bpmn-js that the tools use, each as far as they use it. */
export interface Services {
  readonly alignElements: { trigger(elements: readonly CanvasElement[], side: string): void };
  readonly autoPlace: { append(source: CanvasElement, shape: CanvasElement): CanvasElement };
  readonly bpmnFactory: {
    create(type: string, properties?: Record<string, unknown>): ModdleObject;
  };
  readonly bpmnRules: {
    canConnect(source: CanvasElement, target: CanvasElement): { type: string } | false | null;
  };
  readonly canvas: {
    getContainer(): HTMLElement;
    getRootElement(): CanvasElement;
    getRootElements(): readonly CanvasElement[];
    setRootElement(root: CanvasElement): unknown;
    findRoot(element: CanvasElement): CanvasElement | null;
    viewbox(box?: Rect): Rect & { readonly scale: number; readonly outer: Rect };
    zoom(level?: number, centre?: 'auto'): number;
    scrollToElement(element: CanvasElement, padding?: number): void;
    addMarker(element: CanvasElement, marker: string): void;
    removeMarker(element: CanvasElement, marker: string): void;
    focus?(): void;
  };
  readonly commandStack: {
    execute(command: string, context: unknown): void;
    registerHandler(command: string, handler: unknown): void;
  };
  readonly copyPaste: {
    copy(elements: readonly CanvasElement[], hints?: { clip: boolean }): CopiedTree;
    paste(context: PasteHints & { tree: CopiedTree }): readonly CanvasElement[] | undefined;
  };
  readonly distributeElements: { trigger(elements: readonly CanvasElement[], axis: string): void };
  readonly elementFactory: {
    createShape(attributes: Record<string, unknown>): CanvasElement;
  };
  readonly elementRegistry: {
    get(id: string): CanvasElement | undefined;
    filter(test: (element: CanvasElement) => boolean): readonly CanvasElement[];
    getGraphics(element: CanvasElement): SVGElement;
  };
  readonly eventBus: EventBus;
  readonly handTool: Tool;
  readonly lassoTool: Tool;
  readonly spaceTool: Tool;
  readonly globalConnect: Tool;
  readonly minimap: { isOpen(): boolean; toggle(open?: boolean): void };
  readonly moddle: {
    readonly ids: { assigned(id: string): boolean };
    create(type: string, properties?: Record<string, unknown>): ModdleObject;
    createAny(type: string, uri: string, properties?: Record<string, unknown>): ModdleObject;
  };
  readonly modeling: {
    updateProperties(element: CanvasElement, properties: Record<string, unknown>): void;
    updateModdleProperties(
      element: CanvasElement,
      object: ModdleObject,
      properties: Record<string, unknown>,
    ): void;
    updateLabel(element: CanvasElement, text: string): void;
    setColor(
      elements: readonly CanvasElement[],
      colours?: { fill?: string | undefined; stroke?: string | undefined },
    ): void;
    removeElements(elements: readonly CanvasElement[]): void;
    createShape(shape: CanvasElement, position: Point, parent: CanvasElement): CanvasElement;
    connect(source: CanvasElement, target: CanvasElement, attributes?: unknown): CanvasElement;
  };
  readonly mouse: { getLastMoveEvent(): MouseEvent };
  readonly overlays: {
    add(
      element: CanvasElement,
      type: string,
      overlay: {
        html: HTMLElement;
        position: { top?: number; right?: number; bottom?: number; left?: number };
        show?: { minZoom?: number };
      },
    ): string;
    remove(filter: { type: string } | string): void;
  };
  readonly replaceMenuProvider: {
    getPopupMenuEntries(element: CanvasElement): Record<string, ReplaceEntry>;
    getPopupMenuHeaderEntries(element: CanvasElement): Record<string, ReplaceEntry>;
  };
  readonly rules: { allowed(rule: string, context: Record<string, unknown>): unknown };
  readonly selection: {
    get(): readonly CanvasElement[];
    select(elements: readonly CanvasElement[] | CanvasElement | null): void;
  };
}

interface Tool {
  toggle(): void;
  isActive(): unknown;
}

/** Anything that hands out the services of a canvas. */
export interface ServiceDoor {
  get<T>(service: string): T;
}

export function service<Name extends keyof Services>(canvas: ServiceDoor, name: Name): Services[Name] {
  return canvas.get<Services[Name]>(name);
}
