import { useSyncExternalStore } from 'react';
import { useSession } from '../../editor/context.ts';

/** Whether prices of the document stand still: an estimate that was submitted. */
export function useStandsStill(): boolean {
  const { editor, reader } = useSession();
  return useSyncExternalStore(
    reader.subscribe,
    () => editor.schema.isClosed?.(editor.doc, 'lines', 'unitCost') === true,
  );
}
