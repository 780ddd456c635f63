import { useMemo } from 'react';
import type { Anchors } from '../../conversation/context.ts';
import { useDiagram, useSelection, useView } from '../context.ts';
import { nameOf, typeWordsAt } from '../outline/elements-view.ts';
import { reveal } from '../tools/reveal.ts';

/** What threads of a diagram can be about: its elements, by their keys. */
export function useElementAnchors(): Anchors {
  const { canvas, reader } = useDiagram();
  const elements = useView((view) => view.elements);
  const [selected, ...more] = useSelection();
  return useMemo(() => {
    const called = (id: string) =>
      elements.has(id)
        ? nameOf(elements, id).replaceAll(/\s+/g, ' ').trim() || typeWordsAt(elements, id)
        : null;
    return {
      nameOf: ({ kind, id }) => (kind === 'element' ? called(id) : null),
      show({ id }) {
        if (canvas) void reveal(canvas, reader.view(), id, { near: true });
      },
      current() {
        const name = selected === undefined || more.length > 0 ? null : called(selected);
        return selected === undefined || name === null
          ? null
          : { kind: 'element', id: selected, label: name };
      },
    };
  }, [canvas, reader, elements, selected, more.length]);
}
