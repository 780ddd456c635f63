/** As much of bpmn-js as the fuzz touches. */

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  width: number;
  height: number;
}

/** A moddle object. */
export interface Moddle {
  id?: string;
  readonly $type: string;
  $parent?: Moddle;
  $instanceOf(type: string): boolean;
  get(property: string): unknown;
  readonly $descriptor: {
    readonly isGeneric?: boolean;
    readonly properties: readonly {
      readonly name: string;
      readonly isReference?: boolean;
      readonly isVirtual?: boolean;
      readonly isMany?: boolean;
    }[];
  };
}

/** An element of the canvas. */
export interface Drawn extends Box {
  id: string;
  type: string;
  parent: Drawn | null;
  children: Drawn[];
  businessObject: Moddle;
  di: Moddle;
  waypoints?: Point[];
  source?: Drawn;
  target?: Drawn;
  host?: Drawn;
  attachers: Drawn[];
  incoming: Drawn[];
  outgoing: Drawn[];
  labels: Drawn[];
  labelTarget?: Drawn;
  collapsed?: boolean;
  hidden?: boolean;
}

export interface Services {
  modeling: {
    createShape(shape: Drawn, at: Point, parent: Drawn, hints?: object): Drawn;
    moveElements(shapes: Drawn[], by: Point, target?: Drawn | null, hints?: object): void;
    moveShape(shape: Drawn, by: Point, target?: Drawn): void;
    removeElements(elements: Drawn[]): void;
    updateLabel(element: Drawn, text: string): void;
    updateWaypoints(connection: Drawn, waypoints: Point[]): void;
    connect(source: Drawn, target: Drawn, attrs?: object): Drawn;
    reconnect(connection: Drawn, source: Drawn, target: Drawn, docking: Point[]): void;
    reconnectStart(connection: Drawn, source: Drawn, docking: Point): void;
    reconnectEnd(connection: Drawn, target: Drawn, docking: Point): void;
    setColor(elements: Drawn[], colours: object): void;
    resizeShape(shape: Drawn, box: Box): void;
    resizeLane(lane: Drawn, box: Box, balanced?: boolean): void;
    addLane(lane: Drawn, where: 'top' | 'bottom'): Drawn;
    splitLane(lane: Drawn, count: number): void;
    makeCollaboration(): Drawn;
    toggleCollapse(shape: Drawn): void;
    updateProperties(element: Drawn, properties: object): void;
    updateModdleProperties(element: Drawn, moddle: Moddle, properties: object): void;
  };
  rules: { allowed(action: string, context: object): unknown };
  elementRegistry: {
    getAll(): Drawn[];
    get(id: string): Drawn | undefined;
    getGraphics(element: Drawn): SVGElement | undefined;
  };
  elementFactory: {
    createShape(attributes: object): Drawn;
    createParticipantShape(attributes?: object): Drawn;
  };
  bpmnFactory: { create(type: string, attributes?: object): Moddle };
  canvas: {
    getRootElement(): Drawn;
    getRootElements(): Drawn[];
    setRootElement(root: Drawn): void;
    findRoot(element: Drawn): Drawn | undefined;
    getContainer(): HTMLElement;
    viewbox(): Box & { scale: number };
  };
  autoPlace: { append(source: Drawn, shape: Drawn): Drawn };
  contextPad: { getEntries(element: Drawn): Readonly<Record<string, MenuEntry>> };
  replaceMenuProvider: {
    getPopupMenuEntries(element: Drawn): Readonly<Record<string, MenuEntry>>;
    getPopupMenuHeaderEntries(element: Drawn): Readonly<Record<string, MenuEntry>>;
  };
  copyPaste: {
    copy(elements: Drawn[]): unknown;
    cut(elements: Drawn[]): unknown;
    paste(context: object): Drawn[] | undefined;
    duplicate(elements: Drawn[]): Drawn[] | undefined;
  };
  alignElements: { trigger(elements: Drawn[], type: string): void };
  distributeElements: { trigger(elements: Drawn[], orientation: string): void };
  spaceTool: {
    calculateAdjustments(
      elements: Drawn[],
      axis: 'x' | 'y',
      by: Point,
      start: number,
    ): { movingShapes: Drawn[]; resizingShapes: Drawn[] };
    makeSpace(moving: Drawn[], resizing: Drawn[], by: Point, direction: string, start: number): void;
  };
  selection: { select(elements: Drawn | Drawn[] | null): void; get(): Drawn[] };
  directEditing: {
    activate(element: Drawn): boolean;
    complete(): void;
    cancel(): void;
    isActive(): boolean;
    _textbox: { content: HTMLElement };
  };
  dragging: {
    context(): { readonly data?: { readonly shape?: Drawn } } | null;
    hover(event: { element: Drawn; gfx: SVGElement | undefined }): void;
    move(event: MouseEvent): void;
    end(): void;
    cancel(): void;
  };
  move: { start(event: MouseEvent, element: Drawn, activate: boolean): unknown };
  connect: { start(event: MouseEvent, element: Drawn, at: null, activate: boolean): unknown };
  resize: { activate(event: MouseEvent, element: Drawn, direction: string): unknown };
  bendpointMove: { start(event: MouseEvent, connection: Drawn, index: number, insert: boolean): unknown };
  create: { start(event: MouseEvent, shape: Drawn): unknown };
  overlays: { get(search: { element?: Drawn; type: string }): unknown[] };
  moddle: { createAny(name: string, namespace: string, attributes: object): Moddle };
  bpmnjs: { getDefinitions(): Moddle; saveXML(options: object): Promise<{ xml?: string; error?: Error }> };
}

export interface MenuEntry {
  readonly action: ((event: unknown, entry: MenuEntry) => unknown) | Readonly<Record<string, unknown>>;
}

export type Get = <Name extends keyof Services>(name: Name) => Services[Name];

export const isLabel = (element: Drawn): boolean =>
  element.labelTarget !== undefined && element.labelTarget !== null;

export const isConnection = (element: Drawn): boolean => element.waypoints !== undefined;

export const centre = (box: Box): Point => ({
  x: Math.round(box.x + box.width / 2),
  y: Math.round(box.y + box.height / 2),
});
