/**
 * One WebSocket at a time, and when to try the next. Knows nothing of documents: bytes in, bytes out.
 */
import { isFinalClose, type RefusalCode, refusals, subprotocol } from '@tidemark/protocol';
import { backoff } from './backoff.ts';
import type { Clock } from './clock.ts';
import { createPulse, type Pulse } from './pulse.ts';
import type { Stop } from './status.ts';

/** An attempt that takes longer is given up, milliseconds. */
const openWithin = 30_000;

export interface ConnectionOptions {
  readonly url: string;
  readonly documentId: string;
  readonly token?: (() => Promise<string>) | undefined;
  /** The document's life that is known here, told in the upgrade; null before any is. */
  epoch(): number | null;
  readonly WebSocket: typeof globalThis.WebSocket;
  readonly clock: Clock;
  readonly random: () => number;
  /** The socket is open. */
  opened(): void;
  received(bytes: Uint8Array): void;
  /** The socket is gone, or an attempt ended or begins: look at `state()`. */
  changed(): void;
  /** Sends something that every server answers. */
  probe(): void;
}

export interface Connection {
  state(): 'first-try' | 'waiting' | 'trying-again' | 'open' | 'stopped';
  nextTryAt(): number | null;
  /** Why it stopped for good; null otherwise. */
  stop(): Stop | null;
  /** False when there is no open socket: then nothing was sent. */
  send(bytes: Uint8Array): boolean;
  /** The exchange went well: failures are counted from zero again. */
  proved(): void;
  /** Begins, or begins at once what was waiting. `asked` by a person: also after a final no, and shown as a first try. */
  tryNow(asked: boolean): void;
  /** Gives up this socket and tries another after the back-off. */
  drop(): void;
  /** Another socket at once, with no wait. */
  startOver(): void;
  /** Gives up for good. */
  halt(stop: Stop): void;
  /** The browser says the network went away: is it true? */
  suspect(): void;
  destroy(): void;
}

/**
 * How long a connection may stay silent once the browser says that the network is gone, milliseconds. Twice that when
 * the question still went into the system's buffer. A false alarm costs one reconnection, a true one is shown soon.
 */
const doubt = 1_500;

export function createConnection(options: ConnectionOptions): Connection {
  const { clock } = options;
  const address = `${options.url.replace(/\/+$/, '')}/${encodeURIComponent(options.documentId)}`;
  let state: ReturnType<Connection['state']> | 'destroyed' = 'first-try';
  let socket: WebSocket | null = null;
  let pulse: Pulse | null = null;
  let failures = 0;
  /** Cut before the exchange was complete, in a row: each one is given twice the silence of the last. */
  let unproved = 0;
  let nextTryAt: number | null = null;
  let stop: Stop | null = null;
  let freshTokenTried = false;
  let cancelTimer: () => void = () => undefined;
  /** Counts attempts; what belongs to an earlier one is not listened to. */
  let attempt = 0;

  function letGo(patiently = false) {
    attempt += 1;
    cancelTimer();
    pulse?.stop();
    pulse = null;
    if (socket === null) return;
    const old = socket;
    socket = null;
    old.onopen = old.onmessage = old.onclose = null;
    // A socket that fails after it was let go has nobody left to tell.
    old.onerror = () => undefined;
    // Browsers complain in the console of a socket that is closed while it opens; one that never opens is closed though.
    if (patiently && old.readyState === 0) old.onopen = () => old.close();
    else old.close();
  }

  function begin(first: boolean) {
    letGo();
    const mine = attempt;
    state = first ? 'first-try' : 'trying-again';
    nextTryAt = null;
    stop = null;
    cancelTimer = clock.after(openWithin, fail);
    options.changed();
    if (attempt !== mine) return;
    if (options.token === undefined) return open(null);
    options.token().then(
      (token) => attempt === mine && open(token),
      // Whoever makes tokens is out of reach or refuses; either may change, so it is tried again.
      () => attempt === mine && fail(),
    );
  }

  function open(token: string | null) {
    const epoch = options.epoch();
    const told = [
      ...(token === null ? [] : [`token=${encodeURIComponent(token)}`]),
      ...(epoch === null ? [] : [`epoch=${epoch}`]),
    ];
    const target = told.length === 0 ? address : `${address}?${told.join('&')}`;
    const next = new options.WebSocket(target, [subprotocol]);
    socket = next;
    next.binaryType = 'arraybuffer';
    next.onopen = () => {
      cancelTimer();
      state = 'open';
      pulse = createPulse(
        clock,
        { probe: options.probe, unsentBytes: () => next.bufferedAmount, dead: fail },
        15_000 * 2 ** Math.min(unproved, 5),
      );
      unproved += 1;
      options.opened();
      options.changed();
    };
    next.onmessage = (event: MessageEvent<unknown>) => {
      pulse?.heard();
      // Text is no part of the protocol; a server that sends it is not ours to understand.
      if (event.data instanceof ArrayBuffer) options.received(new Uint8Array(event.data));
    };
    next.onclose = (event) => closed(event.code, event.reason);
    // 'close' follows every 'error' and says more.
    next.onerror = () => undefined;
  }

  function closed(code: number, reason: string) {
    if (!isFinalClose(code)) return fail();
    if (code === refusals['not-signed-in'].close && options.token !== undefined && !freshTokenTried) {
      freshTokenTried = true;
      return begin(false);
    }
    halt(stopOf(code, reason));
  }

  function fail() {
    letGo();
    failures += 1;
    const wait = backoff(failures, options.random);
    nextTryAt = clock.now() + wait;
    state = 'waiting';
    cancelTimer = clock.after(wait, () => begin(false));
    options.changed();
  }

  function halt(why: Stop) {
    letGo(true);
    state = 'stopped';
    nextTryAt = null;
    stop = why;
    options.changed();
  }

  return {
    state: () => (state === 'destroyed' ? 'stopped' : state),
    nextTryAt: () => nextTryAt,
    stop: () => stop,
    send(bytes) {
      if (state !== 'open' || socket === null || socket.readyState !== 1) return false;
      socket.send(bytes as Uint8Array<ArrayBuffer>);
      return true;
    },
    proved() {
      failures = 0;
      unproved = 0;
      freshTokenTried = false;
    },
    tryNow(asked) {
      if (state === 'destroyed' || (state === 'stopped' && !asked)) return;
      if (asked) freshTokenTried = false;
      if (asked || state === 'waiting' || attempt === 0) begin(asked || attempt === 0);
    },
    drop: fail,
    startOver: () => begin(false),
    halt,
    suspect: () => pulse?.suspect(doubt),
    destroy() {
      letGo(true);
      state = 'destroyed';
    },
  };
}

/** Several codes share a close code; the reason names the row when the server gives it. */
function stopOf(closeCode: number, reason: string): Stop {
  const rows = Object.entries(refusals) as [RefusalCode, (typeof refusals)[RefusalCode]][];
  const sharing = rows.filter(([, row]) => row.close === closeCode);
  const named = sharing.find(([code]) => reason === code || reason.startsWith(`${code}:`)) ?? sharing[0];
  // A 44xx that this version does not know is final all the same.
  if (named === undefined)
    return { code: 'no-access', message: reason || `Closed with ${closeCode}.`, final: true };
  return { code: named[0], message: named[1].meaning, final: true };
}
