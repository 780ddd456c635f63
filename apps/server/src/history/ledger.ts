import type { Database, HistoryDue } from '@tidemark/database';
import { sql } from 'kysely';

/** What there is to do on the past of documents of all companies; page by page, by id. */
export interface Ledger {
  /** Documents with entries of which no session is known, or with so many rows that may be packed. */
  left(leastRows: number, after: string | null, most: number): Promise<readonly HistoryDue[]>;
  /** Documents that changed since their last nightly version and before this night, or whose old detail may be thinned now. */
  lackingNight(night: number, now: number, after: string | null, most: number): Promise<readonly string[]>;
}

export function createLedger({ app, history }: Pick<Database, 'app' | 'history'>): Ledger {
  return {
    left: (leastRows, after, most) => history.due(after, leastRows, most),

    async lackingNight(night, now, after, most) {
      const { rows } = await sql<{ document_id: string }>`
        select document_id from tidemark.history_night(${new Date(night)}, ${new Date(now)}, ${after}, ${most})`.execute(
        app,
      );
      return rows.map(({ document_id: id }) => id);
    },
  };
}
