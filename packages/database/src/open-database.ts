import type { Log, Quarantine, UpdateLog, WatchedBus } from '@tidemark/sync';
import { Kysely, PostgresDialect } from 'kysely';
import { openPostgresBus } from './bus.ts';
import { type Connection, openPool } from './connection.ts';
import { openHistory, type PostgresHistory } from './history-store.ts';
import { migrate } from './migrate.ts';
import { createQuarantine } from './quarantine.ts';
import { openRightsBell, type RightsBell } from './rights-bell.ts';
import { askRights, type RightsAnswer, type RightsQuestion } from './rights-questions.ts';
import type { Tables } from './tables/index.ts';
import type { LoginTables } from './tables/login.ts';
import { openUpdateLog } from './update-log.ts';

export interface Database {
  /** Brings the database to the newest shape; call it first. Throws DatabaseSetupError. */
  migrate(): Promise<void>;
  /** As role `tidemark_app`. Tenant tables show nothing outside of `inTenant`. */
  readonly app: Kysely<Tables>;
  /** As role `tidemark_auth`, for the login library alone. */
  readonly auth: Kysely<LoginTables>;
  readonly updateLog: UpdateLog;
  /** What documents were. */
  readonly history: Omit<PostgresHistory, 'close'>;
  /** What the engine set aside; operators reach it by `listQuarantined` and its neighbours. */
  readonly quarantine: Quarantine;
  /** The other processes that share this database. */
  readonly bus: WatchedBus;
  /** Who may do what, and what changes it. */
  readonly rights: Omit<RightsBell, 'close'> & {
    /** The answers in the order of the questions. Rejects on a fault, and when there is no answer for long. */
    ask(questions: readonly RightsQuestion[]): Promise<readonly RightsAnswer[]>;
  };
  /** Whether a commit goes through within three seconds. */
  ready(): Promise<boolean>;
  /** The bus too, whoever made it. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly connection: Connection;
  readonly journal: Log;
  /** Instead of Postgres's own LISTEN and NOTIFY. */
  readonly bus?: WatchedBus;
}

const readyWithinMs = 3_000;
const statementTimeout = 30_000;
/** A little longer than the server takes at most: no answer by then means a dead connection, which is given up. */
const rightsWithinMs = 35_000;

/** Opens no connection by itself, except the one that listens; all of them come back by themselves after a fault. */
export function openDatabase(options: DatabaseOptions): Database {
  const { connection, journal } = options;
  const appPool = openPool(
    connection,
    { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout },
    { max: 10 },
    journal,
  );
  const authPool = openPool(
    connection,
    { role: 'tidemark_auth', searchPath: 'auth', statementTimeout },
    { max: 5 },
    journal,
  );
  const pulsePool = openPool(
    connection,
    { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout: readyWithinMs },
    { max: 1, connectionTimeoutMillis: readyWithinMs, query_timeout: readyWithinMs },
    journal,
  );
  const rightsPool = openPool(
    connection,
    { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout },
    { max: 4, query_timeout: rightsWithinMs },
    journal,
  );
  const app = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: appPool }) });
  const auth = new Kysely<LoginTables>({ dialect: new PostgresDialect({ pool: authPool }) });
  const bus = options.bus ?? openPostgresBus(connection, journal);
  const bell = openRightsBell(connection, journal);
  const updateLog = openUpdateLog(connection, journal, bus);
  const history = openHistory(connection, journal);
  return {
    app,
    auth,
    updateLog,
    history,
    quarantine: createQuarantine(app),
    bus,
    rights: {
      onChanged: (listener) => bell.onChanged(listener),
      listen: () => bell.listen(),
      ask: (questions) => askRights(rightsPool, questions),
    },
    migrate: () => migrate(connection, journal),
    async ready() {
      try {
        await pulsePool.query('update tidemark.pulse set at = clock_timestamp()');
        return true;
      } catch (error) {
        journal.warn('database.not-ready', { error });
        return false;
      }
    },
    async close() {
      await Promise.all([bus.close(), bell.close()]);
      await Promise.all([
        app.destroy(),
        auth.destroy(),
        pulsePool.end(),
        rightsPool.end(),
        updateLog.close(),
        history.close(),
      ]);
    },
  };
}
