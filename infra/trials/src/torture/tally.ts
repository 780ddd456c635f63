import type { HalfOpen } from '../harness/cable.ts';
import type { Seat } from './seat.ts';

/** What a run has done so far. */
export class Tally {
  readonly rounds = new Map<string, { count: number; ms: number }>();
  /** SIGKILLs, each of one victim: a process, or all processes of Postgres or of the house at once. */
  kills = 0;
  killedProcesses = 0;
  acknowledged = 0;
  lost = 0;
  replicasCompared = 0;
  audits = 0;
  /** Connections that went half-open, and how those ended whose server lived on. */
  readonly halfOpen = { made: 0, noticed: 0, endedWithServer: 0, slowestMs: 0 };
  private readonly watched = new Set<{ seat: Seat; pid: number; since: number; gone: Promise<void> }>();

  played(kind: string, ms: number): void {
    const before = this.rounds.get(kind) ?? { count: 0, ms: 0 };
    this.rounds.set(kind, { count: before.count + 1, ms: before.ms + ms });
    if (kind.startsWith('kill')) this.kills += 1;
  }

  killed(processes: number): void {
    this.killedProcesses += processes;
  }

  get totalRounds(): number {
    return [...this.rounds.values()].reduce((sum, { count }) => sum + count, 0);
  }

  watchHalfOpen(seat: Seat, { serverGone }: HalfOpen): void {
    const { pid } = seat;
    const one = { seat, pid, since: performance.now(), gone: serverGone };
    this.halfOpen.made += 1;
    this.watched.add(one);
    void serverGone.then(() => {
      this.watched.delete(one);
      if (!seat.taken || seat.pid !== pid) {
        this.halfOpen.endedWithServer += 1;
        return;
      }
      this.halfOpen.noticed += 1;
      this.halfOpen.slowestMs = Math.max(this.halfOpen.slowestMs, performance.now() - one.since);
    });
  }

  /** Resolves when no half-open connection is left; throws when one stays for longer than `ms`. */
  async untilHalfOpenGone(ms: number): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      late.reject(new Error(`${this.watched.size} half-open connections were not noticed within ${ms} ms`));
    }, ms);
    try {
      await Promise.race([Promise.all([...this.watched].map(({ gone }) => gone)), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  line(): string {
    return `${this.totalRounds} rounds, ${this.kills} SIGKILLs, ${this.acknowledged} updates acknowledged, ${this.lost} lost`;
  }

  /** The totals, a line for each. */
  report(seconds: number, seed: number): string {
    const { made, noticed, endedWithServer, slowestMs } = this.halfOpen;
    return [
      'rounds by fault:',
      ...[...this.rounds]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(
          ([kind, { count, ms }]) =>
            `  ${String(count).padStart(5)}  ${kind}, ${(ms / count / 1000).toFixed(1)} s each`,
        ),
      `  ${String(this.totalRounds).padStart(5)}  in all`,
      `SIGKILLs:                ${this.kills}, of ${this.killedProcesses} processes`,
      `half-open connections:   ${made}: ${noticed} noticed by the server (the slowest after ${Math.round(slowestMs / 1000)} s), ${endedWithServer} ended with it`,
      `updates acknowledged:    ${this.acknowledged}`,
      `acknowledged and lost:   ${this.lost}`,
      `audits by SQL:           ${this.audits}`,
      `replicas compared:       ${this.replicasCompared}, all equal`,
      `duration:                ${Math.round(seconds)} s`,
      `seed:                    ${seed}`,
    ].join('\n');
  }
}
