import type { DiagramView } from '@tidemark/documents/diagram';
import { createDiagramCanvas, type DiagramCanvas } from '@tidemark/modeler';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Session } from '../../editor/session.ts';
import { loadFont } from './font.ts';
import { modulesFor } from './modules.ts';
import { type Point, service } from './services.ts';
import { showAll } from './zoom.ts';

export interface Mounted {
  /** Null until the canvas stands. */
  readonly canvas: DiagramCanvas | null;
  /** Why there can't be one. */
  readonly failure: unknown;
  /** Times that bpmn-js threw and the canvas was built anew. */
  readonly faults: number;
  again(): void;
}

/** What is looked at, so that a canvas that takes another's place shows the same. */
interface Look {
  readonly diagram: string | null;
  readonly middle: Point;
  readonly scale: number;
}

/** Keeps a canvas in `place` for as long as there is a diagram to draw. */
export function useCanvas(
  place: RefObject<HTMLElement | null>,
  session: Session<DiagramView>,
  options: {
    readonly seeded: boolean;
    readonly mode: DiagramCanvas['mode'];
    /** Hears of the canvas, and at once when it goes: what stands around it may outlive it. */
    readonly onCanvas: (canvas: DiagramCanvas | null) => void;
  },
): Mounted {
  const { seeded, mode, onCanvas } = options;
  const { reader, editor, undo } = session;
  const [canvas, setCanvas] = useState<DiagramCanvas | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [faults, setFaults] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const look = useRef<Look | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt begins it again
  useEffect(() => {
    const parent = place.current;
    if (!parent || !seeded) return;
    // Each canvas has a place of its own: one that is still being built when it is not wanted any more disturbs nobody.
    const container = document.createElement('div');
    container.className = 'tm-diagram';
    parent.append(container);
    let ended = false;
    let end: (() => void) | null = null;
    const build = async () => {
      await loadFont(textOf(reader.view()));
      if (ended) return;
      const made = await createDiagramCanvas({
        container,
        reader,
        editor,
        undo,
        mode,
        modules: modulesFor(mode),
      });
      if (ended) return made.destroy();
      const stop = made.onFault(() => setFaults((count) => count + 1));
      end = () => {
        stop();
        look.current = lookAt(made) ?? look.current;
        made.destroy();
      };
      await show(made, look.current);
      if (ended) return;
      setCanvas(made);
      onCanvas(made);
    };
    build().catch((error: unknown) => {
      if (!ended) setFailure(error);
    });
    return () => {
      ended = true;
      setCanvas(null);
      onCanvas(null);
      setFailure(null);
      end?.();
      container.remove();
    };
  }, [place, reader, editor, undo, seeded, mode, onCanvas, attempt]);

  return { canvas, failure, faults, again: () => setAttempt((count) => count + 1) };
}

/** Null while the canvas has no size to speak of: for a moment, a narrowing window leaves it none beside the panel. */
function lookAt(canvas: DiagramCanvas): Look | null {
  const { x, y, width, height, scale } = service(canvas, 'canvas').viewbox();
  if (!(scale > 0)) return null;
  return { diagram: canvas.shownDiagram(), middle: { x: x + width / 2, y: y + height / 2 }, scale };
}

async function show(canvas: DiagramCanvas, look: Look | null): Promise<void> {
  if (look === null) return showAll(canvas);
  const there = canvas.diagrams().some(({ key }) => key === look.diagram);
  if (there && look.diagram !== null && look.diagram !== canvas.shownDiagram()) {
    await canvas.showDiagram(look.diagram);
  }
  const view = service(canvas, 'canvas');
  view.resized();
  const { outer } = view.viewbox();
  if (outer.width <= 0 || outer.height <= 0) return;
  const { middle, scale } = look;
  const [width, height] = [outer.width / scale, outer.height / scale];
  view.viewbox({ x: middle.x - width / 2, y: middle.y - height / 2, width, height });
}

/** All that may be written on the canvas: what has to be measured in its own letters. */
function textOf({ elements }: DiagramView): string {
  let text = '';
  for (const { values } of elements.values()) {
    for (const name of ['@name', '@text'] as const) {
      const value = values.get(name);
      if (typeof value === 'string') text += value;
    }
  }
  return text;
}
