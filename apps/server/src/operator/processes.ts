import { randomUUID } from 'node:crypto';
import { type Database, inTenant } from '@tidemark/database';
import type { Bus, Clock, Log } from '@tidemark/sync';
import { sql } from 'kysely';

/** What a process last said of itself. `R` is the report's shape, JSON. */
export interface ProcessReport<R> {
  readonly id: string;
  /** ISO 8601, as all times here. */
  readonly startedAt: string;
  readonly heardAt: string;
  /** False: it did not answer this time; the report is its last one. */
  readonly answered: boolean;
  readonly report: R;
}

export interface Processes<R> {
  /** This process. */
  readonly id: string;
  /** From here on this process reports, and answers. */
  start(): void;
  /** Asks every process that lives, and waits until all have answered, at most `patienceMs`. */
  gather(userId: string): Promise<readonly ProcessReport<R>[]>;
  /** Says goodbye. */
  close(): Promise<void>;
}

interface ProcessesOptions<R> {
  readonly database: Pick<Database, 'app'>;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly journal: Log;
  report(): R;
}

/** Milliseconds between two reports that nobody asked for. */
const beatMs = 10_000;
/** Whoever was not heard for this long is not waited for. */
const silentMs = 25_000;
const patienceMs = 2_000;
const lookMs = 50;
const topic = 'operators-ask';

interface Row<R> {
  readonly id: string;
  readonly started_at: Date;
  readonly beat_at: Date;
  readonly answered: string | null;
  readonly report: R;
}

/**
 * The processes that share one database, and what each says of itself. Reports stand in a table, for they can be larger
 * than what a bus carries; the bus only brings the question.
 */
export function createProcesses<R>({
  database,
  bus,
  clock,
  journal,
  report,
}: ProcessesOptions<R>): Processes<R> {
  const id = randomUUID();
  const startedAt = new Date(clock.now());
  let closed = false;
  let cancelBeat: () => void = () => undefined;
  let saying: Promise<void> = Promise.resolve();

  const as = <T>(userId: string | null, query: ReturnType<typeof sql<T>>): Promise<readonly T[]> =>
    inTenant(database.app, { companyId: null, userId }, async (tx) => (await query.execute(tx)).rows);

  /** One after the other, so that a report of an earlier time never covers a later one. */
  const say = (question: string | null): Promise<void> => {
    saying = saying.then(async () => {
      if (closed) return;
      const said = JSON.stringify(report());
      try {
        await as(null, sql`select tidemark.report_process(${id}, ${startedAt}, ${question}, ${said}::jsonb)`);
      } catch (error) {
        // The next beat says it again; until then operators see an older report, and that it is one.
        journal.warn('process.not-reported', { error });
      }
    });
    return saying;
  };

  const beat = () => {
    cancelBeat = clock.after(beatMs, () => void say(null).then(() => (closed ? undefined : beat())));
  };
  let stopHearing: () => void = () => undefined;
  const hear = (bytes: Uint8Array) => {
    const question = new TextDecoder().decode(bytes);
    if (/^[0-9a-f-]{36}$/.test(question)) void say(question);
  };

  const pause = () => new Promise<void>((resolve) => void clock.after(lookMs, resolve));

  return {
    id,
    start() {
      stopHearing = bus.subscribe(topic, hear);
      void say(null);
      beat();
    },
    async gather(userId) {
      const question = randomUUID();
      bus.publish(topic, new TextEncoder().encode(question));
      await say(question);
      const until = clock.now() + patienceMs;
      for (;;) {
        const rows = await as<Row<R>>(userId, sql`select * from tidemark.read_processes()`);
        // The database's clock throughout: this process has just reported, so the newest beat is now.
        const now = Math.max(...rows.map((row) => row.beat_at.getTime()));
        const fresh = (row: Row<R>) => now - row.beat_at.getTime() < silentMs;
        const waiting = rows.some((row) => row.answered !== question && fresh(row));
        if (!waiting || clock.now() >= until) {
          return rows.map((row) => ({
            id: row.id,
            startedAt: row.started_at.toISOString(),
            heardAt: row.beat_at.toISOString(),
            answered: row.answered === question,
            report: row.report,
          }));
        }
        await pause();
      }
    },
    async close() {
      closed = true;
      stopHearing();
      cancelBeat();
      await saying;
      try {
        await as(null, sql`select tidemark.forget_process(${id})`);
      } catch (error) {
        journal.warn('process.not-forgotten', { error });
      }
    },
  };
}
