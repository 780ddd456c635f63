import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { edit } from './edits.ts';
import { documentId, type Place, placeOf, type Stage, socketsFrom } from './stage.ts';
import type { Actor } from './timeline.ts';

/** Somebody with the stock client of y-websocket. */
export class Stock {
  readonly place: Place;
  readonly #stage: Stage;
  actor: Actor;
  #skew = 0;
  #coming = false;
  #lives = 0;
  #kept: Y.Doc | null = null;
  #undo: Y.UndoManager | null = null;
  provider: WebsocketProvider | null = null;
  /** What was made here and not lost with a browser. */
  made: Uint8Array[] = [];

  constructor(stage: Stage, name: string, user: string, home: number) {
    this.#stage = stage;
    this.place = placeOf(name, user, home);
    this.actor = stage.timeline.actor(name);
  }

  get doc(): Y.Doc | null {
    return this.provider?.doc ?? null;
  }

  get here(): boolean {
    return this.provider !== null;
  }

  come(withCopy: boolean): void {
    if (this.here || this.#coming) return;
    this.#coming = true;
    this.#lives += 1;
    this.actor = this.#stage.timeline.actor(`${this.place.name} life ${this.#lives}`);
    this.actor.skew = this.#skew;
    this.#stage.timeline.later(this.actor, 0, 'comes', () => this.#open(withCopy));
  }

  reconnects(): void {
    this.#stage.timeline.later(this.actor, 500, 'reloads', () => this.reconnect());
  }

  /** What was refused here nobody sends again by itself: a person reloads the page. */
  reconnect(): void {
    this.provider?.disconnect();
    this.provider?.connect();
  }

  leave(): void {
    const { provider } = this;
    this.#end();
    provider?.awareness.destroy();
    provider?.destroy();
  }

  kill(quiet: boolean): void {
    if (this.provider === null) return;
    process.off('exit', this.provider._exitHandler);
    this.#end();
    this.actor.alive = false;
    for (const link of [...this.place.links]) {
      if (quiet) link.vanish();
      else link.leave();
      this.place.links.delete(link);
    }
  }

  edit(salt: number): void {
    if (this.provider !== null && this.#undo !== null) edit(this.provider.doc, this.#undo, salt);
  }

  presence(salt: number): void {
    this.provider?.awareness.setLocalStateField('cursor', salt % 1_000);
  }

  skewBy(ms: number): void {
    this.#skew += ms;
    this.actor.skew = this.#skew;
  }

  #open(withCopy: boolean): void {
    this.#coming = false;
    const doc = new Y.Doc();
    if (withCopy && this.#kept !== null) Y.applyUpdate(doc, Y.encodeStateAsUpdate(this.#kept));
    else this.made = [];
    this.#kept = doc;
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.made.push(update);
    });
    this.#undo = new Y.UndoManager([
      doc.getText('text'),
      doc.getMap('map'),
      doc.getArray('list'),
      doc.getMap('records'),
    ]);
    this.provider = new WebsocketProvider('ws://house/sync', documentId, doc, {
      WebSocketPolyfill: socketsFrom(this.#stage, this.place, this.actor),
      disableBc: true,
    });
    // It only prints what it was refused.
    this.provider.messageHandlers[2] = () => undefined;
    this.provider.awareness.setLocalStateField('user', this.place.name);
  }

  #end(): void {
    this.provider = null;
    this.#undo?.destroy();
    this.#undo = null;
  }
}
