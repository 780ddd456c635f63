import { type Database, inTenant } from '@tidemark/database';
import type { ObjectStore } from '@tidemark/files';
import type { Log } from '@tidemark/sync';
import { sql } from 'kysely';

/** Removes objects whose last row went. */
export interface OrphanSweep {
  /** All that are noted now. One that cannot be removed stays noted, and the journal says so. Resolves to how many went. */
  sweep(): Promise<number>;
}

const page = 200;

export function createOrphanSweep(
  { app }: Pick<Database, 'app'>,
  store: Pick<ObjectStore, 'remove'>,
  journal: Log,
): OrphanSweep {
  async function noted(after: Buffer | null): Promise<Buffer[]> {
    const { rows } = await sql<{ sha256: Buffer }>`
      select list_orphans as sha256 from tidemark.list_orphans(${after}, ${page})`.execute(app);
    return rows.map(({ sha256 }) => sha256);
  }

  /** Removed before the transaction ends, so that nobody can come to refer to it in between; a crash leaves it noted. */
  function remove(object: Buffer): Promise<boolean> {
    return inTenant(app, { companyId: null, userId: null }, async (tx) => {
      const { rows } = await sql<{ mine: boolean }>`select tidemark.claim_orphan(${object}) as mine`.execute(
        tx,
      );
      const mine = rows[0]?.mine === true;
      if (mine) await store.remove(object.toString('hex'));
      return mine;
    });
  }

  return {
    async sweep() {
      let removed = 0;
      let last: Buffer | null = null;
      for (;;) {
        const objects = await noted(last);
        for (const object of objects) {
          last = object;
          try {
            if (await remove(object)) removed += 1;
          } catch (error) {
            journal.error('object-not-removed', { sha256: object.toString('hex'), error });
          }
        }
        if (objects.length < page) return removed;
      }
    },
  };
}
