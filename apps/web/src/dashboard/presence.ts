import type { Awareness } from 'y-protocols/awareness';

/** Where a pointer is, in the grid's own coordinates: columns (0–12, fractions) and pixels from the grid's top. */
export interface CursorPlace {
  readonly x: number;
  readonly y: number;
}

/** A tile under somebody's hand, in grid units. */
export interface DragPlace {
  readonly chart: string;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** What this screen says about itself; everything in it is untrusted when it comes from others. */
export interface PresenceState {
  readonly user: { readonly id: string; readonly name: string };
  readonly kind: 'dashboard';
  readonly cursor: CursorPlace | null;
  readonly selected: string | null;
  readonly drag: DragPlace | null;
  /** Top of the visible part, pixels in the grid: what a follower shows. */
  readonly scroll: number;
  readonly away: boolean;
}

/** One screen of somebody, as read from awareness. */
export interface Peer extends PresenceState {
  readonly clientId: number;
}

const finite = (value: unknown, max: number): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, 0), max) : null;
const short = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : null;
const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Total: what is not as it should be is left out, and a state without a user is nobody. */
export function readPeer(clientId: number, raw: unknown): Peer | null {
  const state = object(raw);
  const user = object(state.user);
  const id = short(user.id);
  const name = short(user.name);
  if (id === null || name === null) return null;
  return {
    clientId,
    user: { id, name },
    kind: 'dashboard',
    cursor: readCursor(state.cursor),
    selected: short(state.selected),
    drag: readDrag(state.drag),
    scroll: finite(state.scroll, 10_000_000) ?? 0,
    away: state.away === true,
  };
}

function readCursor(raw: unknown): CursorPlace | null {
  const { x, y } = object(raw);
  const left = finite(x, 12);
  const top = finite(y, 10_000_000);
  return left === null || top === null ? null : { x: left, y: top };
}

function readDrag(raw: unknown): DragPlace | null {
  const { chart, x, y, w, h } = object(raw);
  const id = short(chart);
  const place = [finite(x, 11), finite(y, 10_000), finite(w, 12), finite(h, 100)];
  if (id === null || place.some((part) => part === null)) return null;
  return { chart: id, x: place[0]!, y: place[1]!, w: place[2]!, h: place[3]! };
}

/** One person, however many screens they have open. */
export interface PresentPerson {
  readonly id: string;
  readonly name: string;
  readonly devices: number;
  /** Away on every device. */
  readonly away: boolean;
  readonly me: boolean;
}

/** People by id, oneself first, then by name: the same order on every render. */
export function peopleOf(peers: readonly Peer[], me: { id: string; name: string }): PresentPerson[] {
  const people = new Map<string, PresentPerson>();
  people.set(me.id, { ...me, devices: 1, away: false, me: true });
  for (const peer of peers) {
    const known = people.get(peer.user.id);
    people.set(peer.user.id, {
      id: peer.user.id,
      name: known?.name ?? peer.user.name,
      devices: (known?.devices ?? 0) + 1,
      away: (known?.away ?? true) && peer.away,
      me: peer.user.id === me.id,
    });
  }
  return [...people.values()].sort(
    (a, b) => Number(b.me) - Number(a.me) || a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1),
  );
}

/** Least time between two states sent, milliseconds: 20 a second at most. */
const pace = 50;

/** Writes this screen's own state, not faster than the pace; the last state always gets out. */
export function createPresenceWriter(awareness: Awareness, user: PresenceState['user']) {
  let state: PresenceState = {
    user,
    kind: 'dashboard',
    cursor: null,
    selected: null,
    drag: null,
    scroll: 0,
    away: document.hidden,
  };
  let sentAt = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const send = () => {
    timer = null;
    sentAt = performance.now();
    awareness.setLocalState({ ...state });
  };
  send();
  return {
    set(part: Partial<Omit<PresenceState, 'user' | 'kind'>>) {
      state = { ...state, ...part };
      timer ??= setTimeout(send, Math.max(0, sentAt + pace - performance.now()));
    },
    stop() {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

export type PresenceWriter = ReturnType<typeof createPresenceWriter>;
