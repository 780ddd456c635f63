import { kinds, type Thing } from '@tidemark/documents';
import { readPast } from '@tidemark/documents/records';
import { useContext } from 'react';
import { useSession } from '../editor/context.ts';
import { copyNow } from './copy-now.ts';
import { LiveContext, useMayChange } from './live.ts';

/** Makes things of the past that is shown anew in the document of now; null where no past is shown, or nothing may be written. */
export function useCopyFromPast(): ((things: readonly Thing[], name: string) => void) | null {
  const shown = useSession();
  const live = useContext(LiveContext);
  const mayChange = useMayChange();
  if (live === null || !mayChange) return null;
  return (things, name) => copyNow(live, readPast(shown.provider.doc, kinds[live.kind].schema), things, name);
}
