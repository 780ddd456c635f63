import type { KindName } from '@tidemark/documents';
import type { Material, Segment } from '@tidemark/history';
import type { LogEntry } from '@tidemark/sync';

/** What the thread of exports is asked for, and what it answers: whole documents are walked there. */
export type ExportJob =
  | { readonly work: 'content'; readonly kind: KindName; readonly material: Material; readonly lsn: number }
  | { readonly work: 'state'; readonly material: Material; readonly lsn: number }
  | { readonly work: 'lines'; readonly segment: Segment; readonly after: number; readonly upTo: number };

export interface Content {
  /** One update, v1. */
  readonly state: Uint8Array;
  /** JSON. */
  readonly content: string;
}

export type ExportDone = Content | Uint8Array | { readonly unreadable: string };

/** An entry of the log as a line of NDJSON. */
export function lineOf({ lsn, at, userId, clientId, update }: LogEntry): string {
  const base64 = Buffer.from(update.buffer, update.byteOffset, update.byteLength).toString('base64');
  return `${JSON.stringify({ lsn, at: new Date(at).toISOString(), userId, clientId, update: base64 })}\n`;
}
