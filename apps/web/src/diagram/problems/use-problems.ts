import { type LintFinding, lintDiagram } from '@tidemark/bpmn';
import type { DiagramView, Elements } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { createContext, useContext, useEffect, useMemo, useState } from 'react';
import { useView } from '../context.ts';
import type { Tools } from '../tools/context.ts';
import { definitionsOf, type ModdleObject } from '../tools/elements.ts';
import { service } from '../tools/services.ts';
import { type Problem, problemsOf } from './problem.ts';

/** Stillness after which the rules are asked again, milliseconds. */
const stillness = 700;

export const ProblemsContext = createContext<readonly Problem[] | null>(null);

/** Null until the rules were asked for the first time. */
export function useProblems(): readonly Problem[] | null {
  return useContext(ProblemsContext);
}

/** Asks the rules when nothing has changed for a moment and the browser has nothing else to do. */
export function useLinting(tools: Tools | null): readonly Problem[] | null {
  const view = useView(whole);
  const [lint, setLint] = useState<readonly LintFinding[] | null>(null);
  const canvas = tools?.canvas ?? null;
  useEffect(() => {
    if (canvas === null) return;
    let idle = 0;
    const timer = setTimeout(() => {
      idle = whenIdle(() => setLint(findingsOf(canvas, view)));
    }, stillness);
    return () => {
      clearTimeout(timer);
      cancelIdle(idle);
    };
  }, [canvas, view]);
  return useMemo(
    () => lint && problemsOf(view.elements, lint, view.findings),
    [lint, view.elements, view.findings],
  );
}

const whole = (view: DiagramView) => view;

/** The rules read the tree that bpmn-js works on; what they find is told by the keys of the records. */
function findingsOf(canvas: DiagramCanvas, view: DiagramView): readonly LintFinding[] {
  const root = service(canvas, 'canvas').getRootElement();
  const definitions = root.businessObject && definitionsOf(root.businessObject);
  if (!definitions) return [];
  const keys = keysById(view.elements);
  return lintDiagram<ModdleObject>({
    definitions,
    keyOf: (element) => {
      const id = element.get?.('id');
      return typeof id === 'string' ? keys.get(id) : null;
    },
  });
}

function keysById(elements: Elements): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const [key, element] of elements) {
    const id = element.values.get('@id');
    if (typeof id === 'string') keys.set(id, key);
  }
  return keys;
}

function whenIdle(work: () => void): number {
  if ('requestIdleCallback' in window) return window.requestIdleCallback(work, { timeout: 3000 });
  // Safari has no idle callbacks.
  return setTimeout(work, 50) as unknown as number;
}

function cancelIdle(handle: number): void {
  if ('cancelIdleCallback' in window) window.cancelIdleCallback(handle);
  else clearTimeout(handle);
}
