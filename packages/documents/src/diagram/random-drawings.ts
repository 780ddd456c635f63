import type { Draft } from './draft.ts';
import { plainPagesOfDrawings, thingsIn } from './plain-drawings.ts';

/** What random people's tool does with drawings by itself. */

/** What moves takes its drawing along. */
export function redraw(draft: Draft): void {
  for (const [drawing, page] of plainPagesOfDrawings(thingsIn(draft.elements))) {
    draft.move(drawing, page, 'planeElement');
  }
}

export function setExpanded(draft: Draft, subprocess: string, isExpanded: boolean): void {
  for (const [key, { type, values }] of [...draft.elements]) {
    if (type !== 'bpmndi:BPMNShape' || values.get('&bpmnElement') !== subprocess) continue;
    draft.put(key, { set: { '@isExpanded': isExpanded } });
  }
}
