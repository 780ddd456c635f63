import { useQuery } from '@tanstack/react-query';
import type { DiagramView } from '@tidemark/documents/diagram';
import type { DiagramCanvas } from '@tidemark/modeler';
import { KeyboardHint } from '@tidemark/ui';
import { documentQuery } from '../api/documents.ts';
import { useMayEdit } from '../editor/rights.ts';
import { useImport } from '../import/use-import.ts';
import { diagramFiles, pickFiles } from '../shell/files.ts';
import { useDiagram, useView } from './context.ts';
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
          Drag from the palette, press <KeyboardHint keys="A" />, or <ImportButton />
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

/** An import is a diagram of its own, with the file and its report: it opens in this one's place and leaves this one as it is. */
function ImportButton() {
  const { documentId } = useDiagram();
  const { data } = useQuery(documentQuery(documentId));
  const importDiagrams = useImport(data?.projectId ?? null);
  return (
    <button
      type="button"
      className={css.pick}
      onClick={async () => {
        const files = await pickFiles(diagramFiles);
        if (files.length > 0) await importDiagrams(files);
      }}
    >
      import a BPMN file
    </button>
  );
}
