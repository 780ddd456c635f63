import type { Access, RefusalCode } from '@tidemark/protocol';
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';
import type { Clock } from './clock.ts';
import type { Status } from './status.ts';

export interface ProviderOptions {
  /** Where the server's sync door is: `wss://example.org/sync`. */
  readonly url: string;
  readonly documentId: string;
  /** The replica to keep; a new one when left out. */
  readonly doc?: Y.Doc;
  /** Asked afresh for each connection; without it the browser's cookies speak. */
  readonly token?: (() => Promise<string>) | undefined;
  /**
   * Keep the document on this device (IndexedDB) and share it between tabs. Default true where there is IndexedDB.
   * `name` is whose copies these are, `url` when left out: give the person when several use one browser. Each
   * document has its own database under it.
   */
  readonly offline?: boolean | { readonly name: string };
  readonly awareness?: Awareness;
  readonly WebSocket?: typeof globalThis.WebSocket;
  readonly clock?: Clock;
  /** 0 ≤ random() < 1, for the jitter between attempts. */
  readonly random?: () => number;
}

/** `lsn` is the log position known to hold it all; null when nothing was pending and no server was ever reached. */
export type Flushed =
  | { readonly lsn: number | null }
  /** Not (or not known to be) stored; the edits stay in the replica and, if kept, on this device. */
  | { readonly unflushed: RefusalCode | 'destroyed' | 'unconfirmed'; readonly detail: string };

/** The client's keeper of one replica. */
export interface Provider {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  /** The same object until something changes. */
  status(): Status;
  /** Calls `listener` after the status, the access or `outlived` changed; the returned function ends it. */
  subscribe(listener: () => void): () => void;
  /**
   * Calls `listener` when something beside the document changed on the server ('comments', 'files', …), and with `anyTopic` after
   * each time that the provider came (back) to the server, since news is not kept. Returns a function that ends it.
   */
  onNews(listener: (topic: string) => void): () => void;
  /** What this person may do, null until the server said so. */
  access(): Access | null;
  /**
   * True once the document was begun anew and all that this device holds of its earlier life is set aside
   * (`listSetAside`). Destroy this provider then and make another, with another replica, to go on. Never true where
   * nothing is kept on the device: `exportUnsent` is the only copy then.
   */
  outlived(): boolean;
  /**
   * Gives up this replica with the local edits that are not stored, and the device's copy of it; destroy the provider
   * then. Edits that other tabs left unsent are set aside. Rejects when the browser's store is broken.
   */
  discardUnsent(): Promise<void>;
  /** Resolves when every local edit made before the call is stored by the server, or can't be. Waits while offline. */
  flush(): Promise<Flushed>;
  /** Try again at once; also lifts a refusal. */
  retry(): void;
  /** Resolves when this device's copy is loaded (at once when there is none). */
  readonly whenLoaded: Promise<void>;
  /** Resolves at the first complete exchange with the server. */
  readonly whenSynced: Promise<void>;
  /** The whole local state as one v1 update: for "download my work" when the server will not take it. */
  exportUnsent(): Uint8Array;
  /** Ends the connection and all listeners; resolves when this device's store has taken the last edits. */
  destroy(): Promise<void>;
}
