import type { Bus, Log, UpdateLog } from '@tidemark/sync';
import type pg from 'pg';
import { createBell } from './bell.ts';
import { type Connection, openPool } from './connection.ts';
import { createGroupCommit } from './group-commit.ts';
import { appendGroup, loadDocument, readHeads, readUpdates, saveCheckpoint } from './log-queries.ts';

const session = { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout: null } as const;
/** Milliseconds after which an append without an answer is given up: its writer then sends it again. */
const appendTimeout = 60_000;
/** Milliseconds after which a read is given up, long enough for the largest document: a dead connection never says so. */
const longestRead = 120_000;
const commitsInFlight = 2;

export interface PostgresLog extends UpdateLog {
  close(): Promise<void>;
}

/**
 * The update log in Postgres; its bell rings in other processes by the bus. Appends have connections of their own, so that
 * many loads do not hold them up.
 */
export function openUpdateLog(
  connection: Connection,
  journal: Log,
  bus: Bus,
  readTimeout: number = longestRead,
): PostgresLog {
  const appends = openPool(
    connection,
    session,
    { max: commitsInFlight, query_timeout: appendTimeout },
    journal,
  );
  const reads = openPool(connection, session, { max: 6, query_timeout: readTimeout }, journal);
  const bell = createBell(bus);
  const commit = createGroupCommit({
    inFlight: commitsInFlight,
    isolate: (error) => {
      const alone = mayBeOneBatch(error);
      if (alone) journal.warn('log.group-failed', { error });
      return alone;
    },
    commit: (group) => appendGroup(appends, group),
  });
  return {
    load: (documentId) => loadDocument(reads, documentId),
    async append(batch) {
      const appended = await commit(batch);
      if (appended.outcome === 'stored') bell.ring(batch.documentId, appended.head);
      return appended;
    },
    readAfter: (documentId, epoch, lsn, limit) => readUpdates(reads, documentId, epoch, lsn, limit),
    saveCheckpoint: (checkpoint) => saveCheckpoint(reads, checkpoint),
    heads: (documentIds) => readHeads(reads, documentIds),
    onAppended: (documentId, listener) => bell.onAppended(documentId, listener),
    async close() {
      await Promise.all([appends.end(), reads.end()]);
    },
  };
}

/**
 * Whether the statement itself failed (SQLSTATE classes for data, constraints, deadlocks, limits, raised exceptions), rather
 * than the server or the way to it: only then another try without the neighbours makes sense.
 */
function mayBeOneBatch(error: unknown): boolean {
  return /^(?:0A|21|22|23|40|42|44|54|P0|XX)/.test((error as pg.DatabaseError).code ?? '');
}
