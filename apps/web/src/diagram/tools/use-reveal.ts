import { usePhone } from '@tidemark/ui';
import { useCallback } from 'react';
import { useDesk } from '../context.ts';
import { useDiagramView, useTools } from './context.ts';
import type { CanvasElement } from './elements.ts';
import { reveal } from './reveal.ts';

/** Shows an element on the canvas; on a phone the sheet that covers it goes away first. */
export function useReveal(): (key: string) => Promise<CanvasElement | null> {
  const { canvas } = useTools();
  const view = useDiagramView();
  const { open } = useDesk();
  const phone = usePhone();
  return useCallback(
    (key) => {
      if (phone) open(null);
      return reveal(canvas, view, key);
    },
    [canvas, view, open, phone],
  );
}
