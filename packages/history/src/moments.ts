import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import { isUnreadable } from '@tidemark/sync/workbench';
import { SharedWork, throwIfCancelled } from './cancel.ts';
import { gather, lifeOf } from './gather.ts';
import type { Moment } from './history.ts';
import type { AuthoredChanges, Cancel, Comparison, HistoryPlace, Material } from './ports.ts';
import { StateCache } from './state-cache.ts';
import type { HistoryWorld } from './world.ts';

/** An update that says nothing. */
const nothing = new Uint8Array([0, 0]);
/** Detail may go while a comparison gathers what it needs. */
const mostTries = 3;

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
    if (lsn === 0) return nothing;
    // An LSN is given once, but a document can be deleted for good and made again.
    const key = `${documentId} ${lifeOf(place, lsn).epoch} ${lsn}`;
    const known = this.#cache.get(key);
    if (known !== undefined) return known;
    return this.#states.ask(key, cancel, (wish) => this.#make(documentId, place, lsn, key, wish));
  }

  changes(documentId: string, from: Moment, to: Moment, cancel?: Cancel): Promise<AuthoredChanges | Refusal> {
    const key = `${documentId} ${nameOf(from)} ${nameOf(to)}`;
    return this.#changes.ask(key, cancel, (wish) => this.#compare(documentId, from, to, wish));
  }

  async #make(
    documentId: string,
    place: HistoryPlace,
    lsn: number,
    key: string,
    cancel: Cancel,
  ): Promise<Uint8Array | Refusal> {
    const { store, bench } = this.#world;
    const material = await gather(store, documentId, place, lsn, lsn);
    throwIfCancelled(cancel);
    if (isRefusal(material)) return material;
    const state = await bench.stateAt(material, lsn, cancel);
    if (isUnreadable(state)) return this.#world.unreadable(documentId, state.unreadable);
    this.#cache.set(key, state);
    return state;
  }

  async #compare(
    documentId: string,
    from: Moment,
    to: Moment,
    cancel: Cancel,
  ): Promise<AuthoredChanges | Refusal> {
    for (let tries = 0; tries < mostTries; tries += 1) {
      const comparison = await this.#comparison(documentId, from, to);
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
  ): Promise<Comparison | Refusal | 'changing'> {
    const { store } = this.#world;
    const place = await store.place(documentId);
    const [first, last] = [lsnOf(from), lsnOf(to)];
    if (place === null || !isMoment(place, first) || !isMoment(place, last)) return refuse('not-found');
    if (first > last) return refuse('malformed', 'The first moment is the later one.');
    const before = await this.#material(documentId, place, from);
    if (isRefusal(before)) return before;
    const after = await this.#material(documentId, place, to);
    if (isRefusal(after)) return after;
    // Detail of the later life that begins on the way: what stood there has nobody's name any more.
    const isThinned =
      place.thinned > first && place.thinned < last && place.thinned > lifeOf(place, last).after;
    const thinned = isThinned ? await this.#material(documentId, place, place.thinned) : null;
    if (thinned !== null && isRefusal(thinned)) return 'changing';
    const between = await store.entries(documentId, Math.max(first, place.thinned), last);
    if ((await store.place(documentId))?.thinned !== place.thinned) return 'changing';
    return {
      ...{ kind: place.kind, from: first, to: last, before, after, between },
      thinned: thinned && { lsn: place.thinned, material: thinned },
    };
  }

  async #material(documentId: string, place: HistoryPlace, moment: Moment): Promise<Material | Refusal> {
    if (typeof moment !== 'number') return { start: moment, segments: [], rows: [] };
    if (moment === 0) return { start: null, segments: [], rows: [] };
    return gather(this.#world.store, documentId, place, moment, moment);
  }
}

function isMoment({ head }: HistoryPlace, lsn: number): boolean {
  return Number.isSafeInteger(lsn) && lsn >= 0 && lsn <= head;
}

function lsnOf(moment: Moment): number {
  return typeof moment === 'number' ? moment : moment.lsn;
}

/** A version's state is never another one, so its LSN and size name it. */
function nameOf(moment: Moment): string {
  return typeof moment === 'number' ? `${moment}` : `${moment.lsn}:${moment.state.length}`;
}
