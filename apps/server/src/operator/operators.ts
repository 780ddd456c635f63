import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import { sql } from 'kysely';

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Name of who appointed them; null for the first one. */
  readonly appointedBy: string | null;
  /** ISO 8601. */
  readonly appointedAt: string;
}

/** The people who look after the server. The first account is the first of them; they appoint one another. */
export interface Operators {
  is(userId: string): Promise<boolean>;
  list(by: string): Promise<readonly Operator[]>;
  /** Harmless for somebody who is one already. `not-found`: nobody has this address. */
  appoint(by: string, email: string): Promise<Refusal | null>;
  /** `invalid` for the last one: a server is never left without. */
  dismiss(by: string, userId: string): Promise<Refusal | null>;
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly appointed_by: string | null;
  readonly appointed_at: Date;
}

export function createOperators({ app }: Pick<Database, 'app'>): Operators {
  /** The functions look at who the person is themselves, so no company is entered. */
  const as = <T>(userId: string, use: (tx: TenantTransaction) => Promise<T>) =>
    inTenant(app, { companyId: null, userId }, use);

  return {
    is: (userId) =>
      as(userId, async (tx) => {
        const { rows } = await sql<{ is: boolean }>`select tidemark.is_operator() as is`.execute(tx);
        return rows[0]?.is === true;
      }),

    list: (by) =>
      as(by, async (tx) => {
        const { rows } = await sql<Row>`select * from tidemark.list_operators()`.execute(tx);
        return rows.map(({ appointed_by, appointed_at, ...person }) => ({
          ...person,
          appointedBy: appointed_by,
          appointedAt: appointed_at.toISOString(),
        }));
      }),

    appoint: (by, email) =>
      as(by, async (tx) => {
        const { rows } = await sql<{
          found: boolean;
        }>`select tidemark.appoint_operator(${email}) as found`.execute(tx);
        return rows[0]?.found === true ? null : refuse('not-found', 'Nobody here has this address.');
      }),

    dismiss: (by, userId) =>
      as(by, async (tx) => {
        const { rows } = await sql<{
          outcome: string;
        }>`select tidemark.dismiss_operator(${userId}) as outcome`.execute(tx);
        const outcome = rows[0]?.outcome;
        if (outcome === 'unknown') return refuse('not-found');
        if (outcome === 'last')
          return refuse('invalid', 'The last operator stays: appoint another one first.');
        return null;
      }),
  };
}
