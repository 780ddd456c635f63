import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type Claim, readClaim } from './awareness-claims.ts';
import type { Neighbourhood, Neighbours } from './neighbours.ts';
import type { NamedClaim } from './presence.ts';

export interface RoomNeighboursEvents {
  /** The states of this process's sessions. */
  ofHere(): readonly NamedClaim[];
  /** What another process says of its sessions: something new, or `all` that it has. */
  received(process: string, claims: readonly NamedClaim[], all: boolean): void;
  processGone(process: string): void;
}

/** Who has the room too? with all that the asker has. The others answer with all that they have. */
const asks = 0;
const answers = 1;
const news = 2;
const leaves = 3;

interface Word {
  readonly kind: number;
  /** Counts a room's news, so that a lost, doubled or late word is known as such. */
  readonly n: number;
  readonly claims: readonly NamedClaim[];
}

/** Words that make somebody ask again are answered by one question in this time, in milliseconds. */
const askEveryMs = 1_000;

/**
 * The presence of one room, told to the processes that have the room as well, and to nobody while there is none. What is
 * lost is asked for when the next word shows it; what no word shows, states that are renewed or expire make good.
 */
export class RoomNeighbours implements Neighbourhood {
  readonly #neighbours: Neighbours;
  readonly #topic: string;
  readonly #now: () => number;
  readonly #events: RoomNeighboursEvents;
  /** Who has the room too, and the number of its last news. */
  readonly #known = new Map<string, number>();
  readonly #stop: readonly (() => void)[];
  /** Begins with the time, so that a room that opens again goes on counting. */
  #n: number;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(neighbours: Neighbours, documentId: string, now: () => number, events: RoomNeighboursEvents) {
    this.#neighbours = neighbours;
    this.#topic = `presence/${documentId}`;
    this.#now = now;
    this.#n = now();
    this.#events = events;
    this.#stop = [
      neighbours.bus.subscribe(this.#topic, (bytes, from) => this.#hear(bytes, from)),
      neighbours.enter(this),
    ];
    this.askAgain();
  }

  /** Tells what is new, if anybody has the room too. */
  tell(claims: readonly NamedClaim[]): void {
    if (this.#known.size === 0 || claims.length === 0) return;
    this.#n += 1;
    this.#say(news, claims);
  }

  askAgain(): void {
    this.#askedAt = this.#now();
    this.#say(asks, this.#events.ofHere());
  }

  processGone(process: string): void {
    if (this.#known.delete(process)) this.#events.processGone(process);
  }

  /** Nobody is here any more. */
  close(): void {
    if (this.#known.size > 0) this.#say(leaves, []);
    for (const stop of this.#stop) stop();
    for (const process of [...this.#known.keys()]) this.processGone(process);
  }

  #say(kind: number, claims: readonly NamedClaim[]): void {
    this.#neighbours.bus.publish(this.#topic, encodeWord({ kind, n: this.#n, claims }));
  }

  #hear(bytes: Uint8Array, from: string): void {
    const word = decodeWord(bytes);
    if (word === null) return;
    this.#neighbours.heard(from);
    const last = this.#known.get(from);
    switch (word.kind) {
      case asks:
      case answers:
        if (last !== undefined && word.n < last) return;
        this.#known.set(from, word.n);
        this.#events.received(from, word.claims, true);
        // Between a question and its first answer nobody was known to tell what is new.
        if (word.kind === asks || last === undefined) this.#say(answers, this.#events.ofHere());
        return;
      case news:
        if (last !== undefined && word.n <= last) return;
        this.#known.set(from, word.n);
        this.#events.received(from, word.claims, false);
        if (word.n !== (last ?? 0) + 1) this.#askOnce();
        return;
      case leaves:
        if (last === undefined || word.n >= last) this.processGone(from);
        return;
    }
  }

  #askOnce(): void {
    if (this.#now() - this.#askedAt >= askEveryMs) this.askAgain();
  }
}

function encodeWord({ kind, n, claims }: Word): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeUint8(encoder, kind);
    encoding.writeVarUint(encoder, n);
    encoding.writeVarUint(encoder, claims.length);
    for (const { userId, claim } of claims) {
      encoding.writeVarString(encoder, userId);
      encoding.writeUint8Array(encoder, claim.bytes);
    }
  });
}

function decodeWord(bytes: Uint8Array): Word | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    const kind = decoding.readUint8(decoder);
    const n = decoding.readVarUint(decoder);
    const count = decoding.readVarUint(decoder);
    const claims: { userId: string; claim: Claim }[] = [];
    for (let i = 0; i < count; i += 1) {
      claims.push({ userId: decoding.readVarString(decoder), claim: readClaim(decoder) });
    }
    return { kind, n, claims };
  } catch {
    // Of a version that speaks otherwise, or cut short: passed over.
    return null;
  }
}
