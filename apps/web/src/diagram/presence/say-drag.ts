import type { CanvasElement, DiagramCanvas } from '@tidemark/modeler';
import { type Box, type Point, service } from '../canvas/services.ts';
import { rounded, type Writer } from './say.ts';
import { type Drag, most } from './state.ts';

/** What bpmn-js says while something is dragged, as far as it is used; each gesture fills its own part. */
interface DragEvent extends Point {
  readonly dx: number;
  readonly dy: number;
  readonly context: {
    readonly shapes?: readonly CanvasElement[];
    readonly elements?: readonly CanvasElement[];
    readonly shape?: CanvasElement;
    readonly connection?: CanvasElement;
    readonly newBounds?: Box;
    readonly newWaypoints?: readonly Point[];
    readonly bendpointIndex?: number;
    readonly connectionStart?: Point;
  };
}

type Carried = Partial<Pick<Drag, 'dx' | 'dy' | 'boxes' | 'line'>> & {
  readonly elements?: readonly CanvasElement[];
};

/** By the prefix of the events of each gesture: what it carries. Null when that is nothing to be seen. */
const gestures: Readonly<Record<string, (event: DragEvent) => Carried | null>> = {
  'shape.move': ({ context: { shapes = [] }, dx, dy }) =>
    dx === 0 && dy === 0 ? null : { elements: shapes.filter(({ labelTarget }) => !labelTarget), dx, dy },
  resize: ({ context: { shape, newBounds } }) =>
    shape && newBounds ? { elements: [shape], boxes: [newBounds] } : null,
  create: ({ context: { elements = [] }, x, y }) => ({
    boxes: elements
      .filter(({ waypoints, labelTarget }) => !waypoints && !labelTarget)
      .map((shape) => ({ x: shape.x + x, y: shape.y + y, width: shape.width, height: shape.height })),
  }),
  connect: ({ context: { connectionStart }, x, y }) =>
    connectionStart ? { line: [connectionStart, { x, y }] } : null,
  'connectionSegment.move': ({ context: { connection, newWaypoints } }) =>
    connection && newWaypoints ? { elements: [connection], line: newWaypoints } : null,
  'bendpoint.move': ({ context: { connection, bendpointIndex }, x, y }) =>
    connection?.waypoints
      ? { elements: [connection], line: connection.waypoints.with(bendpointIndex ?? 0, { x, y }) }
      : null,
};

/** After the gestures' own listeners, which snap, constrain and, at the end, write. */
const last = 100;
/** Time after which others have what was dropped, or will not get it from this gesture, milliseconds. */
export const settling = 1000;

/** Tells what is in hand. What was dropped is told as such until the document can be expected to say it. */
export function sayDrag(canvas: DiagramCanvas, writer: Writer): () => void {
  const bus = service(canvas, 'eventBus');
  let drag: Drag | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const say = (next: Drag | null) => {
    clearTimeout(timer);
    drag = next;
    writer.set({ drag });
  };
  const listeners = Object.entries(gestures).flatMap(
    ([prefix, read]): [string, (event: DragEvent) => void][] => {
      const carry = (event: DragEvent, dropped: boolean) => {
        const plane = canvas.shownPlane();
        const carried = plane === null ? null : read(event);
        say(plane === null || carried === null ? null : dragOf(canvas, plane, carried, dropped));
      };
      return [
        [`${prefix}.move`, (event) => carry(event, false)],
        [`${prefix}.end`, (event) => carry(event, true)],
        [
          `${prefix}.cleanup`,
          () => {
            if (drag?.dropped) timer = setTimeout(() => say(null), settling);
            else say(null);
          },
        ],
      ];
    },
  );
  for (const [event, listener] of listeners) bus.on(event, last, listener);
  return () => {
    for (const [event, listener] of listeners) bus.off(event, listener);
    say(null);
  };
}

function dragOf(canvas: DiagramCanvas, plane: string, carried: Carried, dropped: boolean): Drag | null {
  const { elements = [], dx = 0, dy = 0, boxes = [], line = [] } = carried;
  const keys = elements.slice(0, most).flatMap((element) => canvas.keyOf(element) ?? []);
  if (keys.length === 0 && boxes.length === 0 && line.length === 0) return null;
  return {
    plane,
    keys,
    dx: rounded(dx),
    dy: rounded(dy),
    boxes: boxes.slice(0, most).map(({ x, y, width, height }) => ({
      x: rounded(x),
      y: rounded(y),
      width: rounded(width),
      height: rounded(height),
    })),
    line: line.slice(0, most).map(({ x, y }) => ({ x: rounded(x), y: rounded(y) })),
    dropped,
  };
}
