import { type Database, inTenant, type Tenant } from '@tidemark/database';
import type { HistoryPlace, Page } from '@tidemark/history';
import { lineOf } from './export-jobs.ts';
import type { ExportThreads } from './export-threads.ts';

export interface LogExportWorld {
  readonly database: Pick<Database, 'app' | 'history'>;
  readonly threads: Pick<ExportThreads, 'lines' | 'state'>;
  readonly tenant: Tenant;
}

/** Of the log in one go. One update alone, or one segment, may have more. */
const defaultPage: Page = { entries: 2_000, bytes: 1024 * 1024 };

/**
 * The log of a document as lines, in order: entries, and in place of those that are thinned the states of the moments that are left. It is read
 * page by page, with no transaction in between, so entries may be packed or thinned before their page is read: each page is looked at for
 * holes, and where there is one, what is left of it comes in its place.
 */
export class LogExport {
  readonly #world: LogExportWorld;
  readonly #id: string;
  readonly #place: HistoryPlace;
  readonly #page: Page;
  readonly #detail: [first: number, last: number][] = [];
  readonly #moments: number[] = [];
  /** What there is up to here was written. */
  #after = 0;
  /** The lines so far make the state there: entries that follow can be applied to it. */
  #isGrounded = true;

  constructor(world: LogExportWorld, id: string, place: HistoryPlace, page = defaultPage) {
    this.#world = world;
    this.#id = id;
    this.#place = place;
    this.#page = page;
  }

  /** LSNs, first and last of each, between which every entry was written, in order. */
  get detail(): readonly (readonly [first: number, last: number])[] {
    return this.#detail;
  }

  /** LSNs of the states that were written. */
  get moments(): readonly number[] {
    return this.#moments;
  }

  /** Ends early where the document is not there any more, or another one in its place. */
  async *lines(): AsyncGenerator<Uint8Array> {
    const { head } = this.#place;
    while (this.#after < head) {
      const begun = this.#after;
      yield* this.#entries();
      if (this.#after > begun) continue;
      const place = await this.#world.database.history.place(this.#id);
      if (!isSame(this.#place, place)) return;
      const thinned = Math.min(place.thinned, head);
      if (thinned <= begun)
        throw new Error(`The log of ${this.#id} has a hole after ${begun}, which ends at ${head}.`);
      yield* this.#momentsUpTo(thinned);
    }
  }

  /** A page of entries: those that follow without a hole. */
  async *#entries(): AsyncGenerator<Uint8Array> {
    const { database, threads } = this.#world;
    const { head } = this.#place;
    const most = Math.min(this.#after + this.#page.entries, head);
    const upTo = await database.history.reach(this.#id, this.#after, most, this.#page.bytes);
    const { segments, rows } = await database.history.entries(this.#id, this.#after, upTo);
    for (const segment of segments) {
      const after = this.#after;
      if (segment.last <= after) continue;
      if (segment.first > after + 1) return;
      const lines = await threads.lines({ segment, after, upTo: head });
      this.#wrote(after + 1, Math.min(segment.last, head));
      yield lines;
    }
    const after = this.#after;
    const fresh = rows.filter(({ lsn }) => lsn > after);
    const hole = fresh.findIndex(({ lsn }, index) => lsn !== after + 1 + index);
    const whole = hole < 0 ? fresh : fresh.slice(0, hole);
    if (whole.length === 0) return;
    this.#wrote(after + 1, after + whole.length);
    yield Buffer.from(whole.map(lineOf).join(''));
  }

  #wrote(first: number, last: number): void {
    if (!this.#isGrounded)
      throw new Error(`Of ${this.#id} at ${first - 1} no state is left, but what follows.`);
    const open = this.#detail.at(-1);
    if (open !== undefined && open[1] === first - 1) open[1] = last;
    else this.#detail.push([first, last]);
    this.#after = last;
  }

  /** The states that are left of what is thinned. One that goes while they are read went with what follows it. */
  async *#momentsUpTo(thinned: number): AsyncGenerator<Uint8Array> {
    const begins = this.#place.lives.some(({ after }) => after === thinned);
    let last = 0;
    for (const lsn of await this.#left(this.#after, thinned)) {
      const kept = await this.#keptState(lsn);
      if (kept === null) continue;
      const start = { lsn, state: kept, form: 'packed' as const };
      const state = await this.#world.threads.state({ material: { start, segments: [], rows: [] }, lsn });
      last = lsn;
      if (state instanceof Uint8Array) this.#moments.push(lsn);
      const said =
        state instanceof Uint8Array
          ? { lsn, state: Buffer.from(state).toString('base64') }
          : { lsn, unreadable: state.unreadable };
      yield Buffer.from(`${JSON.stringify(said)}\n`);
    }
    this.#isGrounded = begins || last === thinned;
    this.#after = thinned;
  }

  #left(after: number, upTo: number): Promise<number[]> {
    const { database, tenant } = this.#world;
    return inTenant(database.app, tenant, async (tx) => {
      const rows = await tx
        .selectFrom('history_checkpoints')
        .select('lsn')
        .where('document_id', '=', this.#id)
        .where('lsn', '>', after)
        .where('lsn', '<=', upTo)
        .orderBy('lsn')
        .execute();
      return rows.map(({ lsn }) => lsn);
    });
  }

  #keptState(lsn: number): Promise<Uint8Array | null> {
    const { database, tenant } = this.#world;
    return inTenant(database.app, tenant, async (tx) => {
      const row = await tx
        .selectFrom('history_checkpoints')
        .select('state')
        .where('document_id', '=', this.#id)
        .where('lsn', '=', lsn)
        .executeTakeFirst();
      return row?.state ?? null;
    });
  }
}

/** Whether it is the document of before still, with the log of before: not deleted for good, nor made again or put back from a backup. */
export function isSame(before: HistoryPlace, now: HistoryPlace | null): now is HistoryPlace {
  return (
    now !== null &&
    before.lives.every(({ after, epoch }, n) => now.lives[n]?.after === after && now.lives[n].epoch === epoch)
  );
}
