/**
 * A house for tests: a clock that only tests move, a network that delivers when told, clients that speak through
 * y-protocols' own code, and a log that fails when told. Everything is deterministic.
 */
import type { Access, Refusal } from '@tidemark/protocol';
import * as Y from 'yjs';
import type { Lobby } from './front-door.ts';
import type { RoomHooks } from './hooks.ts';
import { createLobby } from './lobby.ts';
import { createMemoryLog, type MemoryLog } from './memory-log.ts';
import type { Measure } from './observer.ts';
import type {
  Appended,
  Batch,
  Bus,
  Clock,
  Log,
  Quarantined,
  RightsScope,
  UpdateLog,
  Workbench,
} from './ports.ts';
import type { Settings } from './settings.ts';
import { TestClient } from './testing-client.ts';
import { inlineWorkbench } from './workbench.ts';

class FakeClock implements Clock {
  #now = 1_800_000_000_000;
  #timers: { at: number; order: number; run: () => void }[] = [];
  #order = 0;

  now(): number {
    return this.#now;
  }

  /** Timers that are set. */
  get pending(): number {
    return this.#timers.length;
  }

  after(ms: number, run: () => void): () => void {
    this.#order += 1;
    const timer = { at: this.#now + ms, order: this.#order, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Runs the earliest timer that is due by `until`; false if there is none. */
  runNext(until: number): boolean {
    const [next] = this.#timers
      .filter(({ at }) => at <= until)
      .sort((a, b) => a.at - b.at || a.order - b.order);
    if (next === undefined) return false;
    this.#timers = this.#timers.filter((other) => other !== next);
    this.#now = Math.max(this.#now, next.at);
    next.run();
    return true;
  }

  set(now: number): void {
    this.#now = Math.max(this.#now, now);
  }
}

/** The memory log behind a door that can be shut. */
export class FaultyLog implements UpdateLog {
  readonly inner: MemoryLog;
  /** Called before each append; what it throws or answers comes instead. */
  before: (batch: Batch) => void | Promise<void> = () => undefined;
  /** Called after each append; what it throws is a lost answer. */
  after: (batch: Batch) => void = () => undefined;
  loadFault: Error | null = null;
  readFault: Error | null = null;
  deaf = false;
  appends = 0;
  loads = 0;

  constructor(inner: MemoryLog) {
    this.inner = inner;
  }

  async load(documentId: string) {
    this.loads += 1;
    if (this.loadFault !== null) throw this.loadFault;
    return this.inner.load(documentId);
  }

  async append(batch: Batch): Promise<Appended> {
    this.appends += 1;
    await this.before(batch);
    const appended = await this.inner.append(batch);
    this.after(batch);
    return appended;
  }

  async readAfter(documentId: string, epoch: number, lsn: number, limit: number) {
    if (this.readFault !== null) throw this.readFault;
    return this.inner.readAfter(documentId, epoch, lsn, limit);
  }

  saveCheckpoint(checkpoint: Parameters<UpdateLog['saveCheckpoint']>[0]) {
    return this.inner.saveCheckpoint(checkpoint);
  }

  async heads(documentIds: readonly string[]) {
    if (this.readFault !== null) throw this.readFault;
    return this.inner.heads(documentIds);
  }

  onAppended(documentId: string, listener: (head: number) => void) {
    return this.inner.onAppended(documentId, (head) => {
      if (!this.deaf) listener(head);
    });
  }
}

const silence: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export class House {
  readonly clock = new FakeClock();
  readonly memory: MemoryLog = createMemoryLog(() => this.clock.now());
  readonly log = new FaultyLog(this.memory);
  readonly lobby: Lobby;
  readonly clients: TestClient[] = [];
  /** What was told to the journal as an error. */
  readonly errors: string[] = [];
  /** And why. */
  readonly causes: string[] = [];
  readonly rights = new Map<string, Access | Refusal>();
  /** Called when rights are asked for; what it throws comes instead of an answer. */
  asked: (userId: string, documentId: string) => void | Promise<void> = () => undefined;
  /** An answer on its way, true when it was given. */
  policyAnswers: (answer: Access | Refusal) => Promise<Access | Refusal> = async (answer) => answer;
  /** What does the heavy work of all lobbies of this house. */
  bench: Workbench = inlineWorkbench;
  /** What was set aside for operators. */
  readonly kept: Quarantined[] = [];
  /** What was measured, in order. */
  readonly measured: (readonly [Measure, number])[] = [];
  readonly #rightsListeners = new Set<(scope: RightsScope) => void>();

  constructor(settings: Partial<Settings> = {}, hooks: RoomHooks = {}) {
    this.memory.create('d');
    this.lobby = this.openLobby(this.log, settings, hooks);
  }

  /** Another process on the same log. */
  openLobby(
    log: UpdateLog = this.log,
    settings: Partial<Settings> = {},
    hooks: RoomHooks = {},
    bus?: Bus,
  ): Lobby {
    return createLobby({
      log,
      access: {
        access: async ({ userId }, documentId) => {
          await this.asked(userId, documentId);
          return this.policyAnswers(this.rights.get(userId) ?? 'edit');
        },
        onChanged: (listener) => {
          this.#rightsListeners.add(listener);
          return () => void this.#rightsListeners.delete(listener);
        },
      },
      clock: this.clock,
      journal: {
        ...silence,
        error: (event, fields) => {
          this.errors.push(event);
          this.causes.push(String(fields?.error));
        },
      },
      hooks,
      workbench: {
        compact: (log) => this.bench.compact(log),
        slice: (log) => this.bench.slice(log),
        diff: (log, stateVectors) => this.bench.diff(log, stateVectors),
      },
      observe: (measure, value) => void this.measured.push([measure, value]),
      quarantine: { keep: async (item) => void this.kept.push(item) },
      ...(bus === undefined ? {} : { bus }),
      settings: { random: () => 0.5, ...settings },
    });
  }

  client(
    options: {
      user?: string;
      stock?: boolean;
      lobby?: Lobby;
      document?: string;
      id?: number;
      atMost?: Access;
      epoch?: number;
    } = {},
  ): TestClient {
    const client = new TestClient(options.stock !== true, options.id ?? 1_000 + this.clients.length);
    this.clients.push(client);
    const principal = {
      userId: options.user ?? 'ann',
      atMost: options.atMost ?? 'edit',
      credential: null,
    } as const;
    return client.connect(options.lobby ?? this.lobby, principal, options.document ?? 'd', options.epoch);
  }

  /** Gives somebody other rights, and says so unless it is to be lost. */
  entitle(userId: string, right: Access | Refusal, { heard = true } = {}): void {
    this.rights.set(userId, right);
    if (heard) this.say({ userId });
  }

  /** What the policy hears of changed rights. */
  say(scope: RightsScope): void {
    for (const listener of this.#rightsListeners) listener(scope);
  }

  /** Lets everything happen that can happen without time passing. */
  async settle(): Promise<void> {
    for (let quiet = 0; quiet < 3; quiet += 1) {
      let moved = false;
      for (const client of this.clients) moved = client.exchange() || moved;
      while (this.clock.runNext(this.clock.now())) moved = true;
      await microtasks();
      if (moved) quiet = -1;
    }
  }

  /** Lets time pass, timer by timer. */
  async pass(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await this.settle();
    while (this.clock.runNext(until)) await this.settle();
    this.clock.set(until);
    await this.settle();
  }

  /** What somebody without a cache would find: the log alone. */
  async stored(documentId = 'd'): Promise<Y.Doc> {
    const doc = new Y.Doc();
    for (const { update } of this.memory.entries(documentId)) Y.applyUpdate(doc, update);
    return doc;
  }
}

/** Enough rounds for any chain of promises in the engine. */
async function microtasks(): Promise<void> {
  for (let i = 0; i < 40; i += 1) await Promise.resolve();
}

/** A promise and the hand that resolves it. */
export function gate(): { readonly passed: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { passed: promise, open: () => resolve() };
}
