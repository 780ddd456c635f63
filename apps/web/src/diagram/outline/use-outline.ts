import { useDeferredValue, useMemo } from 'react';
import { useDiagramView } from '../tools/context.ts';
import { type OutlineNode, outlineOf } from './outline.ts';

/** The tree as the document reads now. Worked out after what is more urgent: a canvas that moves must not wait for it. */
export function useOutline(): readonly OutlineNode[] {
  const { elements, root } = useDeferredValue(useDiagramView());
  return useMemo(() => outlineOf(elements, root), [elements, root]);
}
