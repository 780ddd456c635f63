import type { Me } from './types.ts';

/** Who was signed in on this device when the server was last asked, and where that is kept. */
const place = 'tidemark:signed-in';

/**
 * Whether somebody was signed in here when last asked. The cookie itself is out of reach, and a stranger's question
 * to the server would leave an error in the console of every visitor.
 */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(place) !== null;
  } catch {
    // A browser that keeps nothing: only the server can tell.
    return true;
  }
}

/** Who that was; null where nobody was, or nothing is known of them. */
export function keptMe(): Me | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
    return isMe(kept) ? kept : null;
  } catch {
    // As above, or something else was written there.
    return null;
  }
}

export function keepMe(me: Me | null): void {
  try {
    if (me === null) localStorage.removeItem(place);
    else localStorage.setItem(place, JSON.stringify(me));
  } catch {
    // Without it the server is asked, as above.
  }
}

function isMe(kept: unknown): kept is Me {
  const me = kept as Partial<Me> | null;
  return typeof me === 'object' && typeof me?.user?.id === 'string' && Array.isArray(me.spaces);
}
