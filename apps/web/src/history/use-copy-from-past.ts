import { kinds, type Thing } from '@tidemark/documents';
import { type Past, readPast } from '@tidemark/documents/records';
import { useContext } from 'react';
import { useSession } from '../editor/context.ts';
import { copyNow } from './copy-now.ts';
import { LiveContext, useMayChange } from './live.ts';

/** `then`: the moment in which the things stand, where it is not the one that is shown. */
type Copy = (things: readonly Thing[], name: string, then?: Past) => void;

/** Makes things of the past that is shown anew in the document of now; null where no past is shown, or nothing may be written. */
export function useCopyFromPast(): Copy | null {
  const shown = useSession();
  const live = useContext(LiveContext);
  const mayChange = useMayChange();
  if (live === null || !mayChange) return null;
  return (things, name, then) =>
    copyNow(live, then ?? readPast(shown.provider.doc, kinds[live.kind].schema), things, name);
}
