import { useEffect } from 'react';
import { useTools } from '../tools/context.ts';
import { elementAt } from '../tools/elements-at.ts';
import { service } from '../tools/services.ts';
import { useRevision } from '../tools/use-canvas.ts';
import type { Problem } from './problem.ts';
import css from './problems.module.css';

const type = 'tidemark-problem';

/** Small marks at the corners of what has problems; null shows none. */
export function useMarks(problems: readonly Problem[] | null): void {
  const { canvas, mayEdit } = useTools();
  const revision = useRevision();
  // biome-ignore lint/correctness/useExhaustiveDependencies: elements that are made anew have lost their marks
  useEffect(() => {
    if (!mayEdit || !problems) return;
    const overlays = service(canvas, 'overlays');
    for (const [key, about] of byElement(problems)) {
      const element = elementAt(canvas, key);
      if (!element?.parent || element.waypoints) continue;
      overlays.add(element, type, {
        html: markFor(about, () => service(canvas, 'selection').select(element)),
        position: { top: -9, left: -9 },
        show: { minZoom: 0.4 },
      });
    }
    return () => overlays.remove({ type });
  }, [canvas, mayEdit, problems, revision]);
}

function byElement(problems: readonly Problem[]): ReadonlyMap<string, readonly Problem[]> {
  const all = new Map<string, Problem[]>();
  for (const problem of problems) {
    if (problem.key === null) continue;
    const list = all.get(problem.key) ?? [];
    all.set(problem.key, list);
    list.push(problem);
  }
  return all;
}

/** For the pointer; by keyboard the same problems are in the list. */
function markFor(problems: readonly Problem[], open: () => void): HTMLElement {
  const mark = document.createElement('button');
  const severe = problems.some(({ severity }) => severity === 'error');
  mark.type = 'button';
  mark.className = css.mark ?? '';
  mark.dataset.severity = severe ? 'error' : 'warning';
  mark.tabIndex = -1;
  mark.textContent = '!';
  const words = problems.map(({ message }) => message).join('\n');
  mark.title = words;
  mark.setAttribute('aria-label', words);
  mark.addEventListener('click', (event) => {
    event.stopPropagation();
    open();
  });
  return mark;
}
