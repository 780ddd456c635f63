import { useMemo } from 'react';
import { useTalk } from '../conversation/context.ts';
import { useLive } from './live.ts';
import { authorsOf } from './panel/entries.ts';
import { useHistory } from './use-history.ts';

/** What those who worked on the document are called, as far as this device knows; '' for others. */
export function useAuthorNames(): (userId: string | null) => string {
  const { me } = useLive();
  const { snapshot } = useTalk();
  const { data } = useHistory();
  return useMemo(() => {
    const items = data?.pages.flatMap((page) => page.items) ?? [];
    const names = new Map([...snapshot.people, me, ...authorsOf(items)].map(({ id, name }) => [id, name]));
    return (userId) => (userId === null ? '' : (names.get(userId) ?? ''));
  }, [snapshot.people, me, data]);
}
