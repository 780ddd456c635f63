import { useEffect } from 'react';

/** Names the browser tab while the component stands. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title ? `${title} · Tidemark` : 'Tidemark';
  }, [title]);
}
