import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useSyncExternalStore } from 'react';
import { useSession } from './context.ts';

/** Undo and redo of what this person did here, with what they would take back or do again. */
export function UndoButtons({ size }: { size: number }) {
  const { undo } = useSession();
  const { canUndo, canRedo, undoLabel, redoLabel } = useSyncExternalStore(undo.subscribe, undo.status);
  return (
    <>
      <IconButton
        label={undoLabel ? `Undo: ${undoLabel}` : 'Undo'}
        size={size}
        disabled={!canUndo}
        onClick={() => undo.undo()}
      >
        <IconArrowBackUp size={18} stroke={1.7} />
      </IconButton>
      <IconButton
        label={redoLabel ? `Redo: ${redoLabel}` : 'Redo'}
        size={size}
        disabled={!canRedo}
        onClick={() => undo.redo()}
      >
        <IconArrowForwardUp size={18} stroke={1.7} />
      </IconButton>
    </>
  );
}
