import type { CanvasElement, DiagramCanvas } from '@tidemark/modeler';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { CommentBadge } from '../../conversation/comment-badge.tsx';
import { useTalk, useThreadCounts } from '../../conversation/context.ts';
import { onCanvas } from '../canvas/services.ts';
import { useDiagram } from '../context.ts';
import { commentWanted } from './comment-entry.ts';

/** How many open threads an element has, on the element; and what the context pad opens. */
export function CommentOverlays() {
  const { canvas } = useDiagram();
  const counts = useThreadCounts();
  const { anchors, discuss, look } = useTalk();
  const places = usePlaces(canvas, counts);
  useEffect(() => {
    if (!canvas) return;
    return onCanvas(canvas, commentWanted, ({ element }: { readonly element: CanvasElement }) => {
      const id = canvas.keyOf(element.labelTarget ?? element);
      if (id === null) return;
      const about = { kind: 'element', id, label: '' };
      discuss({ ...about, label: anchors.nameOf(about) ?? '' });
    });
  }, [canvas, anchors, discuss]);
  return [...places].map(([id, place]) => {
    const count = counts.get(id);
    const about = { kind: 'element', id, label: '' };
    const name = anchors.nameOf(about);
    if (!count || name === null) return null;
    const badge = <CommentBadge count={count} name={name} onOpen={() => look({ ...about, label: name })} />;
    return createPortal(badge, place, id);
  });
}

interface Overlays {
  add(element: CanvasElement, type: string, overlay: object): string;
  get(id: string): unknown;
  remove(id: string): void;
}

interface Placed {
  readonly element: CanvasElement;
  readonly overlay: string;
  readonly place: HTMLElement;
}

const none: ReadonlyMap<string, HTMLElement> = new Map();

/** A place in bpmn-js's overlays for each commented element that is drawn, by its key. */
function usePlaces(
  canvas: DiagramCanvas | null,
  counts: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, HTMLElement> {
  const [places, setPlaces] = useState(none);
  useEffect(() => {
    if (!canvas) return;
    const overlays = canvas.get<Overlays>('overlays');
    const placed = new Map<string, Placed>();
    const remove = (key: string, { overlay }: Placed) => {
      placed.delete(key);
      if (overlays.get(overlay)) overlays.remove(overlay);
    };
    /** Elements are made anew when bpmn-js draws again, and their overlays go with them. */
    const place = () => {
      let moved = false;
      for (const [key, known] of placed) {
        if (counts.has(key) && canvas.elementOf(key) === known.element && overlays.get(known.overlay))
          continue;
        remove(key, known);
        moved = true;
      }
      for (const key of counts.keys()) {
        const element = placed.has(key) ? null : canvas.elementOf(key);
        // A root has no corner.
        if (!element || !(element.width >= 0 || element.waypoints)) continue;
        placed.set(key, { element, ...putOn(overlays, element) });
        moved = true;
      }
      if (moved) setPlaces(new Map([...placed].map(([key, known]) => [key, known.place])));
    };
    place();
    const stops = [canvas.subscribe(place), onCanvas(canvas, ['import.done', 'root.set'], place)];
    return () => {
      for (const stop of stops) stop();
      for (const [key, known] of [...placed]) remove(key, known);
      setPlaces(none);
    };
  }, [canvas, counts]);
  return places;
}

function putOn(overlays: Overlays, element: CanvasElement): Omit<Placed, 'element'> {
  const place = document.createElement('div');
  const overlay = overlays.add(element, 'tidemark-comments', {
    position: element.waypoints ? { top: -24, left: 0 } : { top: -13, right: 14 },
    html: place,
    // As large as the words around it, however far away one stands.
    scale: { min: 1, max: 1 },
    show: { minZoom: 0.35 },
  });
  return { overlay, place };
}
