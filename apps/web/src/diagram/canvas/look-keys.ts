import type { DiagramCanvas } from '@tidemark/modeler';
import { useEffect } from 'react';
import { isTyping } from '../../shell/typing.ts';
import { useDiagram } from '../context.ts';
import { showAll, zoomBy, zoomTo } from './zoom.ts';

/** Zoom, for everybody and wherever the focus is. True when the key was one of these. */
export function lookByKey(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  canvas: DiagramCanvas | null,
): boolean {
  if (canvas === null || altKey) return false;
  if (!ctrlKey && !metaKey) {
    if (key !== '1') return false;
    showAll(canvas);
    return true;
  }
  if (key === '+' || key === '=') zoomBy(canvas, 1);
  else if (key === '-') zoomBy(canvas, -1);
  else if (key === '0') zoomTo(canvas, 1);
  else return false;
  return true;
}

/** The keys of a canvas that is only looked at. */
export function useLookKeys(): void {
  const { canvas } = useDiagram();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (lookByKey(event, canvas)) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [canvas]);
}
