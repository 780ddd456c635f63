import { useEffect } from 'react';
import { markHistory } from '../api/history.ts';
import { allStored } from '../editor/all-stored.ts';
import { useSession } from '../editor/context.ts';
import { useAdmitted } from '../editor/rights.ts';
import { tellRestores } from './keep.ts';

/** Restores that were made offline become versions when the server has them, and so does what stood there before. */
export function useUntoldRestores(): void {
  const { documentId, me, provider } = useSession();
  const admitted = useAdmitted();
  useEffect(() => {
    if (!admitted) return;
    const tell = async () => {
      if (!(await allStored(provider))) return;
      await tellRestores(me.id, documentId, ({ about, entry }) =>
        markHistory(documentId, 'restored', about, entry),
      );
    };
    // What could not be told is kept, and told when the document is opened or the server is back again.
    tell().catch(() => undefined);
  }, [admitted, provider, documentId, me.id]);
}
