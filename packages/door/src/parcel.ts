import { setImmediate as turn } from 'node:timers/promises';

/** Many byte strings as one buffer, which changes its thread without a copy. */
export interface Parcel {
  readonly buffer: ArrayBuffer;
  readonly sizes: readonly number[];
}

/** Copied between two turns of the event loop: a millisecond or two. Bytes. */
const bytesPerTurn = 4 * 1024 * 1024;

/** Copies what others may still need; a large parcel takes several turns. */
export async function packSlowly(parts: readonly Uint8Array[]): Promise<Parcel> {
  const parcel = empty(parts);
  const target = new Uint8Array(parcel.buffer);
  let at = 0;
  let copied = 0;
  for (const part of parts) {
    for (let from = 0; from < part.length; from += bytesPerTurn) {
      const some = part.subarray(from, from + bytesPerTurn);
      if (copied > 0 && copied + some.length > bytesPerTurn) {
        await turn();
        copied = 0;
      }
      target.set(some, at);
      at += some.length;
      copied += some.length;
    }
  }
  return parcel;
}

export function pack(parts: readonly Uint8Array[]): Parcel {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && ownsItsBuffer(only)) {
    return { buffer: only.buffer, sizes: [only.length] };
  }
  const parcel = empty(parts);
  const target = new Uint8Array(parcel.buffer);
  let at = 0;
  for (const part of parts) {
    target.set(part, at);
    at += part.length;
  }
  return parcel;
}

/** Views on the parcel's buffer. */
export function unpack({ buffer, sizes }: Parcel): Uint8Array[] {
  let at = 0;
  return sizes.map((size) => {
    const part = new Uint8Array(buffer, at, size);
    at += size;
    return part;
  });
}

function empty(parts: readonly Uint8Array[]): Parcel {
  const sizes = parts.map(({ length }) => length);
  return { buffer: new ArrayBuffer(sizes.reduce((sum, size) => sum + size, 0)), sizes };
}

function ownsItsBuffer(part: Uint8Array): part is Uint8Array<ArrayBuffer> {
  return part.buffer instanceof ArrayBuffer && part.length === part.buffer.byteLength;
}
