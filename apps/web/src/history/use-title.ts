import { useSyncExternalStore } from 'react';
import { useLive } from './live.ts';

/** What the document is called now, whatever its kind. */
export function useTitle(): string {
  const { reader } = useLive();
  return useSyncExternalStore(reader.subscribe, () => {
    const title = reader.state().meta?.get('meta')?.get('title');
    return typeof title === 'string' ? title : '';
  });
}
