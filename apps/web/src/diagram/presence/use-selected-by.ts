import { useSession } from '../../editor/context.ts';
import type { Screen } from '../../editor/presence.ts';
import { usePresencePart } from '../../editor/use-presence.ts';
import { type DiagramPeer, diagramPresence } from './state.ts';

export type Users = readonly Screen['user'][];

/** Which others have selected what: users by key, each person once. Oneself on another device is nobody else. */
export function useSelectedBy(): Readonly<Record<string, Users>> {
  const { me } = useSession();
  return usePresencePart(diagramPresence, (peers) =>
    selectedBy(peers.filter(({ user }) => user.id !== me.id)),
  );
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
