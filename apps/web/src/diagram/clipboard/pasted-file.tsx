import { useQuery } from '@tanstack/react-query';
import { ConfirmDialog } from '@tidemark/ui';
import { documentQuery } from '../../api/documents.ts';
import { useImport } from '../../import/use-import.ts';
import { useDiagram } from '../context.ts';

interface Props {
  /** Null while nobody has pasted a file. */
  xml: string | null;
  onClose: () => void;
}

/** A BPMN file that was pasted as text becomes a diagram of its own, beside this one, if that is what was meant. */
export function PastedFile({ xml, onClose }: Props) {
  const { documentId } = useDiagram();
  const { data } = useQuery(documentQuery(documentId));
  const importDiagrams = useImport(data?.projectId ?? null);
  return (
    <ConfirmDialog
      opened={xml !== null}
      title="Import a BPMN file?"
      confirm="Import"
      onClose={onClose}
      onConfirm={() => {
        if (xml !== null) void importDiagrams([new File([xml], 'Pasted.bpmn', { type: 'application/xml' })]);
        onClose();
      }}
    >
      What you pasted is a whole BPMN file. It becomes a new diagram; this one stays as it is.
    </ConfirmDialog>
  );
}
