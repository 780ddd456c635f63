import type { DiagramCanvas } from '@tidemark/modeler';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTools } from './context.ts';
import { bearer, type CanvasElement } from './elements.ts';
import { service } from './services.ts';

/** Counts the changes of the canvas, own and others': what is read from its elements is read anew when this grows. */
export function useRevision(): number {
  const { canvas } = useTools();
  const counter = useMemo(() => countChanges(canvas), [canvas]);
  return useSyncExternalStore(counter.subscribe, counter.read);
}

function countChanges(canvas: DiagramCanvas) {
  let count = 0;
  return {
    read: () => count,
    subscribe(listener: () => void) {
      const changed = () => {
        count += 1;
        listener();
      };
      const stops = [canvas.subscribe(changed), canvas.onFault(changed)];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}

/** Calls `listener` for events of bpmn-js. `events` must be a constant. */
export function useCanvasEvents(
  events: readonly string[],
  listener: (event: Record<string, unknown>) => unknown,
  priority = 1000,
): void {
  const { canvas } = useTools();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  }, [listener]);
  useEffect(() => {
    const bus = service(canvas, 'eventBus');
    const heard = (event: Record<string, unknown>) => latest.current(event);
    bus.on([...events], priority, heard);
    return () => bus.off([...events], heard);
  }, [canvas, events, priority]);
}

const selectionEvents = ['selection.changed'] as const;

/** The selected elements; a label stands for what it belongs to. The same array until the selection changes. */
export function useSelected(): readonly CanvasElement[] {
  const { canvas } = useTools();
  // Elements that others change may be made anew: the selection is then read again.
  useRevision();
  const [, setTurn] = useState(0);
  useCanvasEvents(
    selectionEvents,
    useCallback(() => setTurn((turn) => turn + 1), []),
  );
  const kept = useRef<readonly CanvasElement[]>([]);
  const now = [...new Set(service(canvas, 'selection').get().map(bearer))];
  if (now.length !== kept.current.length || now.some((each, index) => each !== kept.current[index])) {
    kept.current = now;
  }
  return kept.current;
}
