import type { DiagramView } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { createContext, useContext, useMemo, useRef, useSyncExternalStore } from 'react';
import { usePart } from '../editor/context.ts';
import type { Session } from '../editor/session.ts';
import { selectionKeys, watchSelection } from './canvas/services.ts';
import type { Desk } from './desk.ts';

/** One person at one open diagram. */
export interface Diagram extends Session<DiagramView> {
  /** Null until it stands. */
  readonly canvas: DiagramCanvas | null;
}

export const DiagramContext = createContext<Diagram | null>(null);
export const DeskContext = createContext<Desk | null>(null);

export function useDiagram(): Diagram {
  const diagram = useContext(DiagramContext);
  if (!diagram) throw new Error('A part of the editor stands outside of it.');
  return diagram;
}

/** What is open on this screen; nobody else sees it. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('A part of the editor stands outside of it.');
  return desk;
}

/** A part of the view; see `usePart`. */
export function useView<T>(select: (view: DiagramView) => T): T {
  return usePart(useDiagram().reader, select);
}

const nothing: readonly string[] = [];
/** Nothing to hear while there is no canvas. */
const silence = () => () => undefined;

/** Keys of what is selected on the canvas, a label's those of what it belongs to. The same array until they change. */
export function useSelection(): readonly string[] {
  const { canvas } = useDiagram();
  const kept = useRef(nothing);
  return useSyncExternalStore(
    useMemo(() => (canvas ? (listener: () => void) => watchSelection(canvas, listener) : silence), [canvas]),
    () => {
      const keys = canvas ? selectionKeys(canvas) : nothing;
      if (keys.length !== kept.current.length || keys.some((key, at) => key !== kept.current[at])) {
        kept.current = keys;
      }
      return kept.current;
    },
  );
}
