import { createContext, useContext } from 'react';
import { useSession } from '../editor/context.ts';
import type { Session } from '../editor/session.ts';

/** The live session behind a past that is shown; null where nothing else than the live one is. */
export const LiveContext = createContext<Session | null>(null);

/** The document of now, also from inside of a past. */
export function useLive(): Session {
  const session = useSession();
  return useContext(LiveContext) ?? session;
}
