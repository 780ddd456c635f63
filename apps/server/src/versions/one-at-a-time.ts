import type { Tables } from '@tidemark/database';
import { type Kysely, sql } from 'kysely';

/** Runs work on one document so that no other process and no other call of ours does at the same time. */
export interface OneAtATime {
  /** `db` is a connection of its own, for all statements of the work. */
  run<T>(documentId: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T>;
  /** The same, unless somebody is at it: then null at once. */
  tryRun<T>(documentId: string, work: (db: Kysely<Tables>) => Promise<T>): Promise<T | null>;
}

/** Works of this process that hold a connection at the same time: half of the pool, since the works need others from it themselves. */
const mostHeld = 5;

/** An advisory lock of the connection: it ends with the work, with the connection, and with the process. */
export function createOneAtATime(app: Kysely<Tables>, subject: string): OneAtATime {
  const seats = createSeats(mostHeld);
  // Those of this process wait here and not each on a connection, of which there are few.
  const queues = new Map<string, Promise<unknown>>();

  const locked = <T>(
    documentId: string,
    lock: 'pg_advisory_lock' | 'pg_try_advisory_lock',
    work: (db: Kysely<Tables>) => Promise<T>,
  ) =>
    app.connection().execute(async (db): Promise<T | null> => {
      const key = sql`hashtextextended(${`${subject} ${documentId}`}, 0)`;
      const { rows } = await sql<{ got: unknown }>`select ${sql.raw(lock)}(${key}) as got`.execute(db);
      if (lock === 'pg_try_advisory_lock' && rows[0]?.got !== true) return null;
      try {
        return await work(db);
      } finally {
        await sql`select pg_advisory_unlock(${key})`.execute(db);
      }
    });

  return {
    async run(documentId, work) {
      const before = queues.get(documentId) ?? Promise.resolve();
      const mine = before.then(() => seats.sit(() => locked(documentId, 'pg_advisory_lock', work)));
      const settled = mine.catch(() => undefined); // who called hears of it
      queues.set(documentId, settled);
      try {
        // Not null: the lock was waited for.
        return (await mine) as Awaited<ReturnType<typeof work>>;
      } finally {
        if (queues.get(documentId) === settled) queues.delete(documentId);
      }
    },
    async tryRun(documentId, work) {
      if (queues.has(documentId) || seats.taken) return null;
      return seats.sit(() => locked(documentId, 'pg_try_advisory_lock', work));
    },
  };
}

/** So many at a time; the others wait, first come, first served. */
function createSeats(count: number) {
  let free = count;
  const waiting: (() => void)[] = [];
  return {
    get taken() {
      return free === 0;
    },
    async sit<T>(work: () => Promise<T>): Promise<T> {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next) next();
        else free += 1;
      }
    },
  };
}
