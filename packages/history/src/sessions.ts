import { type KindName, kinds } from '@tidemark/documents';
import type { LogEntry } from '@tidemark/sync';
import { Places } from './places.ts';
import type { Material, Packer, WorkSession } from './ports.ts';
import { entriesIn, goOn, replicaAt } from './replica.ts';
import { sessionStops } from './session-stops.ts';
import { TouchedCount } from './touched.ts';
import { beginningOf, Reading, type Written } from './written.ts';

/** A longer pause ends a session of work, in milliseconds. */
export const sessionGapMs = 600_000;
/** So does so much of the log: an open session is read anew from its first entry, each time that there is more of it. */
export const longestSession = 20_000;

/** See the port. Open sessions are read anew as a whole, so that it does not matter at which LSNs somebody looked. */
export function workSessions(
  material: Material,
  range: { readonly kind: KindName; readonly after: number; readonly settled: number; readonly upTo: number },
  open: readonly WorkSession[],
  packer: Packer,
): WorkSession[] {
  const { kind, after, settled, upTo } = range;
  const entries = entriesIn(material, after, upTo, packer);
  const doc = replicaAt(material, after, packer, false);
  try {
    const { schema } = kinds[kind];
    const begin = beginningOf(doc, new Places(doc, schema));
    goOn(doc, entries);
    const reading = new Reading(new Places(doc, schema), begin);
    const makers = new Map(
      lastOfEach(open).map((session) => [session.userId, new SessionMaker(session.first)]),
    );
    const done: SessionMaker[] = [];
    for (const entry of entries) {
      // Read even where it belongs to a session that is over: what it brought is known from here on.
      const written = reading.read(entry);
      const maker = makers.get(entry.userId);
      if (maker?.takes(entry)) maker.add(entry, written);
      else if (entry.lsn > settled) {
        if (maker !== undefined) done.push(maker);
        makers.set(entry.userId, new SessionMaker(entry.lsn).add(entry, written));
      }
    }
    return [...done, ...makers.values()]
      .filter((maker) => maker.last > settled)
      .map((maker) => maker.result())
      .sort((a, b) => a.first - b.first);
  } finally {
    doc.destroy();
  }
}

/** Only the last session of each person can go on. */
function lastOfEach(open: readonly WorkSession[]): WorkSession[] {
  const last = new Map<string | null, WorkSession>();
  for (const session of open) {
    const known = last.get(session.userId);
    if (known === undefined || known.first < session.first) last.set(session.userId, session);
  }
  return [...last.values()];
}

class SessionMaker {
  readonly #first: number;
  readonly #entries: [lsn: number, at: number][] = [];
  readonly #touched = new TouchedCount();
  #userId: string | null = null;
  #from = Number.POSITIVE_INFINITY;
  #to = Number.NEGATIVE_INFINITY;
  #bytes = 0;

  constructor(first: number) {
    this.#first = first;
  }

  get last(): number {
    return this.#entries.at(-1)?.[0] ?? 0;
  }

  takes({ lsn, at }: LogEntry): boolean {
    if (lsn < this.#first || lsn >= this.#first + longestSession) return false;
    // The database's clock may be set back: that is no pause.
    return this.#entries.length === 0 || at - this.#to <= sessionGapMs;
  }

  add({ lsn, at, userId, update }: LogEntry, written: readonly Written[]): this {
    this.#entries.push([lsn, at]);
    this.#userId = userId;
    this.#from = Math.min(this.#from, at);
    this.#to = Math.max(this.#to, at);
    this.#bytes += update.length;
    this.#touched.add(written);
    return this;
  }

  result(): WorkSession {
    return {
      first: this.#first,
      last: this.last,
      userId: this.#userId,
      from: this.#from,
      to: this.#to,
      edits: this.#entries.length,
      bytes: this.#bytes,
      touched: this.#touched.result(),
      stops: sessionStops(this.#entries),
    };
  }
}
