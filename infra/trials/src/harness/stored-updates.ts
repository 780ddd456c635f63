import { brotliDecompressSync } from 'node:zlib';
import { unpackEntries } from '@tidemark/history';
import type pg from 'pg';

/** Segments are only read here. */
const packer = {
  compress(): never {
    throw new Error('The trials pack nothing.');
  },
  expand: (bytes: Uint8Array) => brotliDecompressSync(bytes),
};

export interface StoredUpdate {
  readonly lsn: number;
  readonly update: Uint8Array;
}

/** All that the log of a document holds, by SQL alone: what is packed, then its rows. As a role that row-level security does not bind. */
export async function storedUpdates(client: pg.ClientBase, documentId: string): Promise<StoredUpdate[]> {
  // One statement: a row that is packed meanwhile is in one of the two.
  const { rows } = await client.query<{ packed: boolean; lsn: string; update: Buffer }>(
    `select true as packed, first_lsn as lsn, content as update from tidemark.document_segments where document_id = $1
     union all select false, lsn, update from tidemark.document_updates where document_id = $1 order by lsn`,
    [documentId],
  );
  return rows.flatMap(({ packed, lsn, update }): StoredUpdate[] =>
    packed ? unpackEntries(update, packer) : [{ lsn: Number(lsn), update: new Uint8Array(update) }],
  );
}
