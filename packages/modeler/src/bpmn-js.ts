import type { ModdleElement } from './moddle.ts';

/** The parts of bpmn-js and diagram-js that this room relies on, as narrow as it needs them. */
export interface CanvasElement {
  id: string;
  type: string;
  businessObject: ModdleElement;
  di: ModdleElement;
  parent: CanvasElement | null;
  children: CanvasElement[];
  incoming: CanvasElement[];
  outgoing: CanvasElement[];
  labels: CanvasElement[];
  label: CanvasElement | null;
  labelTarget?: CanvasElement | null;
  attachers: CanvasElement[];
  host?: CanvasElement | null;
  source?: CanvasElement | null;
  target?: CanvasElement | null;
  waypoints?: Waypoint[];
  x: number;
  y: number;
  width: number;
  height: number;
  hidden?: boolean;
  collapsed?: boolean;
}

export interface Waypoint {
  x: number;
  y: number;
  original?: Point | null;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

export interface EventBus {
  on<E>(events: string | readonly string[], listener: (event: E) => unknown): void;
  on<E>(events: string | readonly string[], priority: number, listener: (event: E) => unknown): void;
  off(events: string | readonly string[], listener: (...args: never[]) => unknown): void;
  fire(event: string, data?: unknown): unknown;
}

export interface Canvas {
  addRootElement(root: CanvasElement): CanvasElement;
  removeRootElement(root: CanvasElement | string): CanvasElement;
  getRootElement(): CanvasElement;
  getRootElements(): CanvasElement[];
  setRootElement(root: CanvasElement): CanvasElement;
  findRoot(element: CanvasElement | string): CanvasElement | null;
  addShape(shape: CanvasElement, parent?: CanvasElement, index?: number): CanvasElement;
  removeShape(shape: CanvasElement | string): CanvasElement;
  removeConnection(connection: CanvasElement | string): CanvasElement;
  viewbox(box?: Rect): Rect;
  getContainer(): HTMLElement;
}

export interface ElementRegistry {
  get(id: string): CanvasElement | undefined;
  getAll(): CanvasElement[];
  getGraphics(element: CanvasElement): SVGElement;
  updateId(element: CanvasElement, id: string): void;
}

export interface Importer {
  add(semantic: ModdleElement, di: ModdleElement, parent?: CanvasElement): CanvasElement;
  addLabel(semantic: ModdleElement, di: ModdleElement, element: CanvasElement): CanvasElement;
}

export interface TextRenderer {
  getExternalLabelBounds(bounds: Rect, text: string): Rect;
  getDimensions(text: string, options: { box: Rect; style: unknown }): { width: number; height: number };
  getExternalStyle(): unknown;
}

export interface CommandStack {
  execute(command: string, context: Record<string, unknown>): void;
  clear(emit?: boolean): void;
  /** diagram-js has no public way out of a command that threw. */
  _currentExecution: { actions: unknown[]; dirty: unknown[]; atomic?: boolean; trigger: string | null };
}

/** An event of the command stack. */
export interface CommandEvent {
  readonly command: string;
  readonly context: Record<string, unknown>;
}

export interface Selection {
  get(): CanvasElement[];
  select(elements: CanvasElement[] | null): void;
}

export interface Dragging {
  context(): { readonly data?: Record<string, unknown>; readonly active?: boolean } | null;
  cancel(): void;
}

export interface DirectEditing {
  isActive(element?: CanvasElement): boolean;
  complete(): void;
  cancel(): void;
}

export interface EditorActions {
  isRegistered(action: string): boolean;
  unregister(action: string): void;
  register(actions: Record<string, () => void>): void;
}

export interface DrilldownOverlays {
  _canDrillDown(element: CanvasElement): unknown;
  _addOverlay(element: CanvasElement): void;
  _removeOverlay(element: CanvasElement): void;
  _updateOverlayVisibility(element: CanvasElement): void;
}

export interface Viewer {
  get<T>(service: string): T;
  get<T>(service: string, strict: false): T | null;
  importDefinitions(definitions: ModdleElement, diagram?: ModdleElement): Promise<{ warnings: unknown[] }>;
  open(diagram: ModdleElement): Promise<{ warnings: unknown[] }>;
  clear(): void;
  destroy(): void;
  getDefinitions(): ModdleElement | undefined;
}
