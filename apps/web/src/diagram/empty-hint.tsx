import type { DiagramView } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { KeyboardHint } from '@tidemark/ui';
import { useMayEdit } from '../editor/rights.ts';
import { useView } from './context.ts';
import css from './empty-hint.module.css';

/** How to begin, while there is nothing but the first start event. */
export function EmptyHint({ mode }: { mode: DiagramCanvas['mode'] }) {
  const mayEdit = useMayEdit();
  const begun = useView(isBegun);
  if (begun) return null;
  return (
    <p className={css.hint}>
      {mode === 'edit' ? (
        <>
          Drag from the palette, or press <KeyboardHint keys="A" />
        </>
      ) : mayEdit ? (
        'Draw on a larger screen; here you can follow along.'
      ) : (
        'Nobody has drawn anything here so far.'
      )}
    </p>
  );
}

/** Whether there is more on the paper than one shape. */
function isBegun({ elements }: DiagramView): boolean {
  let shapes = 0;
  for (const { type } of elements.values()) {
    if (type === 'bpmndi:BPMNShape' || type === 'bpmndi:BPMNEdge') shapes += 1;
    if (shapes > 1) return true;
  }
  return false;
}
