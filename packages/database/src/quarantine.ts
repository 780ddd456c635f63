import type { Quarantine } from '@tidemark/sync';
import { type Kysely, sql } from 'kysely';
import { toStorable } from './storable.ts';
import type { Tables } from './tables/index.ts';
import type { TenantTransaction } from './tenant.ts';

/** Bounds of what is kept: bytes of one item, items and bytes of one document, items in all. */
const bounds = { itemBytes: 4 * 1024 * 1024, items: 20, bytes: 16 * 1024 * 1024, inAll: 5_000 };

/** One item, for people who look after the server. */
export interface QuarantinedItem {
  readonly id: number;
  readonly documentId: string;
  readonly title: string;
  readonly company: string;
  /** Null: the document's own log. */
  readonly userId: string | null;
  readonly clientId: number;
  /** A code of the refusal table. */
  readonly code: string;
  readonly detail: string;
  /** Bytes of the update as it came. */
  readonly size: number;
  /** Whether the bytes were kept: larger ones are only counted. */
  readonly kept: boolean;
  readonly keptAt: Date;
}

interface Row {
  readonly id: number;
  readonly document_id: string;
  readonly title: string;
  readonly company: string;
  readonly user_id: string | null;
  readonly client_id: number;
  readonly code: string;
  readonly detail: string;
  readonly size: number;
  readonly kept: boolean;
  readonly kept_at: Date;
}

/** The quarantine in Postgres: the newest of each document, within bounds. */
export function createQuarantine(app: Kysely<Tables>): Quarantine {
  return {
    async keep({ documentId, userId, clientId, code, detail, bytes }) {
      const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      // What is refused may quote anything.
      const told = toStorable(detail);
      await sql`select tidemark.keep_quarantined(${documentId}, ${userId}, ${clientId}, ${code}, ${told}, ${content},
        ${bounds.itemBytes}, ${bounds.items}, ${bounds.bytes}, ${bounds.inAll})`.execute(app);
    },
  };
}

/** Newest first. The transaction is an operator's; for anybody else Postgres raises `insufficient_privilege`. */
export async function listQuarantined(
  tx: TenantTransaction,
  { documentId = null, before = null, limit = 100 }: QuarantineQuery,
): Promise<QuarantinedItem[]> {
  const { rows } = await sql<Row>`
    select * from tidemark.list_quarantined(${documentId}, ${before}, ${limit})`.execute(tx);
  return rows.map(({ document_id, user_id, client_id, kept_at, ...item }) => ({
    ...item,
    documentId: document_id,
    userId: user_id,
    clientId: client_id,
    keptAt: kept_at,
  }));
}

export interface QuarantineQuery {
  readonly documentId?: string | null;
  /** The last id of the page before. */
  readonly before?: number | null;
  readonly limit?: number;
}

/** The bytes as they came, or null if they were not kept or are gone. As an operator. */
export async function readQuarantined(tx: TenantTransaction, id: number): Promise<Uint8Array | null> {
  const { rows } = await sql<{ content: Uint8Array | null }>`
    select tidemark.read_quarantined(${id}) as content`.execute(tx);
  return rows[0]?.content ?? null;
}

/** False if there is no such item (any more). As an operator. */
export async function removeQuarantined(tx: TenantTransaction, id: number): Promise<boolean> {
  const { rows } = await sql<{ removed: boolean }>`
    select tidemark.remove_quarantined(${id}) as removed`.execute(tx);
  return rows[0]?.removed === true;
}
