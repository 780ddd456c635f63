import { refuse } from '@tidemark/protocol';
import { archive } from './archiving.ts';
import type { History } from './history.ts';
import { Moments } from './moments.ts';
import { pageOf, spread } from './paging.ts';
import { settle } from './settling.ts';
import { planThinning, thin } from './thinning.ts';
import { lsnAt } from './timing.ts';
import { createWorld, type HistoryOptions } from './world.ts';

const defaultCacheBytes = 64 * 1024 * 1024;

export function createHistory(options: HistoryOptions): History {
  const world = createWorld(options);
  const { store } = world;
  const moments = new Moments(world, options.cacheBytes ?? defaultCacheBytes);
  return {
    stateAt: (documentId, lsn, cancel) => moments.stateAt(documentId, lsn, cancel),
    changes: (documentId, from, to, cancel) => moments.changes(documentId, from, to, cancel),
    lsnAt: (documentId, time) => lsnAt(store, documentId, time),
    async page(documentId, cursor, limit) {
      const place = await store.place(documentId);
      return place === null ? refuse('not-found') : pageOf(store, documentId, place, cursor, limit);
    },
    async stops(documentId, after, upTo, most) {
      const place = await store.place(documentId);
      if (place === null) return refuse('not-found');
      return spread(await store.stops(documentId, Math.max(after, place.thinned), upTo), most);
    },
    settle: (documentId) => settle(world, documentId),
    archive: (documentId) => archive(world, documentId, null),
    thinning: (documentId, before) => planThinning(world, documentId, before),
    thin: (documentId, before) => thin(world, documentId, before),
  };
}
