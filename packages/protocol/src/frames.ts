/**
 * The frames of `/sync/:documentId`. Types 0–3 are y-websocket's; 100 and up are sent only to clients that
 * offered the subprotocol `tidemark.1`, and only by the server.
 */

export type Access = 'edit' | 'read';

export type Frame =
  | { readonly type: 'sync-step-1'; readonly stateVector: Uint8Array }
  | { readonly type: 'sync-step-2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'permission-denied'; readonly reason: string }
  | { readonly type: 'query-awareness' }
  | Ack
  | Hello
  | StorageState
  | RefusalNotice
  | AccessChange
  | News;

/** 100: the first `n` content frames of this connection are committed; `lsn` is the log position that includes them. */
export interface Ack {
  readonly type: 'ack';
  readonly n: number;
  readonly lsn: number;
}

/** 101: the first frame a session gets, before any content. */
export interface Hello {
  readonly type: 'hello';
  readonly epoch: number;
  readonly head: number;
  readonly access: Access;
  readonly frameBytes: number;
  readonly documentBytes: number;
}

/** 102: whether the server can store at present. Sent when it changes, and on joining while it is `failing`. */
export interface StorageState {
  readonly type: 'storage';
  readonly state: 'ok' | 'failing';
}

/** 103: one content frame (the `n`-th) was refused and the connection lives on; `n` 0 when it was no content frame. */
export interface RefusalNotice {
  readonly type: 'refusal';
  readonly n: number;
  readonly code: string;
  readonly detail: string;
}

/**
 * 104: from here on the session may do `access`. Content frames that were sent before this was known, and are taken up
 * after it, are refused one by one (103) and never acked. `reason` is plain English for people.
 */
export interface AccessChange {
  readonly type: 'access';
  readonly access: Access;
  readonly reason: string;
}

/**
 * 105: something that belongs to the document but is not in it (its conversation, its files) has changed; `topic` says what.
 * A hint to fetch it anew: it may come late or twice. `anyTopic`: any of it may have changed.
 */
export interface News {
  readonly type: 'news';
  readonly topic: string;
}

/** In place of a topic: news may have been missed. */
export const anyTopic = '*';

/** Content frames are the ones an ack counts. */
export function isContentFrame(frame: Frame): frame is Extract<Frame, { update: Uint8Array }> {
  return frame.type === 'sync-step-2' || frame.type === 'update';
}

/** Wire numbers. Changing one is a new protocol version: `frames.test.ts` holds their fingerprint. */
export const wire = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  ack: 100,
  hello: 101,
  storage: 102,
  refusal: 103,
  access: 104,
  news: 105,
  syncStep1: 0,
  syncStep2: 1,
  syncUpdate: 2,
  authDenied: 0,
} as const;
