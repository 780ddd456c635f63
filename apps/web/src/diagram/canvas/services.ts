import type { CanvasElement, DiagramCanvas } from '@tidemark/modeler';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface EventBus {
  on(events: string | readonly string[], listener: (event: never) => unknown): void;
  on(events: string | readonly string[], priority: number, listener: (event: never) => unknown): void;
  off(events: string | readonly string[], listener: (event: never) => unknown): void;
  fire(event: string, data: Record<string, unknown>): unknown;
}

export interface Canvas {
  getContainer(): HTMLElement;
  getRootElement(): CanvasElement;
  findRoot(element: CanvasElement): CanvasElement | null;
  /** What is visible, in the diagram's coordinates; `inner` is what is drawn, `outer` the window on it in pixels. */
  viewbox(box?: Box): Box & { readonly scale: number; readonly inner: Box; readonly outer: Box };
  zoom(level?: number | 'fit-viewport', centre?: Point | 'auto'): number;
  scroll(by: { readonly dx: number; readonly dy: number }): void;
  resized(): void;
  focus(): void;
  isFocused(): boolean;
  addMarker(element: CanvasElement, marker: string): void;
  removeMarker(element: CanvasElement, marker: string): void;
}

/** The services of bpmn-js that the frame of the editor uses, each as far as it uses it. */
export interface Services {
  readonly canvas: Canvas;
  readonly eventBus: EventBus;
  readonly selection: { get(): readonly CanvasElement[] };
  readonly editorActions: { trigger(action: string, options?: unknown): unknown };
  readonly directEditing: { isActive(): boolean };
}

export function service<Name extends keyof Services>(canvas: DiagramCanvas, name: Name): Services[Name] {
  return canvas.get<Services[Name]>(name);
}

/** Listens to bpmn-js. Returns the end of it. */
export function onCanvas(
  canvas: DiagramCanvas,
  events: string | readonly string[],
  listener: (event: never) => unknown,
): () => void {
  const bus = service(canvas, 'eventBus');
  bus.on(events, listener);
  return () => bus.off(events, listener);
}

/** Calls when something else may be selected. */
export function watchSelection(canvas: DiagramCanvas, listener: () => void): () => void {
  const stops = [onCanvas(canvas, 'selection.changed', listener), canvas.subscribe(listener)];
  return () => {
    for (const stop of stops) stop();
  };
}

export function selectionKeys(canvas: DiagramCanvas): readonly string[] {
  const keys = service(canvas, 'selection')
    .get()
    .flatMap((element) => canvas.keyOf(element.labelTarget ?? element) ?? []);
  return [...new Set(keys)];
}
