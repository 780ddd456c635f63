import { useEffect } from 'react';
import { useSession } from '../editor/context.ts';

/** Says to others that this person is here and looks at the past: no pointer, nothing selected. */
export function usePastPresence(): void {
  const { provider, me, kind } = useSession();
  useEffect(() => {
    const say = () =>
      provider.awareness.setLocalState({
        user: { id: me.id, name: me.name },
        kind,
        away: document.hidden,
        past: true,
      });
    say();
    document.addEventListener('visibilitychange', say);
    return () => document.removeEventListener('visibilitychange', say);
  }, [provider, me, kind]);
}
