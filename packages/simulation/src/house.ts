import { Audit } from './audit.ts';
import { Database } from './database.ts';
import { Person } from './person.ts';
import type { Plan, Step } from './plan.ts';
import { Raw } from './raw.ts';
import { ServerProcess } from './server-process.ts';
import { documentId, type Place, resetDialling, type Stage } from './stage.ts';
import { Stock } from './stock.ts';
import { Tables } from './tables.ts';
import type { Tamper } from './tamper.ts';
import { Timeline } from './timeline.ts';
import { Violations } from './violations.ts';

export type Guest = Person | Stock | Raw;

/** The whole house: one database, some server processes, a cast of clients, and a network between them. */
export class House implements Stage {
  readonly plan: Plan;
  readonly tamper: Tamper;
  readonly timeline: Timeline;
  readonly broken: Violations;
  readonly audit: Audit;
  readonly database: Database;
  readonly processes: readonly ServerProcess[];
  readonly cast: readonly Guest[];

  get renews(): boolean {
    return this.plan.steps.some((step) => step.do === 'renew');
  }

  constructor(plan: Plan, tamper: Tamper = {}) {
    this.tamper = tamper;
    resetDialling();
    this.plan = plan;
    this.timeline = new Timeline(plan.seed, (actor, error) =>
      this.broken.add('I14', `${actor.name}: ${error instanceof Error ? error.stack : error}`),
    );
    const { timeline } = this;
    this.broken = new Violations(() => timeline.now);
    this.audit = new Audit(this.broken, plan.cast);
    const tables = new Tables(this.audit, () => timeline.wall(timeline.house));
    tables.create(documentId);
    this.database = new Database(timeline, tables);
    this.processes = Array.from(
      { length: plan.processes },
      (_, index) =>
        new ServerProcess(timeline, this.database, index, tamper, {
          learnt: (process, userId, right) => this.audit.learnt(process.name, userId, right),
          wrong: (what) => this.broken.add('I14', what),
          died: (process) => {
            this.audit.died(process.name);
            // Somebody watches over the processes.
            this.#after(2_000, 'process starts', () => process.start());
          },
        }),
    );
    this.cast = plan.cast.map(({ kind, user, home }, i) => {
      const Role = { person: Person, stock: Stock, raw: Raw }[kind];
      return new Role(this, `${kind} ${i}`, user, home);
    });
  }

  /** Everybody comes at the beginning, and each step is put in its time. */
  begin(): void {
    for (const guest of this.cast) guest.come(false);
    for (const step of this.plan.steps) {
      this.timeline.later(this.timeline.house, step.at, `step ${step.do}`, () => this.#take(step));
    }
  }

  /** Lets go of what outlives a run: the stock client listens to the end of the whole program. */
  close(): void {
    for (const guest of this.cast) if (guest instanceof Stock) guest.kill(false);
  }

  /** Faults end, and everybody comes back to where a server is. */
  heal(): void {
    this.database.set('up');
    for (const process of this.processes) {
      process.fates.length = 0;
      process.cutOff = false;
      process.bells = 'ring';
      this.database.reconnected(process.name);
      process.start();
    }
    for (const [user] of this.database.rights) this.database.setRight(user, 'edit');
    for (const guest of this.cast) {
      thaw(guest.place);
      if (!(guest instanceof Person)) this.#as(guest, () => guest.reconnect());
      if (!guest.here) guest.come(true);
    }
  }

  #take(step: Step): void {
    if ('who' in step) {
      const guest = this.cast[step.who];
      if (guest !== undefined) this.#guestTakes(guest, step);
    } else if ('process' in step) {
      const process = this.processes[step.process];
      if (process !== undefined) this.#processTakes(process, step);
    } else if (step.do === 'database') {
      this.database.set(step.state);
      this.#after(step.ms, 'database up', () => this.database.set('up'));
    } else if (step.do === 'renew') {
      this.database.renew(documentId);
    }
  }

  #guestTakes(guest: Guest, step: Extract<Step, { who: number }>): void {
    switch (step.do) {
      case 'edit':
        this.#as(guest, () => {
          for (let i = 0; i < step.times; i += 1) guest.edit(step.salt + i);
        });
        break;
      case 'presence':
        this.#as(guest, () => guest.presence(step.salt));
        break;
      case 'mischief':
        this.#as(guest, () => guest instanceof Raw && guest.mischief(step.salt));
        break;
      case 'flush':
        this.#as(guest, () => guest instanceof Person && guest.flush());
        break;
      case 'retry':
        this.#as(guest, () => guest instanceof Person && guest.retry());
        break;
      case 'leave':
        this.#as(guest, () => guest.leave());
        break;
      case 'kill':
        guest.kill(step.quiet);
        break;
      case 'come':
        guest.come(step.copy);
        break;
      case 'cut':
        for (const link of [...guest.place.links]) link.cut();
        break;
      case 'hang':
        for (const link of [...guest.place.links]) link.hang();
        break;
      case 'freeze':
        this.#freeze(guest.place, step.up, step.down);
        this.#after(step.ms, 'thaw', () => thaw(guest.place));
        break;
      case 'move':
        guest.place.process = step.to;
        break;
      case 'skew':
        guest.skewBy(step.ms);
        break;
      case 'right':
        this.database.setRight(guest.place.user, step.right);
        break;
    }
  }

  #processTakes(process: ServerProcess, step: Extract<Step, { process: number }>): void {
    switch (step.do) {
      case 'crash':
        process.crash();
        this.#after(step.ms, 'process starts', () => process.start());
        break;
      case 'drain':
        this.timeline.later(process.actor, 0, 'drain', () =>
          process.drain(() => this.#after(step.ms, 'process starts', () => process.start())),
        );
        break;
      case 'fate':
        process.fates.push(step.fate);
        break;
      case 'bells':
        process.bells = step.bells;
        this.#after(step.ms, 'bells ring', () => {
          process.bells = 'ring';
          this.database.reconnected(process.name);
        });
        break;
      case 'cut-off':
        process.cutOff = true;
        this.#after(step.ms, 'line is back', () => {
          process.cutOff = false;
          this.database.reconnected(process.name);
        });
        break;
      case 'skew-process':
        process.skewBy(step.ms);
        break;
    }
  }

  /** What somebody does is theirs: their clock, their chance, their promises. */
  #as(guest: Guest, run: () => void): void {
    this.timeline.later(guest.actor, 0, 'does', run);
  }

  #after(ms: number, label: string, run: () => void): void {
    this.timeline.later(this.timeline.house, ms, label, run);
  }

  #freeze(place: Place, up: boolean, down: boolean): void {
    place.frozen = { up, down };
    for (const link of place.links) link.freeze(up, down);
  }
}

function thaw(place: Place): void {
  place.frozen = { up: false, down: false };
  for (const link of place.links) link.freeze(false, false);
}
