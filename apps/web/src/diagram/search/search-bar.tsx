import { IconChevronDown, IconChevronUp, IconSearch, IconX } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { useDiagramView, useTools } from '../tools/context.ts';
import type { CanvasElement } from '../tools/elements.ts';
import { elementAt } from '../tools/elements-at.ts';
import { reveal } from '../tools/reveal.ts';
import { service } from '../tools/services.ts';
import { useRevision } from '../tools/use-canvas.ts';
import css from './search.module.css';
import { type Hit, search } from './search.ts';

/** Finds words in the diagram, on all its planes: Enter goes on, Shift+Enter back, Esc closes. */
export function SearchBar({ onClose }: { onClose: () => void }) {
  const { canvas } = useTools();
  const view = useDiagramView();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const asked = useDeferredValue(query);
  const hits = useMemo(() => search(view.elements, view.root, asked), [view.elements, view.root, asked]);
  const current = hits[Math.min(at, hits.length - 1)];
  const list = useId();
  useHighlights(hits, current?.key ?? null);

  const go = (index: number) => {
    if (hits.length === 0) return;
    const next = (index + hits.length) % hits.length;
    setAt(next);
    const hit = hits[next];
    if (hit) void reveal(canvas, view, hit.key, { near: true });
  };
  const close = () => {
    onClose();
    service(canvas, 'canvas').focus?.();
  };
  // The first hit is shown while one types; the canvas does not wait for Enter.
  const first = hits[0]?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: others' edits must not move the canvas
  useEffect(() => {
    setAt(0);
    if (first !== undefined) void reveal(canvas, view, first, { near: true });
  }, [asked, first]);

  return (
    <search className={css.bar} aria-label="In this diagram">
      <div className={css.line}>
        <IconSearch size={16} stroke={1.7} aria-hidden />
        <input
          className={css.input}
          aria-label="Search the diagram"
          placeholder="Names, ids, documentation, types"
          value={query}
          // biome-ignore lint/a11y/noAutofocus: it opens because one wants to type
          autoFocus
          autoComplete="off"
          spellCheck={false}
          aria-controls={list}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') close();
            else if (event.key === 'Enter') go(event.shiftKey ? at - 1 : at + 1);
            else if (event.key === 'ArrowDown') go(at + 1);
            else if (event.key === 'ArrowUp') go(at - 1);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <span className={css.count} role="status">
          {query.trim() === ''
            ? ''
            : hits.length === 0
              ? 'None'
              : `${Math.min(at, hits.length - 1) + 1} of ${hits.length}`}
        </span>
        <IconButton label="Previous" size={28} disabled={hits.length === 0} onClick={() => go(at - 1)}>
          <IconChevronUp size={16} stroke={1.8} />
        </IconButton>
        <IconButton label="Next" size={28} disabled={hits.length === 0} onClick={() => go(at + 1)}>
          <IconChevronDown size={16} stroke={1.8} />
        </IconButton>
        <IconButton label="Close search" size={28} onClick={close}>
          <IconX size={16} stroke={1.8} />
        </IconButton>
      </div>
      {hits.length > 0 && (
        <ul id={list} className={css.hits} aria-label="Found">
          {hits.slice(0, 50).map((hit, index) => (
            <li key={hit.key}>
              <button
                type="button"
                className={css.hit}
                data-current={hit.key === current?.key || undefined}
                onClick={() => go(index)}
              >
                <span className={css.name}>{hit.name || hit.words}</span>
                <span className={css.where}>{hit.excerpt ?? (hit.name ? hit.words : '')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </search>
  );
}

/** Marks on the shapes that are shown. */
function useHighlights(hits: readonly Hit[], current: string | null): void {
  const { canvas } = useTools();
  const revision = useRevision();
  // biome-ignore lint/correctness/useExhaustiveDependencies: elements that are made anew have lost their marks
  useEffect(() => {
    const drawing = service(canvas, 'canvas');
    const marked: [CanvasElement, string][] = [];
    for (const { key } of hits) {
      const element = elementAt(canvas, key);
      if (!element?.parent) continue;
      const marker = key === current ? 'tm-found-current' : 'tm-found';
      drawing.addMarker(element, marker);
      marked.push([element, marker]);
    }
    return () => {
      const registry = service(canvas, 'elementRegistry');
      for (const [element, marker] of marked) {
        if (registry.get(element.id) === element) drawing.removeMarker(element, marker);
      }
    };
  }, [canvas, hits, current, revision]);
}
