/**
 * What is said over the connection about one replica: hello, steps 1 and 2, updates, acks, refusals.
 *
 * The server's step 1 is answered with a diff of the whole replica. That is content frame 1, and it carries
 * whatever is unsent, from this visit or an earlier one; only after it do single updates follow.
 */
import {
  type Access,
  anyTopic,
  decodeFrame,
  encodeFrame,
  type Frame,
  type Hello,
  isRefusal,
  limits,
  type RefusalCode,
  refusals,
} from '@tidemark/protocol';
import * as Y from 'yjs';
import type { Clock } from './clock.ts';
import { createComparison } from './comparison.ts';
import { createIntake } from './intake.ts';
import type { Outbox } from './outbox.ts';
import type { Stop } from './status.ts';

export interface ExchangeOptions {
  readonly doc: Y.Doc;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly random: () => number;
  /** Origin of what the server sends. */
  readonly origin: unknown;
  send(bytes: Uint8Array): void;
  /** The document's life on the server; false ends the exchange before anything is merged. */
  greeted(hello: Hello): boolean;
  awareness(update: Uint8Array): void;
  /** The server told what this person may do. */
  permitted(access: Access): void;
  awarenessAsked(): void;
  /** Something beside the document changed on the server. */
  news(topic: string): void;
  /** Both sides have what the other had. */
  synced(): void;
  /** The first frames of this connection are stored. */
  stored(): void;
  changed(): void;
  /** The server broke the protocol, or refused for now: begin anew on another connection, after a while. */
  giveUp(): void;
  /** Begin anew on another connection, at once: this one can't bring what is pending. */
  startOver(): void;
}

export interface Exchange {
  opened(): void;
  closed(): void;
  received(bytes: Uint8Array): void;
  /** A local edit: into the outbox, and out at the end of this tick. */
  edit(update: Uint8Array): void;
  /** The outbox adopted edits, or the replica got content that no frame carries: send a diff of it. */
  carry(): void;
  /** Sends what waits, now. */
  push(): void;
  probe(): void;
  live(): boolean;
  confirms(): 'unknown' | 'yes' | 'no';
  serverStores(): boolean;
  access(): Access | null;
  /** Why the right was last changed while the document was open; null when it never was. */
  reason(): string | null;
  /** What the server told an earlier visit; counts until it says more. */
  remember(access: Access): void;
  /** A refusal that leaves the connection open. */
  note(): Stop | null;
  lsn(): number | null;
  savedAt(): number | null;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { doc, outbox, clock } = options;
  let open = false;
  let confirms: ReturnType<Exchange['confirms']> = 'unknown';
  let serverStores = true;
  let access: Access | null = null;
  let reason: string | null = null;
  /** A content frame was refused on this connection: the server acknowledges no later one. */
  let refused = false;
  let frameBytes: number = limits.frameBytes;
  let note: Stop | null = null;
  let lsn: number | null = null;
  let savedAt: number | null = null;
  /** The server's state vector at the handshake; null until our step 2 may be sent. */
  let theirs: Uint8Array | null = null;
  /** Our step 2 left: from here on single updates may follow. */
  let told = false;
  /** Their step 2 came. */
  let answered = false;
  let pushing = false;
  const intake = createIntake({ doc, clock, origin: options.origin, ask, mayAsk: () => open && answered });
  const comparison = createComparison({
    doc,
    clock,
    random: options.random,
    quiet: () => live() && outbox.pending() === 0 && !intake.asking(),
    ask: (stateVector) => options.send(encodeFrame({ type: 'sync-step-1', stateVector })),
    lacking() {
      // What was called saved is not there: it is unsent again, and the next handshake carries it.
      outbox.adopt(1, clock.now());
      options.startOver();
    },
  });

  const live = () => open && answered && (told || access === 'read');

  function opened() {
    outbox.restart();
    open = true;
    confirms = 'unknown';
    serverStores = true;
    note = null;
    theirs = null;
    told = answered = refused = false;
    ask();
    comparison.opened();
  }

  function ask() {
    options.send(encodeFrame({ type: 'sync-step-1', stateVector: Y.encodeStateVector(doc) }));
  }

  /** One content frame; false when it may not leave. */
  function sendContent(type: 'sync-step-2' | 'update', update: Uint8Array, upTo: number): boolean {
    const bytes = encodeFrame({ type, update });
    if (bytes.byteLength > frameBytes) {
      note = {
        code: 'too-large',
        message: `These changes take ${bytes.byteLength} bytes; the server takes at most ${frameBytes} at once.`,
        final: false,
      };
      return false;
    }
    outbox.sent(upTo);
    options.send(bytes);
    return true;
  }

