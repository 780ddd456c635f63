/**
 * Tabs of one browser that show the same document tell each other their edits and presence, offline too, and
 * notice each other's death. A Web Lock per writer says who lives; where there are no locks, only goodbyes do.
 */

/** Version of the messages: tabs that run different releases of the page may be open at once. */
const version = 1;

type Message = {
  readonly v: typeof version;
  readonly from: string;
} /** A tab opened: what has it missed? */ & (
  | {
      readonly is: 'hello';
      readonly epoch: number | null;
      readonly stateVector: Uint8Array;
    }
  /** `to` null: for all. `kept`: in the store that all tabs share. */
  | {
      readonly is: 'update';
      readonly to: string | null;
      readonly epoch: number | null;
      readonly update: Uint8Array;
      readonly kept: boolean;
    }
  | { readonly is: 'presence'; readonly clientId: number; readonly update: Uint8Array }
  | { readonly is: 'bye' }
);

/** What a tab has to say; `from` is added. */
type Said = Message extends infer M ? (M extends Message ? Omit<M, 'v' | 'from'> : never) : never;

export interface TabsOptions {
  /** Tabs with the same name talk. */
  readonly name: string;
  readonly writer: string;
  epoch(): number | null;
  /** False: that tab shows another life of the document; nothing of it may be merged. */
  sameLife(epoch: number | null): boolean;
  update(update: Uint8Array, kept: boolean): void;
  /** What the replica has beyond `stateVector`. */
  since(stateVector: Uint8Array): Uint8Array;
  stateVector(): Uint8Array;
  presence(update: Uint8Array): void;
  presenceOfSelf(): { readonly clientId: number; readonly update: Uint8Array } | null;
  /** A writer is gone; `clientId` is its awareness if it ever told. */
  gone(writer: string, clientId: number | null): void;
}

export interface Tabs {
  readonly name: string;
  tellUpdate(update: Uint8Array, kept: boolean): void;
  tellPresence(clientId: number, update: Uint8Array): void;
  /** Asks the others for what this one lacks. */
  catchUp(): void;
  /** Which of `writers` are dead; watches the others. Null when the browser cannot say. */
  dead(writers: readonly string[]): Promise<readonly string[]>;
  /** Client IDs of awareness in other tabs. */
  clientIds(): ReadonlySet<number>;
  bye(): void;
  close(): void;
}

export function createTabs(options: TabsOptions): Tabs {
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(options.name);
  const locks = typeof navigator === 'undefined' ? undefined : navigator.locks;
  const lockOf = (writer: string) => `${options.name} ${writer}`;
  const ending = new AbortController();
  /** Other live writers, with their awareness. */
  const others = new Map<string, number | null>();
  let release: () => void = () => undefined;
  let closed = false;

  function tell(said: Said) {
    if (!closed) channel?.postMessage({ v: version, from: options.writer, ...said });
  }

  /** Waits until `writer` lets go of its lock, by closing or by dying. */
  function watch(writer: string) {
    if (others.has(writer)) return;
    others.set(writer, null);
    locks?.request(lockOf(writer), { signal: ending.signal }, () => lost(writer)).catch(onlyWhenClosed);
  }

  function onlyWhenClosed(error: unknown) {
    if (!closed) throw error;
  }

  function lost(writer: string) {
    const clientId = others.get(writer);
    if (closed || clientId === undefined) return;
    others.delete(writer);
    options.gone(writer, clientId);
  }

  function received(message: Message) {
    if (message.v !== version || message.from === options.writer || closed) return;
    if (message.is !== 'bye') watch(message.from);
    switch (message.is) {
      case 'hello':
        tellSelf();
        if (!options.sameLife(message.epoch)) return;
        return tell({
          is: 'update',
          to: message.from,
          epoch: options.epoch(),
          update: options.since(message.stateVector),
          kept: false,
        });
      case 'update':
        if (message.to !== null && message.to !== options.writer) return;
        if (options.sameLife(message.epoch)) options.update(message.update, message.kept);
        return;
      case 'presence':
        others.set(message.from, message.clientId);
        return options.presence(message.update);
      case 'bye':
        // With locks, death itself is heard, and after the last write.
        if (locks === undefined) lost(message.from);
        return;
    }
  }

  function tellSelf() {
    const self = options.presenceOfSelf();
    if (self !== null) tell({ is: 'presence', ...self });
  }

  function sayHello() {
    tell({ is: 'hello', epoch: options.epoch(), stateVector: options.stateVector() });
    tellSelf();
  }

  if (channel !== null) channel.onmessage = (event: MessageEvent<Message>) => received(event.data);
  const alive = new Promise<void>((resolve) => {
    if (locks === undefined) return resolve();
    locks
      .request(lockOf(options.writer), { signal: ending.signal }, () => {
        resolve();
        return new Promise<void>((let_go) => {
          release = let_go;
        });
      })
      .catch(onlyWhenClosed);
  });

  return {
    name: options.name,
    tellUpdate: (update, kept) => tell({ is: 'update', to: null, epoch: options.epoch(), update, kept }),
    tellPresence: (clientId, update) => tell({ is: 'presence', clientId, update }),
    // Only a writer that holds its lock may be heard of: others would take it for dead.
    catchUp: () => void alive.then(sayHello),
    async dead(writers) {
      if (locks === undefined) return writers.filter((writer) => !others.has(writer));
      const { held = [] } = await locks.query();
      const names = new Set(held.map((lock) => lock.name));
      const living = writers.filter((writer) => names.has(lockOf(writer)));
      for (const writer of living) watch(writer);
      return writers.filter((writer) => !living.includes(writer));
    },
    clientIds: () => new Set([...others.values()].filter((id) => id !== null)),
    bye: () => tell({ is: 'bye' }),
    close() {
      tell({ is: 'bye' });
      closed = true;
      ending.abort();
      release();
      channel?.close();
    },
  };
}
