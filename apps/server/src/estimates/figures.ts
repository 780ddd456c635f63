import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { createReader, type Reader } from '@tidemark/documents/records';
import { isRefusal } from '@tidemark/protocol';
import type { Lobby, Log } from '@tidemark/sync';
import { sql } from 'kysely';
import type * as Y from 'yjs';
import { type Figures, figuresOf, viewOf } from './figures-of.ts';

/** The rows that lists, search and patterns read instead of opening estimates. They follow the content by a few seconds. */
export interface FigureRows {
  /** Writes what the estimate comes to, if that is something else than before. The server's own work, for no person. */
  keep(documentId: string, doc: Y.Doc): Promise<void>;
  /** Reckons an estimate that was never reckoned, or of which not all is known: one from before all that was kept. */
  backfill(lobby: Pick<Lobby, 'read'>, documentId: string): Promise<void>;
}

export function createFigureRows({ app }: Pick<Database, 'app'>, journal: Pick<Log, 'warn'>): FigureRows {
  const inDocument = <T>(documentId: string, use: (tx: TenantTransaction) => Promise<T>) =>
    inTenant(app, { companyId: null, userId: null }, async (tx) => {
      await sql`select tidemark.enter_companies_of(${[documentId]}::uuid[])`.execute(tx);
      return use(tx);
    });

  /** Of documents that are open: what did not change since the last time is not read and reckoned again. */
  const readers = new WeakMap<Y.Doc, Reader<EstimateView>>();
  const readerOf = (doc: Y.Doc) => {
    const known = readers.get(doc);
    if (known) return known;
    const reader = createReader(doc, estimate);
    readers.set(doc, reader);
    doc.once('destroy', () => reader.destroy());
    return reader;
  };

  async function keep(documentId: string, doc: Y.Doc): Promise<void> {
    const figures = figuresOf(readerOf(doc).view());
    await inDocument(documentId, (tx) => writeFigures(tx, documentId, figures));
  }

  return {
    keep,
    async backfill(lobby, documentId) {
      try {
        const known = await inDocument(documentId, (tx) =>
          tx
            .selectFrom('estimate_figures')
            .select('document_id')
            .where('document_id', '=', documentId)
            .where('lessons', 'is not', null)
            .executeTakeFirst(),
        );
        if (known) return;
        const figures = await lobby.read(documentId, (doc) => figuresOf(viewOf(doc)));
        if (isRefusal(figures)) return; // closing: the next opening is in time
        await inDocument(documentId, (tx) => writeFigures(tx, documentId, figures));
      } catch (error) {
        // Nobody waits for it, and the next opening tries again.
        journal.warn('figures.not-kept', { documentId, error });
      }
    },
  };
}

/** Within a transaction of the document's company. A document that is gone is passed over. */
export async function writeFigures(
  tx: TenantTransaction,
  documentId: string,
  figures: Figures,
): Promise<void> {
  await sql`
    insert into estimate_figures as f (document_id, company_id, status, client, number, currency, base, cost, bid, total,
        lines, risks, actual, planned_days, actual_days, decided_at, lessons)
      select d.id, d.company_id, ${figures.status}, ${figures.client}, ${figures.number}, ${figures.currency},
        ${figures.base}::bigint, ${figures.cost}::bigint, ${figures.bid}::bigint, ${figures.total}::bigint,
        ${figures.lines}::integer, ${JSON.stringify(figures.risks)}::jsonb, ${figures.actual}::bigint,
        ${figures.plannedDays}::double precision, ${figures.actualDays}::double precision,
        ${figures.decidedAt}::timestamptz, ${JSON.stringify(figures.lessons)}::jsonb
      from documents d where d.id = ${documentId}
    on conflict (document_id) do update set status = excluded.status, client = excluded.client, number = excluded.number,
        currency = excluded.currency, base = excluded.base, cost = excluded.cost, bid = excluded.bid, total = excluded.total,
        lines = excluded.lines, risks = excluded.risks, actual = excluded.actual, planned_days = excluded.planned_days,
        actual_days = excluded.actual_days, decided_at = excluded.decided_at, lessons = excluded.lessons, updated_at = now()
      where (f.status, f.client, f.number, f.currency, f.base, f.cost, f.bid, f.total, f.lines, f.risks, f.actual,
          f.planned_days, f.actual_days, f.decided_at, f.lessons)
        is distinct from (excluded.status, excluded.client, excluded.number, excluded.currency, excluded.base, excluded.cost,
          excluded.bid, excluded.total, excluded.lines, excluded.risks, excluded.actual, excluded.planned_days,
          excluded.actual_days, excluded.decided_at, excluded.lessons)`.execute(tx);
}
