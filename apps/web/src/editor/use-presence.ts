import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { useSession } from './context.ts';
import {
  createPresenceWriter,
  type Peer,
  type PresenceKind,
  type PresenceWriter,
  type PresentPerson,
  peopleOf,
  readPeer,
} from './presence.ts';

export interface PeerStore<P extends object> {
  read(): readonly Peer<P>[];
  subscribe(listener: () => void): () => void;
}

const stores = new WeakMap<Awareness, Map<PresenceKind<object>, PeerStore<object>>>();

/** Everybody else's screens, read at most once per change of awareness however many parts ask. */
function storeOf<P extends object>(awareness: Awareness, presence: PresenceKind<P>): PeerStore<P> {
  const known = stores.get(awareness) ?? new Map<PresenceKind<object>, PeerStore<object>>();
  stores.set(awareness, known);
  // What is kept under a kind was made by it.
  const kept = known.get(presence) as PeerStore<P> | undefined;
  if (kept) return kept;
  let peers: readonly Peer<P>[] | null = null;
  awareness.on('change', () => {
    peers = null;
  });
  const store: PeerStore<P> = {
    read() {
      peers ??= [...awareness.getStates()]
        .filter(([clientId]) => clientId !== awareness.clientID)
        .flatMap(([clientId, state]) => readPeer(clientId, state, presence) ?? []);
      return peers;
    },
    subscribe(listener) {
      awareness.on('change', listener);
      return () => awareness.off('change', listener);
    },
  };
  known.set(presence, store);
  return store;
}

/** For what draws by itself, past React. */
export function usePeerStore<P extends object>(presence: PresenceKind<P>): PeerStore<P> {
  return storeOf(useSession().provider.awareness, presence);
}

/** All of it: renders with every move of a pointer. */
export function usePeers<P extends object>(presence: PresenceKind<P>): readonly Peer<P>[] {
  const store = storeOf(useSession().provider.awareness, presence);
  return useSyncExternalStore(store.subscribe, store.read);
}

/**
 * A part of what others say, as plain JSON. Pointers move 20 times a second: compared as text, a part that did not
 * change renders nothing.
 */
export function usePresencePart<P extends object, T>(
  presence: PresenceKind<P>,
  select: (peers: readonly Peer<P>[]) => T,
): T {
  const store = storeOf(useSession().provider.awareness, presence);
  const text = useSyncExternalStore(store.subscribe, () => JSON.stringify(select(store.read()) ?? null));
  return useMemo(() => JSON.parse(text) as T, [text]);
}

/** For those who ask only who is here. */
const anyKind: PresenceKind<object> = { kind: '', empty: {}, away: {}, read: () => ({}) };

export function usePeople(): readonly PresentPerson[] {
  const { me } = useSession();
  return usePresencePart(anyKind, (screens) => peopleOf(screens, me));
}

/** Makes the writer and keeps "away" true to the tab; null until the first render has settled. */
export function useOwnPresence<P extends object>(presence: PresenceKind<P>): PresenceWriter<P> | null {
  const { provider, me } = useSession();
  const [writer, setWriter] = useState<PresenceWriter<P> | null>(null);
  useEffect(() => {
    const made = createPresenceWriter(provider.awareness, { id: me.id, name: me.name }, presence);
    setWriter(made);
    const visible = () => made.setAway(document.hidden);
    document.addEventListener('visibilitychange', visible);
    return () => {
      made.stop();
      document.removeEventListener('visibilitychange', visible);
    };
  }, [provider, me, presence]);
  return writer;
}

/** Who came and who left since the last render, as one sentence; null while nobody did. */
export function useComings(people: readonly PresentPerson[]): { text: string } | null {
  const before = useRef<ReadonlyMap<string, string> | null>(null);
  const [message, setMessage] = useState<{ text: string } | null>(null);
  useEffect(() => {
    const now = new Map(people.filter(({ me }) => !me).map(({ id, name }) => [id, name]));
    const known = before.current;
    before.current = now;
    if (known === null) return;
    const came = [...now].filter(([id]) => !known.has(id)).map(([, name]) => name);
    const left = [...known].filter(([id]) => !now.has(id)).map(([, name]) => name);
    const parts = [
      came.length > 0 ? `${came.join(', ')} joined` : '',
      left.length > 0 ? `${left.join(', ')} left` : '',
    ].filter(Boolean);
    if (parts.length > 0) setMessage({ text: `${parts.join('; ')}.` });
  }, [people]);
  return message;
}