  function sendDiff(type: 'sync-step-2' | 'update'): boolean {
    if (theirs === null) return false;
    return sendContent(type, Y.encodeStateAsUpdate(doc, theirs), outbox.takeAll());
  }

  function mayWrite() {
    return open && note === null && access !== 'read';
  }

  function push() {
    if (!told || !mayWrite()) return;
    for (const { update, upTo } of outbox.take()) {
      if (!sendContent('update', update, upTo)) return options.changed();
    }
  }

  function becameLive() {
    if (outbox.pending() === 0) savedAt = clock.now();
    options.synced();
    // What was told while there was no connection was missed.
    options.news(anyTopic);
  }

  function received(bytes: Uint8Array) {
    const frame = decodeFrame(bytes, Number.MAX_SAFE_INTEGER);
    if (isRefusal(frame)) {
      // Other servers have frames of their own; only bytes that cannot be read are a fault.
      if (frame.refused !== 'unknown-frame') options.giveUp();
      return;
    }
    if (confirms === 'unknown' && frame.type !== 'hello') confirms = 'no';
    if (!handle(frame)) return options.giveUp();
    if (open) options.changed();
  }

  /** False when the frame breaks the protocol. */
  function handle(frame: Frame): boolean {
    const wasLive = live();
    switch (frame.type) {
      case 'hello':
        if (!options.greeted(frame)) return true;
        confirms = 'yes';
        frameBytes = frame.frameBytes;
        lsn = Math.max(lsn ?? 0, frame.head);
        permit(frame.access);
        break;
      case 'access':
        permit(frame.access, frame.reason);
        break;
      case 'sync-step-1':
        theirs = frame.stateVector;
        if (mayWrite() && sendDiff('sync-step-2')) told = true;
        break;
      case 'sync-step-2':
        answered = true;
        if (!intake.take(frame.update)) return false;
        comparison.heard(frame.update);
        break;
      case 'update':
        return intake.take(frame.update);
      case 'awareness':
        options.awareness(frame.update);
        return true;
      case 'query-awareness':
        options.awarenessAsked();
        return true;
      case 'permission-denied':
        note = { code: 'no-access', message: frame.reason, final: false };
        return true;
      case 'ack':
        if (!outbox.acked(frame.n)) return false;
        lsn = Math.max(lsn ?? 0, frame.lsn);
        if (outbox.pending() === 0) savedAt = clock.now();
        options.stored();
        return true;
      case 'storage':
        serverStores = frame.state === 'ok';
        return true;
      case 'news':
        options.news(frame.topic);
        return true;
      case 'refusal':
        return refusedFrame(frame.n, frame.code, frame.detail);
    }
    if (!wasLive && live()) becameLive();
    return true;
  }

  function refusedFrame(n: number, code: string, detail: string): boolean {
    const known = code in refusals ? (code as RefusalCode) : 'internal';
    if (known === 'read-only') permit('read');
    // Frame 0 is awareness or the like: no work is in it.
    if (n === 0) return true;
    refused = true;
    outbox.refused(n);
    if (refusals[known].passing) return false;
    if (known !== 'read-only')
      note = { code: known, message: detail || refusals[known].meaning, final: false };
    return true;
  }

  function permit(now: Access, why: string | null = null) {
    const before = access;
    access = now;
    reason = why ?? reason;
    options.permitted(now);
    if (before !== 'read' || now !== 'edit' || theirs === null) return;
    if (refused) options.startOver();
    else carry();
  }

  function carry() {
    if (theirs === null || !mayWrite()) return;
    if (sendDiff(told ? 'update' : 'sync-step-2')) told = true;
    options.changed();
  }

  return {
    opened,
    closed() {
      open = false;
      intake.closed();
      comparison.closed();
    },
    received,
    edit(update) {
      outbox.edit(told && mayWrite() ? update : null, clock.now());
      if (pushing) return;
      pushing = true;
      queueMicrotask(() => {
        pushing = false;
        push();
      });
    },
    carry,
    push,
    remember(told) {
      access ??= told;
    },
    probe() {
      if (confirms === 'yes') options.send(encodeFrame({ type: 'query-awareness' }));
      else ask();
    },
    live,
    confirms: () => confirms,
    serverStores: () => serverStores,
    access: () => access,
    reason: () => reason,
    note: () => note,
    lsn: () => lsn,
    savedAt: () => savedAt,
  };
}
