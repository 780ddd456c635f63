/** Puts the parts together: connection, exchange, presence, and what the page and the person ask. */
import { encodeFrame, refusals } from '@tidemark/protocol';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { systemClock } from './clock.ts';
import { createConnection } from './connection.ts';
import { createDevice, type Device } from './device.ts';
import { createExchange } from './exchange.ts';
import { createFlushes, flushedTooLate } from './flushes.ts';
import type { Flushed, Provider, ProviderOptions } from './front-door.ts';
import { placeOf } from './lives.ts';
import { createOutbox } from './outbox.ts';
import { watchPage } from './page.ts';
import { createPresence } from './presence.ts';
import { decide, type Facts, firstFacts, type Status } from './status.ts';

/** Origin of transactions that carry what the server sent. */
const remote: unique symbol = Symbol('tidemark remote');

/** Connects at once and stays until `destroy`. */
export function createProvider(options: ProviderOptions): Provider {
  const doc = options.doc ?? new Y.Doc();
  const awareness = options.awareness ?? new Awareness(doc);
  const clock = options.clock ?? systemClock;
  const outbox = createOutbox();
  const listeners = new Set<() => void>();
  const newsListeners = new Set<(topic: string) => void>();
  let status: Status = decide(firstFacts);
  let lastAccess: ReturnType<Provider['access']> = null;
  let destroyed = false;
  let started = false;
  /** The document's life, where no device remembers it. */
  let epoch: number | null = null;
  let lastOutlived = false;
  const flushes = createFlushes();
  const random = options.random ?? Math.random;
  const synced = Promise.withResolvers<void>();

  const connection = createConnection({
    url: options.url,
    documentId: options.documentId,
    token: options.token,
    WebSocket: options.WebSocket ?? globalThis.WebSocket,
    clock,
    random,
    epoch: () => device?.epoch() ?? epoch,
    opened() {
      exchange.opened();
      presence.announce();
    },
    received: (bytes) => exchange.received(bytes),
    changed: connectionChanged,
    probe: () => exchange.probe(),
  });
  const exchange = createExchange({
    doc,
    outbox,
    clock,
    random,
    origin: remote,
    send: (bytes) => void connection.send(bytes),
    greeted,
    awareness: (update) => presence.received(update),
    permitted: (access) => device?.permitted(access),
    awarenessAsked: () => presence.announce(),
    news(topic) {
      for (const listener of [...newsListeners]) listener(topic);
    },
    synced() {
      connection.proved();
      synced.resolve();
    },
    stored() {
      device?.recount();
      changed();
    },
    changed,
    giveUp: () => connection.drop(),
    startOver: () => connection.startOver(),
  });
  const presence = createPresence(awareness, clock, remote, (update) => {
    connection.send(encodeFrame({ type: 'awareness', update }));
    device?.tellPresence(awareness.clientID, update);
  });
  const deviceName = nameOnDevice(options);
  const device: Device | null =
    deviceName === null
      ? null
      : createDevice({
          name: deviceName,
          doc,
          clock,
          marker() {
            const since = outbox.since();
            return since === null ? null : { count: outbox.pending(), since };
          },
          adopted({ count, since }) {
            outbox.adopt(count, since);
            exchange.carry();
            changed();
          },
          presence: (update) => presence.received(update),
          presenceOfSelf: () => presence.self(),
          presenceGone: (clientId) => presence.gone(clientId),
          changed,
          remembered(access) {
            exchange.remember(access);
            changed();
          },
          stale: haltAsStale,
        });

  /** False when the document was begun anew: what we hold must not be merged into its new life. */
  function greeted(hello: { readonly epoch: number }): boolean {
    epoch ??= hello.epoch;
    const same = epoch === hello.epoch && device?.greeted(hello.epoch) !== false;
    if (!same) haltAsStale();
    return same;
  }

  /** By the server's close, by its hello, or by another tab: this replica's life is over. */
  function haltAsStale() {
    connection.halt({ code: 'stale-epoch', message: refusals['stale-epoch'].meaning, final: true });
  }

  function connectionChanged() {
    if (connection.state() !== 'open') {
      exchange.closed();
      presence.parted(device?.clientIdsOfTabs() ?? new Set());
    }
    if (connection.stop()?.code === 'stale-epoch') device?.setAside();
    changed();
  }

  function facts(): Facts {
    const state = connection.state();
    const readOnly = exchange.access() === 'read' && outbox.pending() > 0;
    return {
      link:
        state === 'open'
          ? exchange.live()
            ? 'live'
            : 'catching-up'
          : state === 'stopped'
            ? 'waiting'
            : state,
      confirms: exchange.confirms(),
      serverStores: exchange.serverStores(),
      device: device?.state() ?? 'none',
      unkept: device?.unkept() ?? 0,
      pending: outbox.pending(),
      since: outbox.since(),
      savedAt: exchange.savedAt(),
      nextTryAt: connection.nextTryAt(),
      stop:
        connection.stop() ??
        exchange.note() ??
        (readOnly ? { code: 'read-only', message: exchange.reason() ?? notYours, final: false } : null),
    };
  }

  function changed() {
    if (destroyed) return;
    settleFlushes();
    const next = decide(facts());
    const access = exchange.access();
    const outlived = device?.outlived() === true;
    if (access === lastAccess && outlived === lastOutlived && sameStatus(next, status)) return;
    status = next;
    lastAccess = access;
    lastOutlived = outlived;
    for (const listener of [...listeners]) listener();
  }

  function settleFlushes() {
    const { stop, confirms } = facts();
    const unconfirmed = confirms === 'no' && exchange.live();
    flushes.settle({ stored: outbox.stored(), lsn: exchange.lsn(), stop, unconfirmed });
  }

  function updated(update: Uint8Array, origin: unknown) {
    const edit = origin !== remote && device?.owns(origin) !== true;
    if (edit) exchange.edit(update);
    device?.updated(update, origin, edit);
    changed();
  }

  async function flush(): Promise<Flushed> {
    await device?.loaded;
    if (destroyed) return flushedTooLate;
    exchange.push();
    const flushed = flushes.add(outbox.made());
    settleFlushes();
    return flushed;
  }

  function start() {
    started = true;
    if (!destroyed) connection.tryNow(false);
  }

  function comeBack() {
    if (started) connection.tryNow(false);
  }

  async function destroy(): Promise<void> {
    if (destroyed) return;
    exchange.push();
    presence.leave();
    destroyed = true;
    unwatch();
    doc.off('update', updated);
    doc.off('destroy', destroy);
    presence.destroy();
    connection.destroy();
    exchange.closed();
    flushes.giveUp();
    if (options.awareness === undefined) awareness.destroy();
    await device?.close();
  }

  const unwatch = watchPage({
    online: comeBack,
    offline: () => connection.suspect(),
    leaving() {
      exchange.push();
      presence.leave();
      device?.leaving();
    },
    back() {
      presence.comeBack();
      comeBack();
    },
  });
  // What is in the replica already was never acknowledged to us: the first exchange carries it.
  if (doc.store.clients.size > 0) {
    outbox.adopt(1, clock.now());
    device?.updated(Y.encodeStateAsUpdate(doc), null, true);
  }
  doc.on('update', updated);
  doc.on('destroy', destroy);
  if (device === null) start();
  else void device.loaded.then(start);

  return {
    doc,
    awareness,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onNews(listener) {
      newsListeners.add(listener);
      return () => newsListeners.delete(listener);
    },
    access: () => exchange.access(),
    outlived: () => device?.outlived() === true,
    async discardUnsent() {
      const discarded = device?.discard();
      connection.halt({ code: 'stale-epoch', message: 'The changes made here were discarded.', final: true });
      await discarded;
    },
    flush,
    retry() {
      const { link, stop } = facts();
      if (started && (link !== 'live' || stop !== null)) connection.tryNow(true);
    },
    whenLoaded: device?.loaded ?? Promise.resolve(),
    whenSynced: synced.promise,
    exportUnsent: () => Y.encodeStateAsUpdate(doc),
    destroy,
  };
}

const notYours = 'You may read this but no longer change it.';

/** The name of this document's place on the device; null when nothing is kept there. */
function nameOnDevice({ offline = true, url, documentId }: ProviderOptions): string | null {
  if (offline === false || typeof indexedDB === 'undefined') return null;
  return placeOf(offline === true ? url : offline.name, documentId);
}

function sameStatus(a: Status, b: Status): boolean {
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => (b as unknown as Record<string, unknown>)[key] === value)
  );
}
