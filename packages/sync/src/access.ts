import type { Access, Frame } from '@tidemark/protocol';
import type { Principal } from './ports.ts';

/** What a session may do of what its person may. */
export function within({ atMost }: Principal, allowed: Access): Access {
  return atMost === 'read' ? 'read' : allowed;
}

/** How a session hears that its right has changed; null where stock clients have no word for it. */
export function accessNotice(access: Access, extended: boolean): Frame | null {
  if (!extended) return access === 'read' ? { type: 'permission-denied', reason: 'read-only' } : null;
  const reason = access === 'read' ? 'You may read this but no longer change it.' : 'You may change this.';
  return { type: 'access', access, reason };
}
