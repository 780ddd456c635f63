import * as z from 'zod';
import { Version } from '../versions/schemas.ts';

export const Lsn = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** A document and a place in its log. */
export const AtLsn = z.object({ id: z.uuid(), lsn: Lsn.describe('A place in the log of the document.') });

const By = z
  .object({ id: z.string().nullable(), name: z.string() })
  .describe('`id` is null when it was the server itself.');
const lsn = z.int().describe('A place in the log of the document.');
const at = z.iso.datetime();

const Touched = z
  .object({
    collections: z.record(
      z.string(),
      z.object({
        added: z.int(),
        removed: z.int(),
        changed: z.int(),
        moved: z.int(),
        ids: z.array(z.string()).readonly().describe('Some of the records, at most 50.'),
        registers: z.array(z.string()).readonly(),
      }),
    ),
    texts: z
      .record(z.string(), z.object({ inserted: z.int(), deleted: z.int() }))
      .describe('Characters, by name of the text.'),
  })
  .describe('Records by collection, each counted once, by the strongest of what was done to it.');

const HistoryItem = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('session'),
      id: z.string(),
      by: By,
      from: at,
      to: at,
      first: lsn,
      last: lsn,
      edits: z.int(),
      touched: Touched,
      detail: z.boolean().describe('Whether the moments inside of it can be looked at still.'),
    }),
    z.object({ type: z.literal('version'), at, lsn: lsn.nullable(), version: Version }),
    z.object({
      type: z.literal('automatic'),
      id: z.string(),
      at,
      lsn,
      reason: z.enum(['quiet', 'nightly', 'before-restore', 'restored', 'before-import', 'forked']),
      by: By,
      about: z.string(),
    }),
    z.object({ type: z.literal('life'), at, after: lsn, by: By }),
  ])
  .meta({ id: 'HistoryItem' });

export const HistoryPage = z
  .object({
    items: z.array(HistoryItem).describe('The newest first.'),
    nextCursor: z.string().nullable(),
    head: z.object({ lsn, at: at.nullable() }),
    detail: z
      .object({ lsn, at: at.nullable(), days: z.int().nullable() })
      .describe(
        'Where detail begins: entries up to `lsn` are thinned. `days`: how long it is kept, null for good.',
      ),
    settling: z.boolean().describe('Recent work is still being read; ask again on news.'),
  })
  .meta({ id: 'HistoryPage' });

export const Stops = z
  .object({ items: z.array(z.object({ lsn, at, by: z.string().nullable() })) })
  .meta({ id: 'HistoryStops' });

const Who = By.extend({ at, lsn });

export const HistoryChanges = z
  .object({
    differences: z.array(
      z.object({
        type: z.enum(['added', 'removed', 'changed', 'moved']),
        collection: z.string(),
        id: z.string(),
        register: z.string().nullable().describe('Of a change.'),
        by: Who.nullable().describe('Null when the entry is thinned.'),
      }),
    ),
    texts: z.array(
      z.object({
        text: z.string(),
        by: z.array(Who).describe('Everybody who wrote or deleted in it between the moments, each once.'),
      }),
    ),
    complete: z.boolean().describe('False where some of the authors are not known.'),
  })
  .meta({ id: 'HistoryChanges' });

export const AutomaticMark = z.object({ id: z.string(), lsn });

export const OwnEntry = z
  .object({
    after: lsn
      .optional()
      .describe('Of the mark before it; without one, that of the state before it is made, too.'),
    clientId: z.int().min(0).max(0xffff_ffff).describe('Of the Yjs document that wrote it.'),
    clock: z.int().min(0).describe('Of that client ID, when it began to write it.'),
  })
  .describe('An edit of yours that is stored by now.');

export const Thing = z
  .object({ collection: z.string().max(100), id: z.string().max(500) })
  .describe('Such as `{"collection": "lines", "id": …}`.');

export const Restored = z.object({
  lsn: lsn.describe('Of the restore; of what was there when nothing differed.'),
  before: z
    .string()
    .nullable()
    .describe('The automatic version of the state before; null when nothing differed.'),
  after: z.string().nullable().describe('The automatic version of the state after.'),
  along: z.array(Thing).describe('Things that nobody asked for and that had to come, or go, with those.'),
});
