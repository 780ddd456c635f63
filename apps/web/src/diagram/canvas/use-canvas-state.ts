import type { DiagramCanvas } from '@tidemark/modeler';
import { useMemo, useSyncExternalStore } from 'react';
import { useDiagram } from '../context.ts';
import { onCanvas } from './services.ts';

const moves = ['canvas.viewbox.changed', 'root.set'];

/** Something of the canvas as plain JSON, read again when it is changed, moved or zoomed. */
export function useCanvasState<T>(read: (canvas: DiagramCanvas) => T, without: T): T {
  const { canvas } = useDiagram();
  const subscribe = useMemo(
    () => (listener: () => void) => {
      if (canvas === null) return () => undefined;
      const stops = [canvas.subscribe(listener), onCanvas(canvas, moves, listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [canvas],
  );
  // Compared as text: what did not change renders nothing.
  const text = useSyncExternalStore(subscribe, () => JSON.stringify(canvas ? read(canvas) : without));
  return useMemo(() => JSON.parse(text) as T, [text]);
}
