import type { TenantTransaction } from '@tidemark/database';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { type Entry, entryOf, rows } from '../documents/entries.ts';

/** Documents that were in a space at a time, outside of its bin, and have left it since. */
export interface Departed {
  /** Deleted for good. */
  readonly purged: number;
  /** In other spaces now. */
  readonly moved: number;
  /** Of those that were moved, how many the reader may not know of. */
  readonly hidden: number;
  /** Those that the reader may know of, a hundred at most. */
  readonly elsewhere: readonly Entry[];
}

const mostNamed = 100;

export async function departedFrom(
  tx: TenantTransaction,
  reader: Reader,
  spaceId: string,
  at: number,
): Promise<Departed> {
  const { purged } = await tx
    .selectFrom('former_places as was')
    .leftJoin('documents', 'documents.id', 'was.document_id')
    .select(({ fn }) => fn.countAll<number>().as('purged'))
    .where('was.space_id', '=', spaceId)
    .where(stood(at))
    .where('documents.id', 'is', null)
    .executeTakeFirstOrThrow();
  const moved = await rows(tx)
    .innerJoin('former_places as was', 'was.document_id', 'documents.id')
    .where('was.space_id', '=', spaceId)
    .where(stood(at))
    .where('documents.space_id', '!=', spaceId)
    .orderBy('documents.title')
    .orderBy('documents.id')
    .execute();
  // What lies in the bin is known to editors alone.
  const known = moved.flatMap((row) => {
    const entry = entryOf(row, reader);
    return entry && (entry.deletedAt === null || entry.access === 'edit') ? [entry] : [];
  });
  return {
    purged: Number(purged),
    moved: moved.length,
    hidden: moved.length - known.length,
    elsewhere: known.slice(0, mostNamed),
  };
}

/** Of a row of `documents`: whether it was in another space than this at a time. */
export function cameSince(spaceId: string, at: number) {
  return sql<boolean>`exists (select from tidemark.former_places was where was.document_id = documents.id
    and was.space_id <> ${spaceId} and ${stood(at)})`;
}

/** Of a row `was`: whether the document stood there at a time, and not in the bin. */
function stood(at: number) {
  // Postgres counts in microseconds, people know times of milliseconds.
  const end = new Date(at + 1);
  return sql<boolean>`was.came_at < ${end} and was.left_at >= ${end}
    and (was.binned_at is null or was.binned_at >= ${end})`;
}
