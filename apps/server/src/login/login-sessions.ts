import type { LoginTables } from '@tidemark/database';
import type { Kysely } from 'kysely';

/** One sign-in on one device. */
export interface LoginSession {
  readonly id: string;
  /** How the browser called itself; null if it did not. */
  readonly device: string | null;
  readonly createdAt: Date;
  /** Renewed about once a day while it is used. */
  readonly renewedAt: Date;
  readonly expiresAt: Date;
}

/** A person's sign-ins. What lives by one hears of its end by itself: the next request, and open documents at once. */
export interface LoginSessions {
  /** Those that have not expired, the latest first. */
  list(userId: string): Promise<readonly LoginSession[]>;
  /** False when the person has no such session. */
  end(userId: string, id: string): Promise<boolean>;
}

export function createLoginSessions(tables: Kysely<LoginTables>): LoginSessions {
  return {
    async list(userId) {
      const rows = await tables
        .selectFrom('session')
        .select(['id', 'userAgent', 'createdAt', 'updatedAt', 'expiresAt'])
        .where('userId', '=', userId)
        .where('expiresAt', '>', new Date())
        .orderBy('createdAt', 'desc')
        .execute();
      return rows.map(({ userAgent, updatedAt: renewedAt, ...session }) => ({
        ...session,
        device: userAgent || null,
        renewedAt,
      }));
    },

    async end(userId, id) {
      const ended = await tables
        .deleteFrom('session')
        .where('id', '=', id)
        .where('userId', '=', userId)
        .returning('id')
        .executeTakeFirst();
      return ended !== undefined;
    },
  };
}
