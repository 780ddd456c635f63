import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** How a server wraps the frames of y-protocols in its WebSocket messages. */
export interface Dialect {
  readonly name: string;
  /** What a client says first, before any frame. */
  greeting(room: string): readonly Uint8Array[];
  wrap(frame: Uint8Array, room: string): Uint8Array;
  unwrap(message: Uint8Array): Uint8Array;
}

export type DialectName = 'y-websocket' | 'hocuspocus';

/**
 * y-websocket's is the bare frame. Hocuspocus 4 puts the document's name before each frame and wants an auth frame with a token
 * first (`@hocuspocus/server` 4.7, ClientConnection.ts).
 */
export const dialects: Readonly<Record<DialectName, Dialect>> = {
  'y-websocket': {
    name: 'y-websocket',
    greeting: () => [],
    wrap: (frame) => frame,
    unwrap: (message) => message,
  },
  hocuspocus: {
    name: 'hocuspocus',
    greeting: (room) => [
      encoding.encode((encoder) => {
        encoding.writeVarString(encoder, room);
        encoding.writeVarUint(encoder, 2);
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, 'token');
      }),
    ],
    wrap: (frame, room) =>
      encoding.encode((encoder) => {
        encoding.writeVarString(encoder, room);
        encoding.writeUint8Array(encoder, frame);
      }),
    unwrap(message) {
      const decoder = decoding.createDecoder(message);
      decoding.readVarString(decoder);
      return message.subarray(decoder.pos);
    },
  },
};
