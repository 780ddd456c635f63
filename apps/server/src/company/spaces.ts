import { type Database, inTenant } from '@tidemark/database';
import { type Access, type Refusal, refuse } from '@tidemark/protocol';
import { accessInSpace } from '../documents/rights.ts';
import type { Caller } from '../http/caller.ts';

export interface Space {
  readonly id: string;
  readonly kind: 'company' | 'personal';
  readonly name: string;
  readonly access: Access;
}

/** The places for documents that one person knows of. */
export interface Spaces {
  /** The company's first. */
  list(caller: Pick<Caller, 'tenant' | 'role'>): Promise<readonly Space[]>;
  /** Where a new document goes: the named space, or the company's shared one. */
  forNewDocument(
    caller: Pick<Caller, 'tenant' | 'role'>,
    wanted: string | undefined,
  ): Promise<string | Refusal>;
}

export function createSpaces({ app }: Pick<Database, 'app'>): Spaces {
  async function list({ tenant, role }: Pick<Caller, 'tenant' | 'role'>): Promise<readonly Space[]> {
    const rows = await inTenant(app, tenant, (tx) =>
      tx.selectFrom('spaces').select(['id', 'kind', 'name', 'owner_id as ownerId']).orderBy('kind').execute(),
    );
    return rows.flatMap(({ ownerId, ...space }) => {
      const access = accessInSpace({ kind: space.kind, ownerId }, tenant.userId, role);
      return access === null ? [] : [{ ...space, access }];
    });
  }

  return {
    list,
    async forNewDocument(caller, wanted) {
      const spaces = await list(caller);
      const space = spaces.find(({ id, kind }) =>
        wanted === undefined ? kind === 'company' : id === wanted,
      );
      if (!space) return refuse('not-found', 'There is no such space.');
      return space.access === 'edit'
        ? space.id
        : refuse('read-only', 'You may read in this space but not write.');
    },
  };
}
