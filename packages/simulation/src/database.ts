import { type Access, type Refusal, refuse } from '@tidemark/protocol';
import type { AccessPolicy, Bus, RightsScope, UpdateLog } from '@tidemark/sync';
import type { Fate } from './plan.ts';
import type { Tables } from './tables.ts';
import type { Actor, Timeline } from './timeline.ts';

/** Begins the text of a fault that the plan made: such a one may be told to a journal. */
export const faultName = 'PlannedFault';

class PlannedFault extends Error {
  override readonly name = faultName;
}

/** One server process as the database sees it. */
export interface Tenant {
  readonly name: string;
  readonly actor: Actor;
  /** What becomes of its next appends and checkpoints, in order. */
  readonly fates: Fate[];
  /** Its line to the database is cut. */
  cutOff: boolean;
  /** How bells reach it. */
  bells: 'ring' | 'lost' | 'late' | 'twice';
  /** Ends the process at this instant. */
  crash(): void;
}

/** What a process listens to, and what it does when it hears it. */
interface Listener<Heard extends unknown[]> {
  readonly tenant: Tenant;
  readonly to: string;
  readonly hear: (...heard: Heard) => void;
}

/** The one Postgres of the house, over lines that have a latency and fail when the plan says so. */
export class Database {
  readonly tables: Tables;
  readonly actor: Actor;
  state: 'up' | 'down' | 'stalled' = 'up';
  readonly rights = new Map<string, Access | 'none'>();
  readonly #timeline: Timeline;
  readonly #bells = new Set<Listener<[head: number]>>();
  readonly #watchers = new Set<Listener<[scope: RightsScope]>>();
  readonly #topics = new Set<Listener<[bytes: Uint8Array, from: string]>>();
  readonly #reconnections = new Set<Listener<[]>>();
  #waiting: (() => void)[] = [];

  constructor(timeline: Timeline, tables: Tables) {
    this.#timeline = timeline;
    this.actor = timeline.actor('database');
    this.tables = tables;
  }

  set(state: Database['state']): void {
    this.state = state;
    if (state === 'stalled') return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) this.#timeline.later(this.actor, 0, 'goes on', go);
  }

  setRight(userId: string, right: Access | 'none'): void {
    this.rights.set(userId, right);
    for (const { tenant, hear } of this.#watchers) this.#ring(tenant, 'rights', () => hear({ userId }));
  }

  /** The document's history begins anew, which may change everybody's rights. */
  renew(documentId: string): void {
    this.tables.renew(documentId);
    for (const { tenant, hear } of this.#watchers) this.#ring(tenant, 'rights', () => hear({ documentId }));
  }

  /** A process hears messages again. */
  reconnected(name: string): void {
    for (const { tenant, hear } of this.#reconnections) {
      if (tenant.name === name) this.#ring(tenant, 'reconnected', hear);
    }
  }

  busOf(tenant: Tenant): Bus {
    return {
      self: tenant.name,
      publish: (topic, bytes) => {
        if (tenant.bells === 'lost' || tenant.cutOff) return;
        const sent = bytes.slice();
        for (const other of this.#topics) {
          if (other.to !== topic || other.tenant.name === tenant.name) continue;
          this.#ring(other.tenant, `bus ${topic}`, () => other.hear(sent, tenant.name));
        }
      },
      subscribe: (topic, hear) => added(this.#topics, { tenant, to: topic, hear }),
      onReconnected: (hear) => added(this.#reconnections, { tenant, to: '', hear }),
      close: async () => undefined,
    };
  }

  logOf(tenant: Tenant): UpdateLog {
    const { tables } = this;
    return {
      load: (documentId) => this.#ask(tenant, 'load', () => tables.load(documentId)),
      readAfter: (documentId, epoch, lsn, limit) =>
        this.#ask(tenant, 'read', () => tables.readAfter(documentId, epoch, lsn, limit)),
      heads: (documentIds) => this.#ask(tenant, 'heads', () => tables.heads(documentIds)),
      append: async (batch) => {
        tables.asked(batch, tenant.name);
        const appended = await this.#ask(tenant, 'append', () => {
          const outcome = tables.append(batch);
          if (outcome.outcome === 'stored') this.#rang(batch.documentId, outcome.head);
          return outcome;
        });
        tables.answered(batch, tenant.name);
        return appended;
      },
      saveCheckpoint: (checkpoint) =>
        this.#ask(tenant, 'checkpoint', () => tables.saveCheckpoint(checkpoint)),
      onAppended: (documentId, hear) => added(this.#bells, { tenant, to: documentId, hear }),
    };
  }

  /** `learnt` is called when a process knows what it asked for; what it gives back is what the process believes. */
  policyOf(
    tenant: Tenant,
    learnt: (userId: string, right: Access | 'none', asked: 'joining' | 'live') => Access | 'none',
  ): AccessPolicy {
    return {
      access: async ({ userId }, _documentId, asked): Promise<Access | Refusal> => {
        const known = await this.#ask(tenant, 'rights', () => this.rights.get(userId) ?? 'edit');
        const right = learnt(userId, known, asked);
        return right === 'none' ? refuse('no-access') : right;
      },
      onChanged: (hear) => added(this.#watchers, { tenant, to: '', hear }),
    };
  }

  /** One round trip: there, the transaction, and back, each of which may go wrong. */
  #ask<T>(tenant: Tenant, what: string, transaction: () => T): Promise<T> {
    const fate: Fate =
      what === 'append' || what === 'checkpoint' ? (tenant.fates.shift() ?? { is: 'ok' }) : { is: 'ok' };
    return new Promise((resolve, reject) => {
      const answer = (label: string, run: () => void) =>
        this.#timeline.later(tenant.actor, this.#latency(), `${what} ${label}`, run);
      const fail = () => answer('fails', () => reject(new PlannedFault(`The ${what} failed.`)));
      const arrive = () => {
        if (this.state === 'stalled') return void this.#waiting.push(arrive);
        if (this.state === 'down' || tenant.cutOff || fate.is === 'fail') return fail();
        if (fate.is === 'crash-before') return tenant.crash();
        if (fate.is === 'ghost') {
          // The line broke, but the transaction goes on by itself and commits after everybody has given it up.
          fail();
          const late = () => void (this.state === 'up' && transaction());
          return void this.#timeline.later(this.actor, fate.ms, `${what} commits late`, late);
        }
        const result = transaction();
        if (fate.is === 'crash-after') return tenant.crash();
        if (fate.is === 'lost') return fail();
        answer('answered', () => resolve(result));
      };
      const there = this.#latency() + (fate.is === 'slow' ? fate.ms : 0);
      this.#timeline.later(this.actor, there, `${tenant.name} ${what}`, arrive);
    });
  }

  #rang(documentId: string, head: number): void {
    for (const { tenant, to, hear } of this.#bells) {
      if (to === documentId) this.#ring(tenant, 'bell', () => hear(head));
    }
  }

  #ring(tenant: Tenant, label: string, run: () => void): void {
    if (tenant.bells === 'lost' || tenant.cutOff) return;
    const late = tenant.bells === 'late' ? this.actor.chance.between(1_000, 6_000) : 0;
    for (let times = tenant.bells === 'twice' ? 2 : 1; times > 0; times -= 1) {
      this.#timeline.later(tenant.actor, late + this.#latency(), label, run);
    }
  }

  #latency(): number {
    return this.actor.chance.between(1, 4);
  }
}

function added<T>(set: Set<T>, one: T): () => void {
  set.add(one);
  return () => set.delete(one);
}
