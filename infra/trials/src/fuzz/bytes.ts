/** Bytes by hand, as lib0 and the WebSocket protocol would never write them. */

/** Numbers as varuints, texts with their length before them, arrays as they are. */
export function bytes(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (part instanceof Uint8Array ? part : encode(part))));
}

function encode(part: number | string): Uint8Array {
  if (typeof part === 'string') return bytes(Buffer.byteLength(part), Buffer.from(part));
  const made: number[] = [];
  let rest = part;
  while (rest >= 128) {
    made.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.from([...made, rest]);
}

/** The same bytes many times over; `make` hears which one it is. */
export function many(count: number, make: (index: number) => Uint8Array): Uint8Array {
  return Buffer.concat(Array.from({ length: count }, (_, index) => make(index)));
}

/** Bytes as they are, without their length. */
export function raw(...octets: readonly number[]): Uint8Array {
  return Uint8Array.from(octets);
}

const withLength = (body: Uint8Array) => bytes(body.length, body);

/** A frame of y-protocols that carries an update. */
export const updateFrame = (update: Uint8Array) => bytes(0, 2, withLength(update));
export const stepOne = (stateVector: Uint8Array) => bytes(0, 0, withLength(stateVector));
export const awarenessFrame = (update: Uint8Array) => bytes(1, withLength(update));

/** An update of one writer from `clock` on, without deletions. */
export function update(structs: number, client: number, clock: number, body: Uint8Array): Uint8Array {
  return bytes(1, structs, client, clock, body, 0);
}

/** An update that only deletes. */
export function deletion(client: number, ...ranges: readonly (readonly [number, number])[]): Uint8Array {
  return bytes(
    0,
    1,
    client,
    ranges.length,
    many(ranges.length, (index) => bytes(...(ranges[index] ?? []))),
  );
}

/** A WebSocket frame of a client, masked with zeros. */
export function socketFrame(first: number, body: Uint8Array, options: { masked?: boolean } = {}): Uint8Array {
  const mask = options.masked === false ? 0 : 128;
  const length = Buffer.alloc(body.length < 126 ? 1 : body.length < 65_536 ? 3 : 9);
  if (body.length < 126) length[0] = mask | body.length;
  else if (body.length < 65_536) {
    length[0] = mask | 126;
    length.writeUInt16BE(body.length, 1);
  } else {
    length[0] = mask | 127;
    length.writeBigUInt64BE(BigInt(body.length), 1);
  }
  return Buffer.concat([raw(first), length, mask === 0 ? raw() : Buffer.alloc(4), body]);
}
