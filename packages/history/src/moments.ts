import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import { isUnreadable } from '@tidemark/sync/workbench';
import { approach } from './approach.ts';
import { SharedWork, throwIfCancelled } from './cancel.ts';
import { covers, gather, lifeOf } from './gather.ts';
import type { Moment } from './history.ts';
import type { AuthoredChanges, Cancel, Comparison, HistoryPlace, Material, StoredState } from './ports.ts';
import { StateCache } from './state-cache.ts';
import type { HistoryWorld } from './world.ts';

/** An update that says nothing. */
const nothing = new Uint8Array([0, 0]);
/** Detail may go while a comparison gathers what it needs. */
const mostTries = 3;
/** Of updates that are looked through for the authors of what differs between two moments. */
const mostBetween = 64 * 1024 * 1024;

/** States of the past and what differs between them: asked for by people, so each answer is made once and kept for a while. */
export class Moments {
  readonly #world: HistoryWorld;
  readonly #cache: StateCache;
  readonly #states = new SharedWork<Uint8Array | Refusal>();
  readonly #changes = new SharedWork<AuthoredChanges | Refusal>();

  constructor(world: HistoryWorld, cacheBytes: number) {
    this.#world = world;
    this.#cache = new StateCache(cacheBytes);
  }

  async stateAt(documentId: string, lsn: number, cancel?: Cancel): Promise<Uint8Array | Refusal> {
    const place = await this.#world.store.place(documentId);
    throwIfCancelled(cancel);
    if (place === null || !isMoment(place, lsn)) return refuse('not-found');
    return this.#stateOf(documentId, place, lsn, cancel);
  }

  async changes(
    documentId: string,
    from: Moment,
    to: Moment,
    cancel?: Cancel,
  ): Promise<AuthoredChanges | Refusal> {
    const place = await this.#world.store.place(documentId);
    throwIfCancelled(cancel);
    if (place === null) return refuse('not-found');
    const key = `${documentId} ${place.epoch} ${nameOf(from)} ${nameOf(to)}`;
    return this.#changes.ask(key, cancel, (wish) => this.#compare(documentId, from, to, wish));
  }

  async #stateOf(
    documentId: string,
    place: HistoryPlace,
    lsn: number,
    cancel?: Cancel,
  ): Promise<Uint8Array | Refusal> {
    if (lsn === 0) return nothing;
    const known = this.#near(documentId, place, lsn);
    if (known?.lsn === lsn) return known.state;
    const key = `${keyOf(documentId, place, lsn)} ${lsn}`;
    return this.#states.ask(key, cancel, (wish) => this.#make(documentId, place, lsn, wish));
  }

  /** The nearest state in memory at or before a moment; of what is thinned only the store knows what is left. */
  #near(documentId: string, place: HistoryPlace, lsn: number): StoredState | null {
    return lsn > place.thinned ? this.#cache.before(keyOf(documentId, place, lsn), lsn) : null;
  }

  /**
   * Page by page, so that a log of any size takes a bounded share of memory; the states at the ends of pages are kept for who asks near by, as
   * one who moves along a timeline does.
   */
  async #make(
    documentId: string,
    place: HistoryPlace,
    lsn: number,
    cancel: Cancel,
  ): Promise<Uint8Array | Refusal> {
    const key = keyOf(documentId, place, lsn);
    const material = await approach(this.#world, documentId, place, lsn, lsn, {
      near: this.#near(documentId, place, lsn),
      cancel,
      passed: (at) => this.#cache.set(key, at.lsn, at.state),
    });
    if (isRefusal(material)) return material;
    const state = await this.#world.bench.stateAt(material, lsn, cancel);
    if (isUnreadable(state)) return this.#world.unreadable(documentId, state.unreadable);
    this.#cache.set(key, lsn, state);
    return state;
  }

  async #compare(
    documentId: string,
    from: Moment,
    to: Moment,
    cancel: Cancel,
  ): Promise<AuthoredChanges | Refusal> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const comparison = await this.#comparison(documentId, from, to, cancel);
      throwIfCancelled(cancel);
      if (comparison === 'changing') continue;
      if (isRefusal(comparison)) return comparison;
      const changes = await this.#world.bench.changes(comparison, cancel);
      return isUnreadable(changes) ? this.#world.unreadable(documentId, changes.unreadable) : changes;
    }
    throw new Error(`The log of document ${documentId} changes faster than it can be read.`);
  }

  async #comparison(
    documentId: string,
    from: Moment,
    to: Moment,
    cancel: Cancel,
  ): Promise<Comparison | Refusal | 'changing'> {
    const { store } = this.#world;
    const place = await store.place(documentId);
    const [first, last] = [lsnOf(from), lsnOf(to)];
    if (place === null || !isMoment(place, first) || !isMoment(place, last)) return refuse('not-found');
    if (first > last) return refuse('malformed', 'The first moment is the later one.');
    const before = await this.#material(documentId, place, from, cancel);
    if (isRefusal(before)) return before;
    const after = await this.#material(documentId, place, to, cancel);
    if (isRefusal(after)) return after;
    // Detail of the later life that begins on the way: what stood there has nobody's name any more.
    const isThinned =
      place.thinned > first && place.thinned < last && place.thinned > lifeOf(place, last).after;
    const thinned = isThinned ? await this.#material(documentId, place, place.thinned, cancel) : null;
    if (thinned !== null && isRefusal(thinned)) return 'changing';
    const begin = Math.max(first, place.thinned);
    const between = begin < last ? await store.bundles(documentId, begin, last, mostBetween) : [];
    if ((await store.place(documentId))?.thinned !== place.thinned) return 'changing';
    if (begin < last && !covers({ segments: between, rows: [] }, begin, last))
      return refuse('too-large', 'Between these two moments lies more than can be looked through at once.');
    return {
      ...{ kind: place.kind, from: first, to: last, before, after },
      between: { segments: between, rows: [] },
      thinned: thinned && { lsn: place.thinned, material: thinned },
    };
  }

  async #material(
    documentId: string,
    place: HistoryPlace,
    moment: Moment,
    cancel: Cancel,
  ): Promise<Material | Refusal> {
    const stored = (start: StoredState | null) => ({ start, segments: [], rows: [] });
    if (typeof moment !== 'number') return stored(moment);
    if (moment === 0) return stored(null);
    const near = this.#near(documentId, place, moment);
    const material = await gather(this.#world.store, documentId, place, moment, moment, {
      near,
      page: this.#world.page,
    });
    if (isRefusal(material) || (material.segments.at(-1)?.last ?? moment) >= moment) return material;
    const state = await this.#stateOf(documentId, place, moment, cancel);
    return isRefusal(state) ? state : stored({ lsn: moment, state, form: 'v1' });
  }
}

/** An LSN is given once in a life, but a document can be deleted for good and made again. */
function keyOf(documentId: string, place: HistoryPlace, lsn: number): string {
  return `${documentId} ${lifeOf(place, lsn).epoch}`;
}

function isMoment({ head }: HistoryPlace, lsn: number): boolean {
  return Number.isSafeInteger(lsn) && lsn >= 0 && lsn <= head;
}

function lsnOf(moment: Moment): number {
  return typeof moment === 'number' ? moment : moment.lsn;
}

function nameOf(moment: Moment): string {
  return typeof moment === 'number' ? `${moment}` : `${moment.lsn}:${moment.id}`;
}
