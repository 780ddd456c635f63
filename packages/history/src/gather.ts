import { type Refusal, refuse } from '@tidemark/protocol';
import type { Entries, HistoryPlace, HistoryStore, Life, Material, StoredState } from './ports.ts';

/** The life that an LSN is a moment of: an LSN at which a life begins is the last of the one before. */
export function lifeOf({ lives }: HistoryPlace, lsn: number): Life {
  const life = lives.findLast(({ after }) => after < lsn) ?? lives[0];
  if (life === undefined) throw new Error('A document has at least one life.');
  return life;
}

/** The last LSN of a life. */
export function endOf({ lives, head }: HistoryPlace, life: Life): number {
  return lives.find(({ after }) => after > life.after)?.after ?? head;
}

/** Rows may be packed, or thinned, between two questions: then they are asked again. */
const mostTries = 4;

/** How much of the log is gathered at most: both at least one entry. */
export interface Page {
  readonly entries: number;
  /** Of updates. */
  readonly bytes: number;
}

interface GatherOptions {
  /** A state of this life at or before `from`, taken where the store has no later one. */
  readonly near?: StoredState | null;
  /** Of what lies before `from`; what follows it is for the caller to bound. Default: all of it. */
  readonly page?: Page;
}

const everything: Page = { entries: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };

/**
 * What makes the states of one life from `from` on up to `upTo`: the last stored state at or before `from`, and what follows it. Where more
 * than a page lies between that state and `from`, it ends with the page. Refused: `not-found`, `no-detail`.
 */
export async function gather(
  store: HistoryStore,
  documentId: string,
  first: HistoryPlace,
  from: number,
  upTo: number,
  { near = null, page = everything }: GatherOptions = {},
): Promise<Material | Refusal> {
  let place: HistoryPlace | null = first;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const life = lifeOf(place, upTo);
    const start = (await store.stateBefore(documentId, near?.lsn ?? life.after, from)) ?? near;
    const after = start?.lsn ?? life.after;
    if (after >= upTo) return { start, segments: [], rows: [] };
    const lead =
      after < from
        ? await store.bundles(documentId, after, Math.min(from, after + page.entries), page.bytes)
        : [];
    const led = lead.at(-1)?.last ?? after;
    const isLed = led >= from;
    const rest =
      isLed && led < upTo ? await store.bundles(documentId, led, upTo, Number.MAX_SAFE_INTEGER) : [];
    const segments = [...lead, ...rest];
    const wanted = isLed || led === after ? upTo : led;
    if (covers({ segments, rows: [] }, after, wanted)) return { start, segments, rows: [] };
    place = await store.place(documentId);
    if (place === null) return refuse('not-found');
    if (from < place.thinned && (start === null || start.lsn < place.thinned)) return refuse('no-detail');
  }
  throw new Error(`The log of document ${documentId} has a hole before ${upTo}.`);
}

/** Whether no entry in (after, upTo] is missing. */
export function covers({ segments, rows }: Entries, after: number, upTo: number): boolean {
  let last = after;
  for (const segment of segments) {
    if (segment.last <= last) continue;
    if (segment.first > last + 1) return false;
    last = segment.last;
  }
  for (const { lsn } of rows) {
    if (lsn <= last) continue;
    if (lsn > last + 1) return false;
    last = lsn;
  }
  return last >= upTo;
}
