import type { EstimateStatus, TenantTransaction } from '@tidemark/database';
import type { KindName } from '@tidemark/documents';
import type { Access } from '@tidemark/protocol';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { accessInSpace } from './rights.ts';

/** One line of a list of documents. */
export interface Entry {
  readonly id: string;
  readonly kind: KindName;
  readonly title: string;
  readonly projectId: string;
  readonly access: Access;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly updatedBy: { readonly id: string; readonly name: string } | null;
  /** Since when it is in the bin. */
  readonly deletedAt: string | null;
  /** When it is deleted for good if it stays there. */
  readonly purgeAt: string | null;
  /** Version of its thumbnail, if it has one. */
  readonly thumbnail: string | null;
  /** Whether the thumbnail should be another one by now. */
  readonly thumbnailStale: boolean;
  /** Others begin with it; ordinary lists leave it out. */
  readonly template: boolean;
  /** Of estimates, once they were reckoned. */
  readonly figures: {
    readonly status: EstimateStatus;
    readonly client: string;
    /** Ten-thousandths; null: it cannot be reckoned. */
    readonly bid: number | null;
    readonly currency: string;
  } | null;
}

/** An edit of a moment ago is on its way to be drawn; one of long ago was forgotten by a process that died. */
const thumbnailStale = sql<boolean>`documents.kind = 'diagram' and documents.deleted_at is null
  and (thumbnails.head is distinct from documents.head or thumbnails.epoch is distinct from documents.epoch)
  and (thumbnails.drawn_at is null or documents.updated_at < now() - interval '1 minute')`.as(
  'thumbnailStale',
);

/** Every document of the company; who may know of one is for `entryOf`. */
export function rows(tx: TenantTransaction) {
  return tx
    .selectFrom('documents')
    .innerJoin('spaces', 'spaces.id', 'documents.space_id')
    .leftJoin('auth.user as editor', 'editor.id', 'documents.updated_by')
    .leftJoin('thumbnails', 'thumbnails.document_id', 'documents.id')
    .leftJoin('estimate_figures as figures', 'figures.document_id', 'documents.id')
    .select([
      'documents.id',
      'documents.kind',
      'documents.title',
      'documents.space_id as spaceId',
      'documents.created_at as createdAt',
      'documents.updated_at as updatedAt',
      'documents.deleted_at as deletedAt',
      'documents.purge_at as purgeAt',
      'spaces.kind as spaceKind',
      'spaces.owner_id as ownerId',
      'editor.id as editorId',
      'editor.name as editorName',
      'thumbnails.version as thumbnail',
      thumbnailStale,
      'documents.is_template as template',
      'figures.status',
      'figures.client',
      'figures.bid',
      'figures.currency',
      // A Date holds milliseconds; a place in a list needs all that the database holds.
      sql<string>`documents.updated_at::text`.as('updatedExactly'),
      sql<string>`documents.deleted_at::text`.as('binnedExactly'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

/** Null: the reader may not know of it. */
export function entryOf(row: Row, { tenant, role }: Reader): Entry | null {
  const access = accessInSpace({ kind: row.spaceKind, ownerId: row.ownerId }, tenant.userId, role);
  if (access === null) return null;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    projectId: row.spaceId,
    access,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy:
      row.editorId !== null && row.editorName !== null ? { id: row.editorId, name: row.editorName } : null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    purgeAt: row.purgeAt?.toISOString() ?? null,
    thumbnail: row.thumbnail,
    thumbnailStale: row.thumbnailStale,
    template: row.template,
    figures: figuresOf(row),
  };
}

function figuresOf({ status, client, bid, currency }: Row): Entry['figures'] {
  return status === null || client === null || currency === null ? null : { status, client, bid, currency };
}
