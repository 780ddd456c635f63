import type { Awareness } from 'y-protocols/awareness';

/**
 * What a kind says about a screen beside who sits there: pointer, selection, what is in the hand. On the wire its
 * fields stand beside `user`, `kind` and `away`.
 */
export interface PresenceKind<P extends object> {
  readonly kind: string;
  /** What a screen says that has just opened. */
  readonly empty: P;
  /** What is taken back when the tab is out of sight. */
  readonly away: Partial<P>;
  /** Total: what others send is untrusted, and what is not as it should be is left out. */
  read(raw: Readonly<Record<string, unknown>>): P;
}

/** One screen of somebody, as read from awareness. */
export interface Screen {
  readonly clientId: number;
  readonly user: { readonly id: string; readonly name: string };
  readonly away: boolean;
  /** Whether it shows the past, and nothing of what others do now. */
  readonly past: boolean;
}

export type Peer<P extends object> = Screen & P;

/** A number within 0 and `max`, or null. */
export const finite = (value: unknown, max: number): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, 0), max) : null;
export const short = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : null;
export const object = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** A state without a user is nobody. */
export function readPeer<P extends object>(
  clientId: number,
  raw: unknown,
  presence: PresenceKind<P>,
): Peer<P> | null {
  const state = object(raw);
  const user = object(state.user);
  const id = short(user.id);
  const name = short(user.name);
  if (id === null || name === null) return null;
  return {
    ...presence.read(state),
    clientId,
    user: { id, name },
    away: state.away === true,
    past: state.past === true,
  };
}

/** One person, however many screens they have open. */
export interface PresentPerson {
  readonly id: string;
  readonly name: string;
  readonly devices: number;
  /** Away on every device. */
  readonly away: boolean;
  /** Looks at the past on every device. */
  readonly past: boolean;
  readonly me: boolean;
}

/** People by id, oneself first, then by name: the same order on every render. */
export function peopleOf(screens: readonly Screen[], me: { id: string; name: string }): PresentPerson[] {
  const people = new Map<string, PresentPerson>();
  people.set(me.id, { id: me.id, name: me.name, devices: 1, away: false, past: false, me: true });
  for (const screen of screens) {
    const known = people.get(screen.user.id);
    people.set(screen.user.id, {
      id: screen.user.id,
      name: known?.name ?? screen.user.name,
      devices: (known?.devices ?? 0) + 1,
      away: (known?.away ?? true) && screen.away,
      past: (known?.past ?? true) && screen.past,
      me: screen.user.id === me.id,
    });
  }
  return [...people.values()].sort(
    (a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
  );
}

/** Least time between two states sent, milliseconds: 20 a second at most. */
const pace = 50;

/** Says where this screen is. */
export interface PresenceWriter<P extends object> {
  set(part: Partial<P>): void;
  setAway(away: boolean): void;
  /** Says nothing any more: another part of the screen may speak for this person from here on. */
  stop(): void;
}

/** Writes this screen's own state, not faster than the pace; the last state always gets out. */
export function createPresenceWriter<P extends object>(
  awareness: Awareness,
  user: Screen['user'],
  presence: PresenceKind<P>,
): PresenceWriter<P> {
  let state = { ...presence.empty, user, kind: presence.kind, away: document.hidden };
  let sentAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let stopped = false;
  const send = () => {
    timer = null;
    sentAt = performance.now();
    awareness.setLocalState({ ...state });
  };
  const change = (part: Partial<P> | { away: boolean }) => {
    // A canvas that is taken away says so, after this was stopped.
    if (stopped) return;
    state = { ...state, ...part };
    timer ??= setTimeout(send, Math.max(0, sentAt + pace - performance.now()));
  };
  send();
  return {
    set: change,
    setAway: (away) => change({ ...(away ? presence.away : {}), away }),
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
