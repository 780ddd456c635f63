import type { Screen } from '../../editor/presence.ts';
import { usePresencePart } from '../../editor/use-presence.ts';
import { type DiagramPeer, diagramPresence } from './state.ts';

export type Users = readonly Screen['user'][];

/** Who has selected what: users by key, each person once. */
export function useSelectedBy(): Readonly<Record<string, Users>> {
  return usePresencePart(diagramPresence, selectedBy);
}

export function selectedBy(peers: readonly DiagramPeer[]): Record<string, Screen['user'][]> {
  const users: Record<string, Screen['user'][]> = Object.create(null);
  for (const { selection, user } of peers) {
    for (const key of selection) {
      users[key] ??= [];
      if (!users[key].some(({ id }) => id === user.id)) users[key].push(user);
    }
  }
  return users;
}
