import { kinds } from '@tidemark/documents';
import { useSyncExternalStore } from 'react';
import { untitled } from '../../shell/kind-words.ts';
import { useLive } from '../live.ts';

/** What the document that is open is called now. */
export function useTitle(): string {
  const { reader, provider, kind } = useLive();
  return useSyncExternalStore(reader.subscribe, () => kinds[kind].title(provider.doc)) || untitled(kind);
}
