/** bpmn-js in the page of this thread, as far as pictures need it. */
import { createRequire } from 'node:module';
import { fontFamily } from './font.ts';
import { daylight } from './night.ts';
import { openPage } from './window.ts';

/** A moddle element: what of it is read here. */
export interface Moddle {
  id?: string;
  readonly $type: string;
  $parent?: Moddle;
  $instanceOf?(type: string): boolean;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

export interface Plane extends Moddle {
  readonly bpmnElement?: Moddle & { readonly name?: string };
  readonly planeElement?: readonly Moddle[];
}

export interface Diagram extends Moddle {
  readonly plane?: Plane;
  readonly name?: string;
}

export interface Definitions extends Moddle {
  readonly diagrams?: Diagram[];
  readonly rootElements?: Moddle[];
}

/** A shape or connection on the canvas. */
export interface Drawn {
  readonly id: string;
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  readonly hidden?: boolean;
  readonly waypoints?: readonly { readonly x: number; readonly y: number }[];
  readonly children?: readonly Drawn[];
  readonly di?: Moddle;
}

export interface Canvas {
  getRootElements(): readonly Drawn[];
  setRootElement(root: Drawn): void;
  getActiveLayer(): Element;
}

interface Reference {
  readonly element: Moddle;
  readonly property: string;
  readonly id: string;
}

export interface Parsed {
  readonly rootElement: Definitions;
  readonly references: readonly Reference[];
}

export interface ModdleFactory {
  create(type: string, values?: Readonly<Record<string, unknown>>): Moddle;
  fromXML(xml: string, type: string): Promise<Parsed>;
  toXML(element: Moddle, options: { readonly format: boolean }): Promise<{ readonly xml: string }>;
}

export interface Viewer {
  get(service: 'canvas'): Canvas;
  get(service: 'moddle'): ModdleFactory;
  importDefinitions(definitions: Definitions, diagram?: Diagram): Promise<unknown>;
  open(diagram: Diagram): Promise<unknown>;
  destroy(): void;
}

type ViewerClass = new (options: Readonly<Record<string, unknown>>) => Viewer;

const page = openPage();
const require = createRequire(import.meta.url);
// The bundle, since the modules of bpmn-js import folders, which Node does not.
const BpmnViewer: ViewerClass = require('bpmn-js/dist/bpmn-viewer.development.js');
// It tells what it cannot import on the console; here the picture is the answer, and a console line is of use to nobody.
console.error = () => undefined;

/** Does the work with a viewer of its own, which is gone after it. */
export async function withViewer<T>(use: (viewer: Viewer) => Promise<T>): Promise<T> {
  const { fill, ink } = daylight;
  const text = { fontFamily };
  const viewer = new BpmnViewer({
    container: page.container,
    textRenderer: { defaultStyle: text, externalStyle: text },
    bpmnRenderer: { defaultFillColor: fill, defaultStrokeColor: ink },
  });
  try {
    return await use(viewer);
  } finally {
    viewer.destroy();
    page.container.replaceChildren();
  }
}

export function is(element: Moddle | undefined, type: string): boolean {
  return element?.$instanceOf?.(type) ?? false;
}
