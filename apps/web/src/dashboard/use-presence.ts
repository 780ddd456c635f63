import { createContext, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import { useDashboard } from './context.ts';
import {
  createPresenceWriter,
  type Peer,
  type PresenceWriter,
  type PresentPerson,
  peopleOf,
  readPeer,
} from './presence.ts';

interface PeerStore {
  read(): readonly Peer[];
  subscribe(listener: () => void): () => void;
}

const stores = new WeakMap<Awareness, PeerStore>();

/** Everybody else's screens, read at most once per change of awareness however many parts ask. */
function storeOf(awareness: Awareness): PeerStore {
  const known = stores.get(awareness);
  if (known) return known;
  let peers: readonly Peer[] | null = null;
  awareness.on('change', () => {
    peers = null;
  });
  const store: PeerStore = {
    read() {
      peers ??= [...awareness.getStates()]
        .filter(([clientId]) => clientId !== awareness.clientID)
        .flatMap(([clientId, state]) => readPeer(clientId, state) ?? []);
      return peers;
    },
    subscribe(listener) {
      awareness.on('change', listener);
      return () => awareness.off('change', listener);
    },
  };
  stores.set(awareness, store);
  return store;
}

/** All of it: renders with every move of a pointer. */
export function usePeers(): readonly Peer[] {
  const store = storeOf(useDashboard().provider.awareness);
  return useSyncExternalStore(store.subscribe, store.read);
}

/**
 * A part of what others say, as plain JSON. Pointers move 20 times a second: compared as text, a part that did not
 * change renders nothing.
 */
export function usePresencePart<T>(select: (peers: readonly Peer[]) => T): T {
  const store = storeOf(useDashboard().provider.awareness);
  const text = useSyncExternalStore(store.subscribe, () => JSON.stringify(select(store.read()) ?? null));
  return useMemo(() => JSON.parse(text) as T, [text]);
}

/** Who has this chart selected, each person once. */
export function useSelectedBy(chartId: string): readonly Peer['user'][] {
  return usePresencePart((peers) => [
    ...new Map(
      peers.filter(({ selected }) => selected === chartId).map(({ user }) => [user.id, user]),
    ).values(),
  ]);
}

export function usePeople(): readonly PresentPerson[] {
  const { me } = useDashboard();
  return usePresencePart((peers) => peopleOf(peers, me));
}

export const PresenceContext = createContext<PresenceWriter | null>(null);

/** Says where this screen is; null until the first render has settled. */
export function usePresenceWriter(): PresenceWriter | null {
  return useContext(PresenceContext);
}

/** Makes the writer and keeps "away" true to the tab. */
export function useOwnPresence(selected: string | null): PresenceWriter | null {
  const { provider, me } = useDashboard();
  const [writer, setWriter] = useState<PresenceWriter | null>(null);
  useEffect(() => {
    const made = createPresenceWriter(provider.awareness, { id: me.id, name: me.name });
    setWriter(made);
    const visible = () => made.set({ away: document.hidden, ...(document.hidden ? { cursor: null } : {}) });
    document.addEventListener('visibilitychange', visible);
    return () => {
      made.stop();
      document.removeEventListener('visibilitychange', visible);
    };
  }, [provider, me]);
  useEffect(() => writer?.set({ selected }), [writer, selected]);
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
