import type { History, HistoryPlace, HistoryStore } from '@tidemark/history';
import type { Clock, Log } from '@tidemark/sync';
import type { OneAtATime } from '../versions/one-at-a-time.ts';
import { type ArchivistSettings, defaultSettings } from './archivist-settings.ts';
import type { Ledger } from './ledger.ts';
import type { Names } from './names.ts';
import { periodEnds } from './periods.ts';
import { detailBegins, type Retentions } from './retention.ts';

/** Keeps the past of documents in order: one document at a time, when nobody is at it, and never in the way of anything. */
export interface Archivist {
  /** Begins to look for what was left, and for the night. */
  start(): void;
  /** The document has changed: it is looked at when it has been quiet for a while. */
  touched(documentId: string): void;
  /** Sessions of work of all that is stored, for somebody who looks. False when that goes on; who has it open is told when it is done. */
  settleFor(documentId: string): Promise<boolean>;
  /** Documents that wait to be looked at, with the one that is. */
  due(): number;
  /** Does nothing more; resolves when nothing is under way. */
  close(): Promise<void>;
}

export interface ArchivistOptions {
  readonly store: HistoryStore;
  readonly history: Pick<History, 'settle' | 'archive' | 'thin'>;
  readonly ledger: Ledger;
  readonly turns: OneAtATime;
  readonly retentions: Pick<Retentions, 'daysOf'>;
  readonly names: Pick<Names, 'remember'>;
  readonly clock: Clock;
  readonly journal: Log;
  /** The history of a document shows something new. */
  readonly changed: (documentId: string) => void;
  readonly failed?: (work: Work) => void;
  readonly settings?: Partial<ArchivistSettings>;
}

/** What is done to a document, for the figures. */
export type Work = 'settle' | 'archive' | 'night' | 'sweep';

const aDay = 86_400_000;
/** Documents of one look into the database. */
const mostAtOnce = 200;
/** Bytes of entries without sessions of work from which on a log is long, too. */
const longLogBytes = 16 * 1024 * 1024;
/** Sessions that are read back for the ends of periods; of more than that, as after the first start, the oldest get no version. */
const mostSessions = 500;

export function createArchivist(options: ArchivistOptions): Archivist {
  return new NightArchivist(options);
}

