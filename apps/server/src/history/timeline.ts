import { brotli } from '@tidemark/database/packer';
import type {
  AutomaticReason,
  History,
  HistoryPlace,
  HistoryStore,
  PageCursor,
  PageItem,
  Touched,
} from '@tidemark/history';
import { unpackEntries } from '@tidemark/history';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Reader } from '../company/reader.ts';
import type { Dated, Version, Versions } from '../versions/versions.ts';
import type { Author, Names } from './names.ts';
import type { Retentions } from './retention.ts';

/** One line of a document's history. Times are ISO. */
export type TimelineItem =
  | {
      readonly type: 'session';
      readonly id: string;
      readonly by: Author;
      readonly from: string;
      readonly to: string;
      readonly first: number;
      readonly last: number;
      readonly edits: number;
      readonly touched: Touched;
      readonly detail: boolean;
    }
  | { readonly type: 'version'; readonly at: string; readonly lsn: number | null; readonly version: Version }
  | {
      readonly type: 'automatic';
      readonly id: string;
      readonly at: string;
      readonly lsn: number;
      readonly reason: AutomaticReason;
      readonly by: Author;
      readonly about: string;
    }
  | { readonly type: 'life'; readonly at: string; readonly after: number; readonly by: Author };

export interface TimelinePage {
  readonly items: readonly TimelineItem[];
  readonly next: PageCursor | null;
  readonly head: { readonly lsn: number; readonly at: string | null };
  /** Where detail begins. */
  readonly detail: { readonly lsn: number; readonly at: string | null; readonly days: number | null };
}

/** What happened to a document, the newest first: sessions of work, versions of all sorts, and lives. */
export interface Timeline {
  page(
    reader: Reader,
    documentId: string,
    cursor: PageCursor | null,
    limit: number,
  ): Promise<TimelinePage | Refusal>;
  /** When an entry was stored, as far as that is known still. */
  timeOf(documentId: string, lsn: number): Promise<number | null>;
}

interface TimelineOptions {
  readonly store: HistoryStore;
  readonly history: Pick<History, 'page'>;
  readonly versions: Pick<Versions, 'within'>;
  readonly names: Names;
  readonly retentions: Pick<Retentions, 'daysOf'>;
}

const iso = (time: number) => new Date(time).toISOString();

export function createTimeline({ store, history, versions, names, retentions }: TimelineOptions): Timeline {
  async function timeOf(documentId: string, lsn: number): Promise<number | null> {
    const { segments, rows } = await store.entries(documentId, lsn - 1, lsn);
    for (const row of rows) if (row.lsn === lsn) return row.at;
    for (const { content } of segments) {
      for (const entry of unpackEntries(content, brotli)) if (entry.lsn === lsn) return entry.at;
    }
    const [version] = await store.automaticVersions(documentId, lsn + 1, 1);
    return version?.lsn === lsn ? version.at : null;
  }

  return {
    timeOf,

    async page(reader, documentId, cursor, limit) {
      const found = await history.page(documentId, cursor, limit);
      if (isRefusal(found)) return found;
      const place = await store.place(documentId);
      if (place === null) return refuse('not-found');
      const dated = await versions.within(reader, documentId, found);
      const lives = livesWithin(place, found);
      const nameOf = await names.of(reader, [
        ...found.items.map((item) => (item.type === 'session' ? item.session : item.version).userId),
        ...lives.map(({ began }) => began.userId),
      ]);
      const items = [
        ...found.items.map((item) => itemOf(item, nameOf, found.thinned)),
        ...dated.map(versionItem),
        ...lives.map(({ after, began }) => ({
          time: began.at,
          item: { type: 'life' as const, at: iso(began.at), after, by: nameOf(began.userId) },
        })),
      ];
      const begins = found.thinned === 0 ? null : await timeOf(documentId, found.thinned + 1);
      return {
        // Stable: what happened at the same time stays as it came.
        items: items.sort((a, b) => b.time - a.time).map(({ item }) => item),
        next: found.next,
        head: { lsn: place.head, at: place.headAt === null ? null : iso(place.headAt) },
        detail: {
          lsn: found.thinned,
          at: begins === null ? null : iso(begins),
          days: (await retentions.daysOf(documentId)) ?? null,
        },
      };
    },
  };
}

interface Timed {
  readonly time: number;
  readonly item: TimelineItem;
}

function itemOf(item: PageItem, nameOf: (userId: string | null) => Author, thinned: number): Timed {
  if (item.type === 'automatic') {
    const { userId, at, ...version } = item.version;
    return { time: at, item: { type: 'automatic', ...version, at: iso(at), by: nameOf(userId) } };
  }
  const { userId, from, to, first, last, edits, touched } = item.session;
  return {
    time: to,
    item: {
      type: 'session',
      id: `${first}`,
      by: nameOf(userId),
      from: iso(from),
      to: iso(to),
      first,
      last,
      edits,
      touched,
      detail: last > thinned,
    },
  };
}

function versionItem({ version, lsn, time }: Dated): Timed {
  return { time, item: { type: 'version', at: iso(time), lsn, version } };
}

/** Those that began in a span of time; the first began with the document. */
function livesWithin({ lives }: HistoryPlace, { since, before }: Span) {
  return lives.flatMap(({ after, began }) =>
    began !== null && began.at >= (since ?? -Infinity) && began.at < (before ?? Infinity)
      ? [{ after, began }]
      : [],
  );
}

interface Span {
  readonly since: number | null;
  readonly before: number | null;
}
