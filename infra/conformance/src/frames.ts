import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** One message of the y-websocket protocol, as y-protocols defines it. */
export type Frame =
  | { readonly type: 'step-1'; readonly stateVector: Uint8Array }
  | { readonly type: 'step-2'; readonly update: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly entries: readonly AwarenessEntry[] }
  | { readonly type: 'denied'; readonly reason: string }
  | { readonly type: 'query-awareness' }
  /** Frame 100 of the subprotocol `tidemark.1`: the first `n` content frames of this connection are stored. */
  | { readonly type: 'ack'; readonly n: number }
  /** Anything else a server may send to clients that know more. */
  | { readonly type: 'other'; readonly number: number };

export interface AwarenessEntry {
  readonly clientId: number;
  readonly clock: number;
  /** Null: this client has left. */
  readonly state: unknown;
}

const wire = { sync: 0, awareness: 1, auth: 2, queryAwareness: 3, ack: 100 } as const;

export function stepOne(stateVector: Uint8Array): Uint8Array {
  return sync(0, stateVector);
}

export function stepTwo(update: Uint8Array): Uint8Array {
  return sync(1, update);
}

export function updateFrame(update: Uint8Array): Uint8Array {
  return sync(2, update);
}

/** A sync frame of any step number, known or not. */
export function sync(step: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, wire.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

export function awarenessFrame(entries: readonly AwarenessEntry[]): Uint8Array {
  return awarenessBody(
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, entries.length);
      for (const { clientId, clock, state } of entries) {
        encoding.writeVarUint(encoder, clientId);
        encoding.writeVarUint(encoder, clock);
        encoding.writeVarString(encoder, JSON.stringify(state));
      }
    }),
  );
}

export function awarenessBody(body: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, wire.awareness);
    encoding.writeVarUint8Array(encoder, body);
  });
}

export const queryAwareness = new Uint8Array([wire.queryAwareness]);

/** Throws when the bytes are no frame: a server that sends such fails the check that listens. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readVarUint(decoder);
  if (type === wire.sync) {
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === 0) return { type: 'step-1', stateVector: body };
    if (step === 1) return { type: 'step-2', update: body };
    if (step === 2) return { type: 'update', update: body };
    throw new Error(`the server sent a sync frame of unknown step ${step}`);
  }
  if (type === wire.awareness) {
    return { type: 'awareness', entries: readEntries(decoding.readVarUint8Array(decoder)) };
  }
  if (type === wire.auth && decoding.readVarUint(decoder) === 0) {
    return { type: 'denied', reason: decoding.readVarString(decoder) };
  }
  if (type === wire.queryAwareness) return { type: 'query-awareness' };
  if (type === wire.ack) return { type: 'ack', n: decoding.readVarUint(decoder) };
  return { type: 'other', number: type };
}

function readEntries(body: Uint8Array): AwarenessEntry[] {
  const decoder = decoding.createDecoder(body);
  return Array.from({ length: decoding.readVarUint(decoder) }, () => ({
    clientId: decoding.readVarUint(decoder),
    clock: decoding.readVarUint(decoder),
    state: JSON.parse(decoding.readVarString(decoder)) as unknown,
  }));
}
