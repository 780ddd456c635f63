/** A server with the promises of docs/conversation.md, a network that loses words, and a clock that only tests move. */
import { ApiError } from '../api/http.ts';
import { type Conversation, createConversation, type Tabs } from './conversation.ts';
import { createMemoryKeep, type Keep } from './keep.ts';
import type { Clock } from './outbox.ts';
import type { Change, Changes, Mark, Message, Named, Thread, Wire } from './wire.ts';

export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

class TestClock implements Clock {
  #now = Date.UTC(2026, 10, 21);
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      await settle();
      const [next] = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = until;
  }
}

/** Everything here is promises: when the event loop turns, all of them have had their way. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export class ModelServer {
  readonly threads = new Map<string, Thread>();
  readonly messages = new Map<string, Message>();
  readonly marks = new Map<string, Mark & { person: string }>();
  /** Every change that was taken, in order. */
  readonly taken: Change[] = [];
  readonly listeners = new Set<() => void>();
  /** Why a change is not taken, or null. */
  refuses: (change: Change) => ApiError | null = () => null;
  #seq = 0;

  since(person: string, since: number, limit: number): Changes {
    const from = since > this.#seq ? 0 : since;
    const rows = [
      ...[...this.threads.values()].map((row) => ({ what: 'threads', row }) as const),
      ...[...this.messages.values()].map((row) => ({ what: 'messages', row }) as const),
      ...[...this.marks.values()]
        .filter((row) => row.person === person)
        .map((row) => ({ what: 'marks', row }) as const),
    ]
      .filter(({ row }) => row.seq > from)
      .sort((a, b) => a.row.seq - b.row.seq);
    const page = rows.slice(0, limit);
    const answer = { threads: [] as Thread[], messages: [] as Message[], marks: [] as Mark[] };
    for (const { what, row } of page) (answer[what] as unknown[]).push(row);
    return { from, seq: page.at(-1)?.row.seq ?? from, more: rows.length > page.length, ...answer };
  }

  take(person: Named, change: Change, at: number): void {
    const refusal = this.refuses(change);
    if (refusal) throw refusal;
    const time = new Date(at).toISOString();
    const thread = this.threads.get(change.thread);
    switch (change.what) {
      case 'say': {
        if (this.messages.has(change.id)) return;
        if (!thread || thread.resolvedAt !== null) {
          const anchor = thread ? thread.anchor : change.anchor;
          this.threads.set(change.thread, {
            id: change.thread,
            anchor,
            createdAt: time,
            resolvedAt: null,
            resolvedBy: null,
            seq: this.#next(),
          });
        }
        const n = this.#next();
        const { id, text, mentions } = change;
        this.messages.set(id, {
          id,
          thread: change.thread,
          n,
          seq: n,
          author: person,
          text,
          mentions,
          createdAt: time,
          editedAt: null,
          deletedAt: null,
        });
        break;
      }
      case 'edit':
      case 'remove': {
        const message = this.messages.get(change.id);
        if (!message) throw new ApiError('not-found', 404, 'There is no such message.');
        if (message.deletedAt !== null) {
          if (change.what === 'remove') return;
          throw new ApiError('not-found', 404, 'The message was deleted.');
        }
        const words =
          change.what === 'edit' ? { text: change.text, editedAt: time } : { text: '', deletedAt: time };
        this.messages.set(change.id, { ...message, ...words, seq: this.#next() });
        break;
      }
      case 'resolve': {
        if (!thread) throw new ApiError('not-found', 404, 'There is no such thread.');
        if ((thread.resolvedAt !== null) === change.resolved) return;
        const by = change.resolved ? person : null;
        this.threads.set(thread.id, { ...thread, resolvedAt: by && time, resolvedBy: by, seq: this.#next() });
        break;
      }
      case 'mark':
        this.marks.set(`${person.id} ${change.thread}`, {
          thread: change.thread,
          n: change.n,
          person: person.id,
          seq: this.#next(),
        });
    }
    this.taken.push(change);
    for (const listener of this.listeners) listener();
  }

  #next(): number {
    this.#seq += 1;
    return this.#seq;
  }
}

/** One person's browser: tabs that share what is kept, and a cable. */
export class Browser {
  readonly keep: Keep = createMemoryKeep();
  readonly tabs = new Set<Conversation>();
  readonly me: Named;
  online = true;
  /** 0 to 1: how often a request does not arrive, or its answer does not. */
  loss = 0;
  pageSize = 500;
  readonly #house: House;
  readonly #ears = new Set<() => void>();
  #lock: Promise<unknown> = Promise.resolve();

  constructor(house: House, me: Named) {
    this.#house = house;
    this.me = me;
  }

  open(): Conversation {
    const { clock, server, random } = this.#house;
    const own = new Set<() => void>();
    const tabs: Tabs = {
      tell: () => {
        for (const ear of this.#ears) if (!own.has(ear)) ear();
      },
      onTold: (listener) => {
        own.add(listener);
        this.#ears.add(listener);
        return () => this.#ears.delete(listener);
      },
    };
    const conversation = createConversation({
      keep: this.keep,
      wire: this.#wire(),
      tabs,
      clock,
      random,
      newId: () => this.#house.newId(),
      alone: (run) => {
        const turn = this.#lock.then(run);
        this.#lock = turn.catch(() => undefined);
        return turn;
      },
    });
    const hear = () => void (this.online && conversation.catchUp());
    server.listeners.add(hear);
    this.tabs.add(conversation);
    this.#closing.set(conversation, () => server.listeners.delete(hear));
    void conversation.catchUp();
    return conversation;
  }

  readonly #closing = new Map<Conversation, () => void>();

  close(conversation: Conversation): void {
    this.#closing.get(conversation)?.();
    this.tabs.delete(conversation);
    conversation.destroy();
  }

  plug(online: boolean): void {
    this.online = online;
    if (online) for (const tab of this.tabs) void tab.catchUp();
  }

  #wire(): Wire {
    const lost = new ApiError('offline', 0, 'The server cannot be reached.');
    const carry = async <T>(run: () => T): Promise<T> => {
      const { random } = this.#house;
      for (let i = Math.floor(random() * 6); i > 0; i -= 1) await Promise.resolve();
      if (!this.online || random() < this.loss) throw lost;
      const answer = run();
      await Promise.resolve();
      if (!this.online || random() < this.loss) throw lost;
      return answer;
    };
    const { server, clock } = this.#house;
    return {
      since: (seq) => carry(() => server.since(this.me.id, seq, this.pageSize)),
      people: () => carry(() => [this.me]),
      send: (change) => carry(() => server.take(this.me, change, clock.now())),
    };
  }
}

export class House {
  readonly clock = new TestClock();
  readonly server = new ModelServer();
  readonly random: () => number;

  constructor(seed = 1) {
    this.random = seeded(seed);
  }

  newId(): string {
    return `id-${Math.floor(this.random() * 2 ** 32).toString(36)}`;
  }

  browser(name: string): Browser {
    return new Browser(this, { id: name.toLowerCase(), name });
  }
}
