import type { DiagramCanvas } from '@tidemark/modeler';
import type { CanvasElement } from './elements.ts';
import { type ReplaceEntry, service } from './services.ts';

/** One type that an element may be turned into. */
export interface TypeChoice {
  readonly id: string;
  readonly label: string;
  /** Class of bpmn-js's icon font. */
  readonly icon: string;
  /** Turns the element; what stands in its place, if that is another one. */
  run(): CanvasElement | null;
}

/** What bpmn-js lets an element become; the same entries as in its own menu. */
export function typeChoices(canvas: DiagramCanvas, element: CanvasElement): readonly TypeChoice[] {
  if (!element.parent) return [];
  const provider = service(canvas, 'replaceMenuProvider');
  return Object.entries(provider.getPopupMenuEntries(element)).map(([id, entry]) => choice(id, entry));
}

function choice(id: string, entry: ReplaceEntry): TypeChoice {
  return {
    id,
    label: entry.label ?? entry.title ?? id,
    icon: entry.className ?? '',
    run() {
      const made = entry.action(null, entry);
      return isElement(made) ? made : null;
    },
  };
}

function isElement(value: unknown): value is CanvasElement {
  return typeof value === 'object' && value !== null && 'businessObject' in value;
}
