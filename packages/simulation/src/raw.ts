import { encodeFrame } from '@tidemark/protocol';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { readSyncMessage } from 'y-protocols/sync';
import * as Y from 'yjs';
import { type Chance, chanceOf } from './chance.ts';
import { edit } from './edits.ts';
import type { Link } from './link.ts';
import { dialFrom, type Place, placeOf, type Stage } from './stage.ts';
import type { Actor } from './timeline.ts';

/** Somebody who writes frames by hand: out of order, twice, late, and at times nonsense. */
export class Raw {
  readonly place: Place;
  readonly #stage: Stage;
  actor: Actor;
  doc = new Y.Doc();
  made: Uint8Array[] = [];
  #link: Link | null = null;
  #undo: Y.UndoManager;
  #open = false;
  #honest = false;
  #held: Uint8Array[] = [];
  #skew = 0;
  #coming = false;

  constructor(stage: Stage, name: string, user: string, home: number) {
    this.#stage = stage;
    this.place = placeOf(name, user, home);
    this.actor = stage.timeline.actor(name);
    this.#undo = this.#begin();
  }

  get here(): boolean {
    return this.#open;
  }

  come(_withCopy: boolean): void {
    if (this.#link !== null || this.#coming) return;
    this.#coming = true;
    this.actor.alive = true;
    this.#stage.timeline.later(this.actor, 0, 'comes', () => this.#dial());
  }

  leave(): void {
    this.#link?.leave();
    this.#gone();
  }

  /** From now on it keeps nothing back. */
  reconnect(): void {
    this.#honest = true;
    this.leave();
    this.come(true);
  }

  kill(quiet: boolean): void {
    const link = this.#link;
    this.#gone();
    if (link === null) return;
    this.place.links.delete(link);
    if (quiet) link.vanish();
    else link.leave();
  }

  edit(salt: number): void {
    edit(this.doc, this.#undo, salt);
  }

  presence(): void {
    this.mischief(9);
  }

  skewBy(ms: number): void {
    this.#skew += ms;
    this.actor.skew = this.#skew;
  }

  /** Something a sound client never sends. */
  mischief(salt: number): void {
    const chance = chanceOf(salt);
    const send = (bytes: Uint8Array) => this.#open && this.#link?.send(bytes);
    const one = this.made.length > 0 ? chance.oneOf(this.made) : new Uint8Array([0, 0]);
    switch (chance.below(8)) {
      case 0:
        return void send(encodeFrame({ type: 'update', update: one }));
      case 1:
        return void send(encodeFrame({ type: 'update', update: one.slice(0, chance.below(one.length)) }));
      case 2:
        return void send(Uint8Array.from({ length: chance.below(20) }, () => chance.below(256)));
      case 3:
        return void send(encodeFrame({ type: 'ack', n: chance.below(10), lsn: chance.below(10) }));
      case 4:
        return void send(encodeFrame({ type: 'sync-step-1', stateVector: vector(chance) }));
      case 5:
        return void send(encodeFrame({ type: 'awareness', update: claim(chance, this.doc.clientID) }));
      case 6:
        return void send(encodeFrame({ type: 'query-awareness' }));
      default:
        for (const update of this.#held.splice(0).reverse()) send(encodeFrame({ type: 'update', update }));
    }
  }

  #begin(): Y.UndoManager {
    const { doc } = this;
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (!transaction.local) return;
      this.made.push(update);
      const { chance } = this.actor;
      if (!this.#open || (!this.#honest && chance.percent(20))) this.#held.push(update);
      else for (let times = chance.oneOf([1, 1, 1, 2]); times > 0; times -= 1) this.#say(update);
    });
    return new Y.UndoManager([
      doc.getText('text'),
      doc.getMap('map'),
      doc.getArray('list'),
      doc.getMap('records'),
    ]);
  }

  #say(update: Uint8Array): void {
    this.#link?.send(encodeFrame({ type: 'update', update }));
  }

  #dial(): void {
    this.#coming = false;
    const link: Link = dialFrom(this.#stage, this.place, this.actor)('', this.actor.chance.percent(50), {
      opened: () => {
        this.#open = true;
        link.send(encodeFrame({ type: 'sync-step-1', stateVector: Y.encodeStateVector(this.doc) }));
      },
      message: (bytes) => this.#heard(link, bytes),
      closed: () => {
        if (this.#link === link) this.#gone();
      },
    });
    this.#link = link;
  }

  #heard(link: Link, bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readVarUint(decoder) !== 0) return;
    const reply = encoding.createEncoder();
    encoding.writeVarUint(reply, 0);
    readSyncMessage(decoder, reply, this.doc, this);
    if (encoding.length(reply) > 1) link.send(encoding.toUint8Array(reply));
  }

  #gone(): void {
    this.#link = null;
    this.#open = false;
  }
}

function vector(chance: Chance): Uint8Array {
  return encoding.encode((encoder) => {
    const count = chance.below(4);
    encoding.writeVarUint(encoder, count);
    for (let i = 0; i < 2 * count; i += 1) encoding.writeVarUint(encoder, chance.below(2 ** 32));
  });
}

/** Awareness under an ID that is one's own, nobody's, or hard to read. */
function claim(chance: Chance, clientId: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, chance.percent(50) ? clientId : chance.below(2 ** 32));
    encoding.writeVarUint(encoder, chance.below(2 ** 20));
    encoding.writeVarString(encoder, chance.oneOf(['null', '{}', '{"x":1}', '{', '7']));
  });
}
