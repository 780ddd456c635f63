import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { nounOf } from '../shell/kind-words.ts';
import { useSession } from './context.ts';
import type { PresentPerson } from './presence.ts';
import { useComings } from './use-presence.ts';

/** Least time between two words about others' changes, milliseconds: people who type must not be talked over. */
const pace = 15_000;

/** What is said aloud to those who do not see it: who came and left, and that others change things. */
export function useAnnouncements(people: readonly PresentPerson[]): { text: string } | null {
  const { provider, editor, kind } = useSession();
  const coming = useComings(people);
  const [message, setMessage] = useState<{ text: string } | null>(null);

  useEffect(() => setMessage(coming), [coming]);
  useEffect(() => {
    let saidAt = 0;
    let synced = false;
    void provider.whenSynced.then(() => {
      synced = true;
    });
    const changed = (_update: Uint8Array, origin: unknown, _doc: Y.Doc, { local }: Y.Transaction) => {
      const own =
        typeof origin === 'object' && origin !== null && 'editor' in origin && origin.editor === editor;
      if (own || local || !synced || performance.now() - saidAt < pace) return;
      saidAt = performance.now();
      setMessage({ text: `Somebody else is changing this ${nounOf(kind)}.` });
    };
    provider.doc.on('update', changed);
    return () => provider.doc.off('update', changed);
  }, [provider, editor, kind]);
  return message;
}
