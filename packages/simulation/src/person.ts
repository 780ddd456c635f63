import { createProvider, type Provider } from '@tidemark/client';
import * as Y from 'yjs';
import { holds } from './content.ts';
import { edit } from './edits.ts';
import { documentId, type Place, placeOf, type Stage, socketsFrom } from './stage.ts';
import type { Actor } from './timeline.ts';

/** One edit and what is known of it. */
interface Made {
  readonly update: Uint8Array;
  /** The replica it was made in. */
  readonly copy: Copy;
  saved: boolean;
}

/** One replica in one browser: it lives on only where it is kept. */
export interface Copy {
  readonly doc: Y.Doc;
  readonly clientId: number;
  /** The document's life that it met first, null before. */
  epoch: number | null;
  lost: boolean;
}

/** Somebody with our own client. */
export class Person {
  readonly place: Place;
  readonly made: Made[] = [];
  readonly #stage: Stage;
  #actor: Actor;
  #skew = 0;
  #coming = false;
  #lives = 0;
  #copy: Copy | null = null;
  #undo: Y.UndoManager | null = null;
  #provider: Provider | null = null;
  #checked = 0;
  /** How often "saved" was said with something newly made, and how often a flush came true. */
  readonly counts = { saved: 0, flushed: 0 };

  constructor(stage: Stage, name: string, user: string, home: number) {
    this.#stage = stage;
    this.place = placeOf(name, user, home);
    this.#actor = stage.timeline.actor(name);
  }

  get actor(): Actor {
    return this.#actor;
  }

  get here(): boolean {
    return this.#provider !== null;
  }

  get doc(): Y.Doc | null {
    return this.#provider?.doc ?? null;
  }

  get provider(): Provider | null {
    return this.#provider;
  }

  /** Opens the document, with what was held before or with nothing. */
  come(withCopy: boolean): void {
    if (this.here || this.#coming) return;
    this.#coming = true;
    this.#lives += 1;
    const actor = this.#stage.timeline.actor(`${this.place.name} life ${this.#lives}`);
    actor.skew = this.#skew;
    this.#actor = actor;
    this.#stage.timeline.later(actor, 0, 'comes', () => this.#open(withCopy));
  }

  /** Goes politely. Resolves when nothing of it is left. */
  leave(): void {
    const provider = this.#end();
    void provider?.destroy();
  }

  /** The browser is killed. */
  kill(quiet: boolean): void {
    if (this.#end() === null) return;
    this.#actor.alive = false;
    for (const link of [...this.place.links]) {
      if (quiet) link.vanish();
      else link.leave();
      this.place.links.delete(link);
    }
  }

  edit(salt: number): void {
    if (this.#provider !== null && this.#undo !== null) edit(this.#provider.doc, this.#undo, salt);
  }

  presence(salt: number): void {
    this.#provider?.awareness.setLocalStateField('cursor', salt % 1_000);
  }

  /** As a person does who was refused: not at once. */
  asksAgain(): void {
    this.#stage.timeline.later(this.#actor, 500, 'asks again', () => this.retry());
  }

  retry(): void {
    this.#provider?.retry();
  }

  flush(): void {
    const provider = this.#provider;
    const copy = this.#copy;
    if (provider === null || copy === null) return;
    const edits = this.made.filter((made) => made.copy === copy);
    void provider.flush().then((result) => {
      if (!('lsn' in result) || copy.epoch !== this.#stage.audit.epoch) return;
      this.counts.flushed += 1;
      for (const made of edits) this.#check(made, 'flushed');
    });
  }

  skewBy(ms: number): void {
    this.#skew += ms;
    this.#actor.skew = this.#skew;
  }

  #open(withCopy: boolean): void {
    this.#coming = false;
    // Without the device's store nobody guards which life a kept copy belongs to.
    const kept = withCopy && !this.#stage.renews ? this.#copy : null;
    if (this.#copy !== null && kept === null) this.#copy.lost = true;
    const doc = new Y.Doc();
    if (kept !== null) Y.applyUpdate(doc, Y.encodeStateAsUpdate(kept.doc));
    const copy: Copy = { doc, clientId: doc.clientID, epoch: kept?.epoch ?? null, lost: false };
    // A kept copy lives on in the new one.
    for (const [i, made] of this.made.entries()) {
      if (kept !== null && made.copy === kept) this.made[i] = { ...made, copy };
    }
    this.#copy = copy;
    this.place.greeted = (epoch) => {
      copy.epoch ??= epoch;
    };
    this.#checked = 0;
    const { timeline } = this.#stage;
    const actor = this.#actor;
    const provider = createProvider({
      url: 'ws://house/sync',
      documentId,
      doc,
      offline: false,
      WebSocket: socketsFrom(this.#stage, this.place, actor),
      clock: { now: () => timeline.wall(actor), after: (ms, run) => timeline.timer(actor, ms, run) },
      random: () => actor.chance.next(),
    });
    this.#provider = provider;
    this.#undo = new Y.UndoManager([
      doc.getText('text'),
      doc.getMap('map'),
      doc.getArray('list'),
      doc.getMap('records'),
    ]);
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.made.push({ update, copy, saved: false });
    });
    provider.awareness.setLocalStateField('user', this.place.name);
    provider.subscribe(() => this.#heard(provider, copy));
  }

  #heard(provider: Provider, copy: Copy): void {
    if (this.#provider !== provider) return;
    const status = provider.status();
    const { audit, timeline } = this.#stage;
    timeline.trace.add(`${this.place.name} ${status.state} ${status.pending}`);
    if (status.state === 'refused' && status.code === 'stale-epoch') this.#setAside(copy);
    if (status.state !== 'saved' || copy.epoch !== audit.epoch) return;
    for (; this.#checked < this.made.length; this.#checked += 1) {
      const made = this.made[this.#checked];
      if (made === undefined || made.copy !== copy || made.saved) continue;
      this.counts.saved += 1;
      this.#check(made, 'saved');
    }
  }

  /** What was said to be stored has to be in the log at that instant. */
  #check(made: Made, word: string): void {
    made.saved = true;
    const { broken, audit } = this.#stage;
    const rule = word === 'saved' ? 'I3' : 'I4';
    broken.check(
      rule,
      holds(audit.stored, made.update),
      () => `${this.place.name} was told "${word}" of what is not in the log`,
    );
  }

  /** The document was begun anew: what is here is set aside, and a fresh copy opened. */
  #setAside(copy: Copy): void {
    copy.lost = true;
    this.#stage.timeline.later(this.#actor, 1_000, 'begins anew', () => {
      if (this.#copy !== copy || this.#provider === null) return;
      this.leave();
      this.come(false);
    });
  }

  #end(): Provider | null {
    const provider = this.#provider;
    this.#provider = null;
    this.#undo?.destroy();
    this.#undo = null;
    return provider;
  }
}
