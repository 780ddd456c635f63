import type { Access } from '@tidemark/protocol';
import { type Clock, createLobby, type Lobby, type Log, type Settings, type Socket } from '@tidemark/sync';
import { type Database, faultName, type Tenant } from './database.ts';
import type { Link, ServerEnd } from './link.ts';
import type { Fate } from './plan.ts';
import type { Tamper } from './tamper.ts';
import type { Actor, Timeline } from './timeline.ts';

/** Small bounds and short waits, so that everything happens often. */
export const settings: Partial<Settings> = {
  checkpointEntries: 12,
  checkpointBytes: 400,
  idleMs: 1_500,
  settleMs: 500,
  slowReaderBytes: 300,
  slowReaderMs: 20_000,
  lookMs: 5_000,
  pageEntries: 3,
  batchBytes: 300,
  retryMs: 50,
  retryMaxMs: 800,
  stallMs: 1_000,
};

export const slowReaderBytes = settings.slowReaderBytes ?? 0;

export interface ProcessEvents {
  /** What the process knows of a person's right, as soon as it knows it. */
  learnt(process: ServerProcess, userId: string, right: Access | 'none'): void;
  /** Something went wrong that no fault of the plan explains. */
  wrong(what: string): void;
  died(process: ServerProcess): void;
}

/** One server process: the real lobby behind a door, killed and started again. */
export class ServerProcess {
  readonly index: number;
  readonly name: string;
  readonly fates: Fate[] = [];
  readonly links = new Set<Link>();
  cutOff = false;
  bells: Tenant['bells'] = 'ring';
  actor: Actor;
  lobby: Lobby | null = null;
  readonly #timeline: Timeline;
  readonly #database: Database;
  readonly #events: ProcessEvents;
  readonly #tamper: Tamper;
  #lives = 0;
  #skew = 0;

  constructor(timeline: Timeline, database: Database, index: number, tamper: Tamper, events: ProcessEvents) {
    this.#tamper = tamper;
    this.index = index;
    this.name = `process ${index}`;
    this.#timeline = timeline;
    this.#database = database;
    this.#events = events;
    this.actor = timeline.actor(this.name);
    this.start();
  }

  start(): void {
    if (this.lobby !== null) return;
    this.#lives += 1;
    const actor = this.#timeline.actor(`${this.name} life ${this.#lives}`);
    actor.skew = this.#skew;
    this.actor = actor;
    // The requests of an earlier life are answered to nobody, whatever becomes of them.
    const life: Tenant = new Life(this, actor);
    const tamper = this.#tamper;
    const log = this.#database.logOf(life);
    const clock: Clock = {
      now: () => this.#timeline.steady,
      after: (ms, run) => this.#timeline.timer(actor, ms, run),
    };
    const policy = this.#database.policyOf(life, (userId, right, asked) => {
      this.#events.learnt(this, userId, right);
      return tamper.right?.(right, asked) ?? right;
    });
    this.lobby = this.#timeline.as(actor, () =>
      createLobby({
        log: tamper.log?.(log) ?? log,
        access: policy,
        bus: this.#database.busOf(life),
        clock: tamper.clock?.(clock, () => this.#timeline.wall(actor)) ?? clock,
        journal: this.#journal(),
        settings: { ...settings, random: () => actor.chance.next(), ...tamper.settings },
      }),
    );
  }

  skewBy(ms: number): void {
    this.#skew += ms;
    this.actor.skew = this.#skew;
  }

  /** Killed at this instant: memory and timers are gone, the machine closes what was open. */
  crash(): void {
    if (this.lobby === null) return;
    this.lobby = null;
    this.actor.alive = false;
    for (const link of [...this.links]) link.serverDied();
    this.links.clear();
    this.#events.died(this);
  }

  /** Asked to stop: stores and closes what it has, then ends. */
  drain(ended: () => void): void {
    const { lobby, actor } = this;
    if (lobby === null) return;
    void lobby.drain().then(() => {
      if (this.lobby !== lobby || this.actor !== actor) return;
      this.crash();
      ended();
    });
  }

  /** `epoch` is that of the copy which the client says it holds. */
  accept(socket: Socket, userId: string, documentId: string, epoch: number | null): ServerEnd | null {
    const principal = { userId, atMost: 'edit', credential: null } as const;
    const open = this.#tamper.socket?.(socket) ?? socket;
    return this.lobby?.connect(open, principal, documentId, epoch) ?? null;
  }

  #journal(): Log {
    const silent = () => undefined;
    const error = (event: string, fields?: Record<string, unknown>) => {
      const cause = String(fields?.error);
      if (!cause.includes(faultName)) this.#events.wrong(`${this.name}: ${event}: ${cause}`);
    };
    return { debug: silent, info: silent, warn: silent, error };
  }
}

/** The present life of a process: shares its lines, not its memory. */
class Life implements Tenant {
  readonly actor: Actor;
  readonly #process: ServerProcess;

  constructor(process: ServerProcess, actor: Actor) {
    this.#process = process;
    this.actor = actor;
  }

  get name(): string {
    return this.#process.name;
  }

  get fates(): Fate[] {
    return this.#process.fates;
  }

  get cutOff(): boolean {
    return this.#process.cutOff;
  }

  get bells(): Tenant['bells'] {
    return this.#process.bells;
  }

  crash(): void {
    if (this.#process.actor === this.actor) this.#process.crash();
  }
}
