/** Puts the parts together: connection, exchange, presence, and what the page and the person ask. */
import { encodeFrame } from '@tidemark/protocol';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { systemClock } from './clock.ts';
import { createConnection } from './connection.ts';
import { createExchange } from './exchange.ts';
import type { Flushed, Provider, ProviderOptions } from './front-door.ts';
import { createOutbox } from './outbox.ts';
import { watchPage } from './page.ts';
import { createPresence } from './presence.ts';
import { decide, type Facts, firstFacts, type Status } from './status.ts';

/** Origin of transactions that carry what the server sent. */
export const remote: unique symbol = Symbol('tidemark remote');

/** Connects at once and stays until `destroy`. */
export function createProvider(options: ProviderOptions): Provider {
  const doc = options.doc ?? new Y.Doc();
  const awareness = options.awareness ?? new Awareness(doc);
  const clock = options.clock ?? systemClock;
  const outbox = createOutbox();
  const listeners = new Set<() => void>();
  let status: Status = decide(firstFacts);
  let lastAccess: ReturnType<Provider['access']> = null;
  let destroyed = false;
  let flushes: { target: number; settle: (result: Flushed) => void }[] = [];
  const synced = Promise.withResolvers<void>();

  const connection = createConnection({
    url: options.url,
    documentId: options.documentId,
    token: options.token,
    WebSocket: options.WebSocket ?? globalThis.WebSocket,
    clock,
    random: options.random ?? Math.random,
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
    origin: remote,
    send: (bytes) => void connection.send(bytes),
    greeted: () => true,
    awareness: (update) => presence.received(update),
    awarenessAsked: () => presence.announce(),
    synced() {
      connection.proved();
      synced.resolve();
    },
    stored: changed,
    changed,
    giveUp: () => connection.drop(),
  });
  const presence = createPresence(awareness, clock, remote, (update) => {
    connection.send(encodeFrame({ type: 'awareness', update }));
  });

  function connectionChanged() {
    if (connection.state() !== 'open') {
      exchange.closed();
      presence.parted(new Set());
    }
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
      device: 'none',
      unkept: 0,
      pending: outbox.pending(),
      since: outbox.since(),
      savedAt: exchange.savedAt(),
      nextTryAt: connection.nextTryAt(),
      stop:
        connection.stop() ??
        exchange.note() ??
        (readOnly
          ? { code: 'read-only', message: 'You may read this but no longer change it.', final: false }
          : null),
    };
  }

  function changed() {
    if (destroyed) return;
    settleFlushes();
    const next = decide(facts());
    const access = exchange.access();
    if (access === lastAccess && sameStatus(next, status)) return;
    status = next;
    lastAccess = access;
    for (const listener of [...listeners]) listener();
  }

  function settleFlushes() {
    const { stop, confirms } = facts();
    const waiting = flushes;
    flushes = [];
    for (const flush of waiting) {
      if (outbox.stored() >= flush.target) flush.settle({ lsn: exchange.lsn() });
      else if (stop !== null) flush.settle({ unflushed: stop.code, detail: stop.message });
      else if (confirms === 'no' && exchange.live()) {
        flush.settle({ unflushed: 'unconfirmed', detail: 'This server does not say what it has stored.' });
      } else flushes.push(flush);
    }
  }

  function updated(update: Uint8Array, origin: unknown) {
    if (origin === remote) return;
    exchange.edit(update);
    changed();
  }

  function flush(): Promise<Flushed> {
    if (destroyed) return Promise.resolve(flushedTooLate);
    exchange.push();
    return new Promise((settle) => {
      flushes.push({ target: outbox.made(), settle });
      settleFlushes();
    });
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
    for (const waiting of flushes) waiting.settle(flushedTooLate);
    flushes = [];
    if (options.awareness === undefined) awareness.destroy();
  }

  const unwatch = watchPage({
    online: () => connection.tryNow(false),
    offline: () => connection.suspect(),
    leaving() {
      exchange.push();
      presence.leave();
    },
    back() {
      presence.comeBack();
      connection.tryNow(false);
    },
  });
  // What is in the replica already was never acknowledged to us: the first exchange carries it.
  if (doc.store.clients.size > 0) outbox.adopt(1, clock.now());
  doc.on('update', updated);
  doc.on('destroy', destroy);
  connection.tryNow(false);

  return {
    doc,
    awareness,
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    access: () => exchange.access(),
    flush,
    retry() {
      if (connection.state() === 'open' && exchange.live() && facts().stop === null) return;
      connection.tryNow(true);
    },
    whenLoaded: Promise.resolve(),
    whenSynced: synced.promise,
    exportUnsent: () => Y.encodeStateAsUpdate(doc),
    destroy,
  };
}

const flushedTooLate: Flushed = { unflushed: 'destroyed', detail: 'The provider was destroyed.' };

function sameStatus(a: Status, b: Status): boolean {
  const left = Object.entries(a);
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => (b as unknown as Record<string, unknown>)[key] === value)
  );
}