class NightArchivist implements Archivist {
  readonly #options: ArchivistOptions;
  readonly #settings: ArchivistSettings;
  /** Documents that are not quiet yet, and how to stop waiting. */
  readonly #restless = new Map<string, () => void>();
  /** Documents to be looked at, and the night that they lack, if any. */
  readonly #queue = new Map<string, number | null>();
  readonly #settling = new Map<string, Promise<void>>();
  readonly #timers = new Map<Work, () => void>();
  #work: Promise<void> | null = null;
  #sweeping: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: ArchivistOptions) {
    this.#options = options;
    this.#settings = { ...defaultSettings, ...options.settings };
  }

  start(): void {
    this.#every('sweep', this.#settings.firstSweepMs, () => {
      this.#sweep();
      return this.#settings.sweepMs;
    });
    // The last night first: the server may have slept through it.
    this.#every('night', this.#settings.firstSweepMs, () => {
      const now = this.#options.clock.now();
      this.#nightly(this.#lastNight(now));
      return this.#lastNight(now) + aDay - now;
    });
  }

  touched(documentId: string): void {
    this.#waitFor(documentId, this.#settings.quietMs);
  }

  async settleFor(documentId: string): Promise<boolean> {
    const { store, clock, changed } = this.#options;
    const place = await store.place(documentId);
    if (place === null || place.settled >= place.head) return true;
    const { waitedEntries, waitMs } = this.#settings;
    const work = this.#settle(documentId).then(
      () => true,
      () => false,
    );
    const impatience = Promise.withResolvers<boolean>();
    const cancel = clock.after(place.head - place.settled > waitedEntries ? 0 : waitMs, () =>
      impatience.resolve(false),
    );
    const settled = await Promise.race([work, impatience.promise]);
    cancel();
    if (!settled) void work.then((done) => done && changed(documentId));
    return settled;
  }

  due(): number {
    return this.#restless.size + this.#queue.size + (this.#work === null ? 0 : 1);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of [...this.#restless.values(), ...this.#timers.values()]) cancel();
    this.#restless.clear();
    this.#timers.clear();
    this.#queue.clear();
    await this.#sweeping;
    await this.#work;
    await Promise.allSettled(this.#settling.values());
  }

  #every(work: Work, ms: number, run: () => number): void {
    if (this.#closed) return;
    const cancel = this.#options.clock.after(ms, () => this.#every(work, run(), run));
    this.#timers.set(work, cancel);
  }

  #waitFor(documentId: string, ms: number): void {
    if (this.#closed) return;
    this.#restless.get(documentId)?.();
    const cancel = this.#options.clock.after(ms, () => {
      this.#restless.delete(documentId);
      this.#enqueue(documentId, null);
    });
    this.#restless.set(documentId, cancel);
  }

  #enqueue(documentId: string, night: number | null): void {
    if (this.#closed) return;
    this.#queue.set(documentId, night ?? this.#queue.get(documentId) ?? null);
    this.#begin();
  }

  #begin(): void {
    this.#work ??= this.#workOff().finally(() => {
      this.#work = null;
      // Something may have come when the last one was done.
      if (this.#queue.size > 0) this.#begin();
    });
  }

  async #workOff(): Promise<void> {
    for (const [documentId, night] of this.#queue) {
      this.#queue.delete(documentId);
      try {
        const done = await this.#options.turns.tryRun(documentId, async () => {
          await this.#keep(documentId, night);
          return true;
        });
        if (done === null) this.#waitFor(documentId, this.#settings.againMs);
      } catch (error) {
        // The database is away, for one: the next sweep finds it again.
        this.#fails(night === null ? 'archive' : 'night', error, { documentId });
      }
    }
  }

  /** What is settled or packed already costs a look at where the document stands. */
  async #keep(documentId: string, night: number | null): Promise<void> {
    const { history, changed } = this.#options;
    await this.#settle(documentId);
    await this.#keepQuiet(documentId);
    if (night !== null) await this.#keepNight(documentId, night);
    if (this.#closed) return;
    await history.archive(documentId);
    if (night !== null && !this.#closed) await this.#thin(documentId);
    changed(documentId);
  }

  /** One at a time of each document: whoever comes meanwhile gets the same, and asks again for what came later. */
  #settle(documentId: string): Promise<void> {
    const under = this.#settling.get(documentId);
    if (under !== undefined) return under;
    const work = this.#settleOnce(documentId).finally(() => this.#settling.delete(documentId));
    this.#settling.set(documentId, work);
    return work;
  }

  async #settleOnce(documentId: string): Promise<void> {
    const { history, store, names } = this.#options;
    const place = await store.place(documentId);
    // What is packed has history checkpoints to be read from: without them, each part of a long log is read after all before it.
    if (place !== null && (await this.#isLong(documentId, place))) await history.archive(documentId);
    await history.settle(documentId);
    const sessions = await store.sessions(documentId, null, 50);
    const writers = sessions.flatMap(({ userId }) => (userId === null ? [] : [userId]));
    await names.remember(documentId, [...new Set(writers)]);
  }

  async #isLong(documentId: string, { settled, head }: HistoryPlace): Promise<boolean> {
    if (head - settled > this.#settings.longEntries) return true;
    return (await this.#options.store.reach(documentId, settled, head, longLogBytes)) < head;
  }

  /** A version for each time at which everybody had stopped, or the document was begun anew. */
  async #keepQuiet(documentId: string): Promise<void> {
    const { store, clock } = this.#options;
    const place = await store.place(documentId);
    if (place === null) return;
    const known = await store.automaticVersions(documentId, null, 100);
    const last = known.find(({ reason }) => reason === 'quiet')?.lsn ?? 0;
    const sessions = await store.sessions(documentId, null, mostSessions);
    const { quietMs } = this.#settings;
    for (const { lsn, at, userId } of periodEnds(sessions, place.lives, quietMs, clock.now() - quietMs)) {
      // What was begun anew before its last life got any has later ones already.
      const isEnd = place.lives.some(({ after }) => after === lsn);
      // Of what is thinned, those that went stay gone.
      if (lsn <= Math.max(isEnd ? 0 : last, place.thinned)) continue;
      if (known.some((version) => version.lsn === lsn)) continue;
      await store.addAutomatic(documentId, { lsn, at, reason: 'quiet', userId, about: '' });
    }
  }

  async #keepNight(documentId: string, night: number): Promise<void> {
    const { store } = this.#options;
    const thinned = (await store.place(documentId))?.thinned ?? 0;
    const { lsn } = await store.lsnAt(documentId, night);
    const known = await store.automaticVersions(documentId, null, 100);
    const last = known.find(({ reason }) => reason === 'nightly');
    if (lsn <= Math.max(last?.lsn ?? 0, thinned)) return;
    await store.addAutomatic(documentId, { lsn, at: night, reason: 'nightly', userId: null, about: '' });
  }

  async #thin(documentId: string): Promise<void> {
    const { history, retentions, clock, journal } = this.#options;
    const days = await retentions.daysOf(documentId);
    if (days === null || days === undefined) return;
    const thinned = await history.thin(documentId, detailBegins(clock.now(), days));
    if (thinned !== null) journal.info('history-thinned', { documentId, days, ...thinned });
  }

  #lastNight(now: number): number {
    const tonight = Math.floor(now / aDay) * aDay + this.#settings.nightHour * 3_600_000;
    return tonight <= now ? tonight : tonight - aDay;
  }

  #nightly(night: number): void {
    const { ledger, clock } = this.#options;
    this.#look('night', async (after) => {
      const found = await ledger.lackingNight(night, clock.now(), after, mostAtOnce);
      for (const documentId of found) this.#enqueue(documentId, night);
      return found;
    });
  }

  #sweep(): void {
    const { ledger, clock } = this.#options;
    this.#look('sweep', async (after) => {
      const found = await ledger.left(this.#settings.leastRows, after, mostAtOnce);
      const quiet = clock.now() - this.#settings.quietMs;
      for (const { documentId, packable, changedAt } of found) {
        // What goes on here is waited for; what goes on elsewhere is seen by the next look.
        const isQuiet = changedAt <= quiet && !this.#restless.has(documentId);
        // Where nobody ever pauses, any moment would be made of an ever longer log.
        if (isQuiet || packable > this.#settings.longEntries) this.#enqueue(documentId, null);
      }
      return found.map(({ documentId }) => documentId);
    });
  }

  /** Page by page through all documents, one look after the other; the next page when what the last one found is done. */
  #look(work: Work, next: (after: string | null) => Promise<readonly string[]>): void {
    this.#sweeping = this.#sweeping.then(async () => {
      let after: string | null = null;
      try {
        while (!this.#closed) {
          const found: readonly string[] = await next(after);
          await this.#work;
          if (found.length < mostAtOnce) return;
          after = found.at(-1) ?? null;
        }
      } catch (error) {
        this.#fails(work, error);
      }
    });
  }

  #fails(work: Work, error: unknown, about: Record<string, unknown> = {}): void {
    if (this.#closed) return; // the threads have ended under it
    this.#options.failed?.(work);
    this.#options.journal.warn('history-left', { work, ...about, error: String(error) });
  }
}
