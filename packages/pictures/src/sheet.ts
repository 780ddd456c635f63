/** One diagram of a file, drawn. */
import { inkOf } from './ink.ts';
import { limits } from './limits.ts';
import { tooMuch } from './measure.ts';
import { type Box, boxOf, type Point } from './path.ts';
import { type Failure, fail, isFailure, type Theme } from './request.ts';
import {
  type Canvas,
  type Definitions,
  type Diagram,
  type Drawn,
  type Parsed,
  type Viewer,
  withViewer,
} from './viewer.ts';

export interface Sheet {
  /** Of its `BPMNDiagram`. */
  readonly id: string | null;
  /** What it is of: the process, the collaboration or the subprocess. */
  readonly name: string | null;
  /** The elements, in the coordinates of the diagram, without the `svg` around them. */
  readonly ink: string;
  /** What is drawn, and a margin. */
  readonly box: Box;
}

const margin = 10;

/** Reads a file for as long as `use` works with it. */
export function withFile<T>(
  xml: string,
  use: (viewer: Viewer, file: Parsed) => Promise<T | Failure>,
): Promise<T | Failure> {
  const much = tooMuch(xml);
  if (much !== null) return Promise.resolve(much);
  return withViewer(async (viewer) => {
    const file = await parse(viewer, xml);
    return isFailure(file) ? file : use(viewer, file);
  });
}

async function parse(viewer: Viewer, xml: string): Promise<Parsed | Failure> {
  try {
    return await viewer.get('moddle').fromXML(xml, 'bpmn:Definitions');
  } catch (error) {
    return fail('unreadable', error instanceof Error ? error.message : String(error));
  }
}

/** The diagram of that id, or the first one. */
export async function drawSheet(
  viewer: Viewer,
  definitions: Definitions,
  id: string | undefined,
  theme: Theme,
): Promise<Sheet | Failure> {
  const drawable = drawableOf(definitions);
  const diagram = id === undefined ? drawable[0] : drawable.find((one) => one.id === id);
  if (diagram === undefined) {
    return id === undefined ? nothing() : fail('no-such-diagram', `There is no diagram "${id}".`);
  }
  await viewer.importDefinitions(definitions, diagram);
  const canvas = viewer.get('canvas');
  const root = canvas.getRootElements().find((one) => diagramOf(one) === diagram);
  return root === undefined ? nothing() : sheetOf(canvas, root, theme);
}

/** All diagrams in the order of the file; those without anything in them are left out. */
export async function drawSheets(
  viewer: Viewer,
  definitions: Definitions,
  theme: Theme,
): Promise<readonly Sheet[] | Failure> {
  const drawn = new Map<Diagram, Sheet | null>();
  let imported = false;
  for (const diagram of drawableOf(definitions)) {
    if (drawn.has(diagram)) continue;
    // The first call also moves what is in collapsed subprocesses to diagrams of their own.
    await (imported ? viewer.open(diagram) : viewer.importDefinitions(definitions, diagram));
    imported = true;
    const canvas = viewer.get('canvas');
    for (const root of canvas.getRootElements()) {
      const at = diagramOf(root);
      if (at === undefined || drawn.has(at)) continue;
      const sheet = sheetOf(canvas, root, theme);
      if (isFailure(sheet) && sheet.failed !== 'nothing-to-draw') return sheet;
      drawn.set(at, isFailure(sheet) ? null : sheet);
    }
    if (!drawn.has(diagram)) drawn.set(diagram, null);
  }
  const sheets = (definitions.diagrams ?? []).map((diagram) => drawn.get(diagram) ?? null);
  const whole = sheets.filter((sheet) => sheet !== null);
  return whole.length > 0 ? whole : nothing();
}

function drawableOf({ diagrams = [] }: Definitions): Diagram[] {
  return diagrams.filter(({ plane }) => plane !== undefined);
}

function diagramOf(root: Drawn): Diagram | undefined {
  return root.di?.$parent as Diagram | undefined;
}

function nothing(): Failure {
  return fail('nothing-to-draw', 'The diagram has no shapes.');
}

function sheetOf(canvas: Canvas, root: Drawn, theme: Theme): Sheet | Failure {
  const points: Point[] = [];
  gather(root, points);
  if (points.length === 0) return nothing();
  canvas.setRootElement(root);
  const { svg, corners } = inkOf(canvas.getActiveLayer(), theme);
  const box = boxOf(points.concat(corners));
  const reach = Math.max(Math.abs(box.x), Math.abs(box.y), box.width, box.height);
  // Written so that what is no number does not pass either.
  if (!(reach <= limits.reach)) return fail('too-wide', 'Elements lie too far from each other to be drawn.');
  const plane = diagramOf(root)?.plane;
  return {
    id: diagramOf(root)?.id ?? null,
    name: plane?.bpmnElement?.name ?? null,
    ink: svg,
    box: {
      x: Math.floor(box.x - margin),
      y: Math.floor(box.y - margin),
      width: Math.ceil(box.width + 2 * margin),
      height: Math.ceil(box.height + 2 * margin),
    },
  };
}

function gather(parent: Drawn, points: Point[]): void {
  for (const { x = 0, y = 0, width = 0, height = 0, waypoints, hidden, ...element } of parent.children ??
    []) {
    if (hidden) continue;
    if (waypoints === undefined) points.push({ x, y }, { x: x + width, y: y + height });
    else for (const point of waypoints) points.push(point);
    gather({ id: element.id, ...(element.children ? { children: element.children } : {}) }, points);
  }
}
