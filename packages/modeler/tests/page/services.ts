import type { CanvasElement, Point } from '../../src/bpmn-js.ts';

/** As much of bpmn-js as the tests use. */
export interface Services {
  modeling: {
    moveElements(elements: CanvasElement[], by: Point, target?: CanvasElement): void;
    updateLabel(element: CanvasElement, text: string): void;
    updateProperties(element: CanvasElement, properties: object): void;
    updateModdleProperties(element: CanvasElement, object: object, properties: object): void;
    setColor(elements: CanvasElement[], colours: object): void;
    appendShape(source: CanvasElement, shape: object, at: Point, target: CanvasElement): CanvasElement;
    createShape(shape: object, at: Point, target: CanvasElement, hints?: object): CanvasElement;
    removeElements(elements: CanvasElement[]): void;
    connect(source: CanvasElement, target: CanvasElement): CanvasElement;
    resizeShape(shape: CanvasElement, bounds: object): void;
    toggleCollapse(shape: CanvasElement): void;
    splitLane(lane: CanvasElement, count: number): void;
    makeCollaboration(): CanvasElement;
    makeProcess(): CanvasElement;
  };
  elementRegistry: {
    get(id: string): CanvasElement | undefined;
    getAll(): CanvasElement[];
    getGraphics(element: CanvasElement): SVGElement;
  };
  elementFactory: { createShape(attributes: object): CanvasElement };
  bpmnFactory: { create(type: string, attributes?: object): object };
  bpmnReplace: { replaceElement(element: CanvasElement, target: object): CanvasElement };
  canvas: {
    getRootElement(): CanvasElement;
    getRootElements(): CanvasElement[];
    setRootElement(root: CanvasElement): void;
    viewbox(box?: object): { x: number; y: number; width: number; height: number };
  };
  selection: { get(): CanvasElement[]; select(elements: CanvasElement | CanvasElement[] | null): void };
  eventBus: { on(event: string, listener: (event: { command?: string }) => void): void };
  commandStack: { canUndo(): boolean; registerHandler(command: string, handler: unknown): void };
  move: { start(event: MouseEvent, shape: CanvasElement, options: object): void };
  dragging: {
    context(): object | null;
    move(event: MouseEvent): void;
    end(): void;
    hover(event: object): void;
    setOptions(options: object): void;
  };
  directEditing: { activate(element: CanvasElement): void; isActive(): boolean; complete(): void };
  editorActions: { trigger(action: string): void };
  copyPaste: {
    copy(elements: CanvasElement[]): void;
    paste(options: { element: CanvasElement; point: Point }): CanvasElement[];
  };
  overlays: { get(filter: object): readonly object[] };
  bpmnjs: { getDefinitions(): object };
}
