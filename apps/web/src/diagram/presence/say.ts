import type { CanvasElement, DiagramCanvas } from '@tidemark/modeler';
import type { PresenceWriter } from '../../editor/presence.ts';
import { onCanvas, type Point, service } from '../canvas/services.ts';
import { lieOf, type Sight } from './sight.ts';
import type { DiagramPresence } from './state.ts';

export type Writer = PresenceWriter<DiagramPresence>;

/** Tenths of the diagram's units are enough, and shorter to send. */
export const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Tells where the pointer is, also when the paper moves under it. Fingers point at nothing while they are up. */
export function sayCursor(canvas: DiagramCanvas, writer: Writer): () => void {
  const container = service(canvas, 'canvas').getContainer();
  let pointer: Point | null = null;
  const say = () => {
    const plane = canvas.shownPlane();
    const lie = pointer && lieOf(canvas);
    if (!pointer || !lie || plane === null) return writer.set({ cursor: null });
    const { left, top } = container.getBoundingClientRect();
    const x = rounded((pointer.x - left - lie.offset.x) / lie.scale);
    const y = rounded((pointer.y - top - lie.offset.y) / lie.scale);
    writer.set({ cursor: { x, y, plane } });
  };
  const move = ({ pointerType, clientX, clientY }: PointerEvent) => {
    if (pointerType === 'touch') return;
    pointer = { x: clientX, y: clientY };
    say();
  };
  const leave = () => {
    pointer = null;
    say();
  };
  const still = () => pointer && say();
  container.addEventListener('pointermove', move);
  container.addEventListener('pointerleave', leave);
  const stop = onCanvas(canvas, ['canvas.viewbox.changed', 'root.set'], still);
  return () => {
    container.removeEventListener('pointermove', move);
    container.removeEventListener('pointerleave', leave);
    stop();
    writer.set({ cursor: null });
  };
}

/** Tells which part of which plane this screen shows. */
export function sayView(canvas: DiagramCanvas, writer: Writer, sight: Sight): () => void {
  const say = () => {
    const seen = sight.seen();
    if (!seen) return;
    const { x, y, width, height, plane } = seen;
    const [left, top] = [rounded(x), rounded(y)];
    writer.set({ viewbox: { x: left, y: top, width: rounded(width), height: rounded(height), plane } });
  };
  const stop = onCanvas(canvas, ['canvas.viewbox.changed', 'root.set', 'import.done'], say);
  // bpmn-js does not see that its window was made larger or smaller.
  const observer = new ResizeObserver(() => {
    service(canvas, 'canvas').resized();
    sight.refit();
    say();
  });
  observer.observe(service(canvas, 'canvas').getContainer());
  return () => {
    observer.disconnect();
    stop();
  };
}

/** Tells whose name is being written on the canvas. */
export function sayTyping(canvas: DiagramCanvas, writer: Writer): () => void {
  const begin = ({ active }: { readonly active: { readonly element: CanvasElement } }) =>
    writer.set({ editing: canvas.keyOf(active.element.labelTarget ?? active.element) });
  const end = () => writer.set({ editing: null });
  const stops = [
    onCanvas(canvas, 'directEditing.activate', begin),
    onCanvas(canvas, 'directEditing.deactivate', end),
  ];
  return () => {
    for (const stop of stops) stop();
    end();
  };
}
