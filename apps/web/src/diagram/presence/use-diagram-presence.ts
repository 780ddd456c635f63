import { useEffect, useMemo } from 'react';
import type { Viewing } from '../../editor/use-follow.ts';
import { useOwnPresence } from '../../editor/use-presence.ts';
import { onCanvas } from '../canvas/services.ts';
import { useDiagram, useSelection } from '../context.ts';
import { sayCursor, sayTyping, sayView } from './say.ts';
import { sayDrag } from './say-drag.ts';
import { createSight } from './sight.ts';
import { type DiagramPresence, diagramPresence, most, type Viewbox } from './state.ts';

/** Keeps true what others are told of this screen. Returns how it shows what somebody else looks at. */
export function useDiagramPresence(): Viewing<DiagramPresence, Viewbox> {
  const { canvas } = useDiagram();
  const writer = useOwnPresence(diagramPresence);
  const sight = useMemo(() => canvas && createSight(canvas), [canvas]);
  const selection = useSelection();
  useEffect(() => writer?.set({ selection: selection.slice(0, most) }), [writer, selection]);
  useEffect(() => {
    if (!canvas || !writer || !sight) return;
    const stops = [
      sayCursor(canvas, writer),
      sayView(canvas, writer, sight),
      sayTyping(canvas, writer),
      sayDrag(canvas, writer),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [canvas, writer, sight]);
  return useMemo(
    () => ({
      presence: diagramPresence,
      of: ({ viewbox }) => viewbox,
      show: (box, motion) => sight?.show(box, motion),
      moves: ['wheel', 'pointerdown', 'touchmove'],
      watch(moved) {
        if (!canvas || !sight) return () => undefined;
        const unwatch = onCanvas(canvas, 'canvas.viewbox.changed', () => {
          if (sight.isMovedByHand()) moved();
        });
        return () => {
          unwatch();
          sight.stop();
        };
      },
    }),
    [canvas, sight],
  );
}
