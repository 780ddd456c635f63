import type { Known, Waiting } from './keep.ts';
import type { Anchor, Message, Named, Thread } from './wire.ts';

/** A message as it is shown: the server's word, and over it what waits. */
export interface MessageView {
  readonly id: string;
  readonly author: { readonly id: string | null; readonly name: string };
  readonly mine: boolean;
  readonly text: string;
  readonly mentions: readonly Named[];
  /** ISO 8601. */
  readonly at: string;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly unread: boolean;
  /** What of it has not reached the server. */
  readonly pending: {
    readonly key: number;
    readonly what: 'say' | 'edit' | 'remove';
    readonly refused: string | null;
  } | null;
}

export interface ThreadView {
  readonly id: string;
  readonly anchor: Anchor | null;
  readonly messages: readonly MessageView[];
  readonly resolved: boolean;
  readonly resolvedBy: string | null;
  readonly unread: number;
  /** Whether this person wrote in it or is named in it. */
  readonly mine: boolean;
  /** The highest number of a message that the server has; 0 when it has none. */
  readonly last: number;
  readonly waits: boolean;
}

export type Filter = 'open' | 'resolved' | 'mine';

/** All threads in which something is still said, the one with the latest word first. */
export function threadsOf(known: Known, waiting: readonly Waiting[], me: Named): readonly ThreadView[] {
  const threads = new Map<string, Thread | null>(known.threads.map((thread) => [thread.id, thread]));
  for (const { change } of waiting)
    if (change.what === 'say' && !threads.has(change.thread)) threads.set(change.thread, null);
  const messages = Map.groupBy(known.messages, ({ thread }) => thread);
  const pending = Map.groupBy(waiting, ({ change }) => change.thread);
  const marks = new Map(known.marks.map(({ thread, n }) => [thread, n]));
  return [...threads]
    .map(([id, thread]) =>
      threadOf(id, thread, messages.get(id) ?? [], pending.get(id) ?? [], marks.get(id) ?? 0, me),
    )
    .filter((thread) =>
      thread.messages.some(({ deleted, pending }) => !deleted || pending?.what === 'remove'),
    )
    .sort(latestFirst);
}

function latestFirst(a: ThreadView, b: ThreadView): number {
  const place = (thread: ThreadView) => (thread.waits ? Number.MAX_SAFE_INTEGER : thread.last);
  return place(b) - place(a) || b.last - a.last || (a.id < b.id ? -1 : 1);
}

function threadOf(
  id: string,
  thread: Thread | null,
  messages: readonly Message[],
  pending: readonly Waiting[],
  mark: number,
  me: Named,
): ThreadView {
  let seen = mark;
  let resolved = thread !== null && thread.resolvedAt !== null;
  let resolvedBy = thread?.resolvedBy?.name ?? null;
  let anchor = thread?.anchor ?? null;
  const said = messages.toSorted((a, b) => a.n - b.n);
  const views = new Map(said.map((message) => [message.id, viewOf(message, me)]));
  for (const row of pending) {
    const { change, key, refused } = row;
    if (change.what === 'mark') seen = Math.max(seen, change.n);
    else if (change.what === 'resolve') {
      resolved = change.resolved;
      resolvedBy = change.resolved ? me.name : null;
    } else if (change.what === 'say') {
      // The server has it already, and its word counts.
      if (views.has(change.id)) continue;
      if (thread === null) anchor ??= change.anchor;
      if (refused === null) resolved = false;
      views.set(change.id, waitingView(row, me));
    } else {
      const view = views.get(change.id);
      if (!view || view.deleted) continue;
      const own = row.sent ? null : { key, what: change.what, refused };
      const next =
        change.what === 'remove'
          ? { ...view, deleted: refused === null, pending: own }
          : {
              ...view,
              text: change.text,
              mentions: change.mentions,
              edited: true,
              pending: view.pending ?? own,
            };
      views.set(change.id, next);
    }
  }
  const numbers = new Map(said.map(({ id: message, n }) => [message, n]));
  const shown = [...views.values()].map((view) => ({
    ...view,
    unread: !view.mine && !view.deleted && (numbers.get(view.id) ?? 0) > seen,
  }));
  return {
    id,
    anchor,
    messages: shown,
    resolved,
    resolvedBy: resolved ? resolvedBy : null,
    unread: shown.filter(({ unread }) => unread).length,
    mine: shown.some(
      ({ mine, deleted, mentions }) =>
        !deleted && (mine || mentions.some(({ id: person }) => person === me.id)),
    ),
    last: said.at(-1)?.n ?? 0,
    waits: shown.some(({ pending: waits }) => waits?.what === 'say'),
  };
}

function viewOf(message: Message, me: Named): MessageView {
  return {
    id: message.id,
    author: message.author,
    mine: message.author.id === me.id,
    text: message.text,
    mentions: message.mentions,
    at: message.createdAt,
    edited: message.editedAt !== null,
    deleted: message.deletedAt !== null,
    unread: false,
    pending: null,
  };
}

function waitingView({ key, change, at, refused, sent }: Waiting, me: Named): MessageView {
  if (change.what !== 'say') throw new Error(`A message that waits is said, not ${change.what}`);
  return {
    id: change.id,
    author: me,
    mine: true,
    text: change.text,
    mentions: change.mentions,
    at: new Date(at).toISOString(),
    edited: false,
    deleted: false,
    unread: false,
    pending: sent ? null : { key, what: 'say', refused },
  };
}

export function filtered(threads: readonly ThreadView[], filter: Filter): readonly ThreadView[] {
  return threads.filter(({ resolved, mine }) =>
    filter === 'mine' ? mine : filter === 'resolved' ? resolved : !resolved,
  );
}

export interface ThreadCount {
  readonly open: number;
  readonly unread: number;
}

/** Open threads by what they are about. */
export function countsOf(threads: readonly ThreadView[]): ReadonlyMap<string, ThreadCount> {
  const counts = new Map<string, ThreadCount>();
  for (const { anchor, resolved, unread } of threads) {
    if (anchor === null || resolved) continue;
    const count = counts.get(anchor.id) ?? { open: 0, unread: 0 };
    counts.set(anchor.id, { open: count.open + 1, unread: count.unread + unread });
  }
  return counts;
}
