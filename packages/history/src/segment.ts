import type { LogEntry } from '@tidemark/sync';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Packer } from './ports.ts';

/**
 * Entries of the log in few bytes: a byte with the version, then, compressed, one column after the other, since like compresses well beside
 * like. All numbers are lib0's variable-length integers:
 *
 *     count, first LSN
 *     users: how many; each 0 for the server itself, or 1 and the id        client IDs: how many; each
 *     per entry: index of the user | index of the client ID | milliseconds since the entry before (the first: since 1970) | bytes of the update
 *     the updates, one after the other
 */
const version = 1;

/** Entries with LSNs that follow each other, at least one, as the content of a segment. */
export function packEntries(entries: readonly LogEntry[], packer: Packer): Uint8Array {
  const [first] = entries;
  if (first === undefined) throw new RangeError('A segment holds at least one entry.');
  const users = new Dictionary<string | null>();
  const clients = new Dictionary<number>();
  const columns = Array.from({ length: 4 }, () => encoding.createEncoder());
  const [userColumn, clientColumn, timeColumn, sizeColumn] = columns as [Column, Column, Column, Column];
  let at = 0;
  for (const [index, entry] of entries.entries()) {
    if (entry.lsn !== first.lsn + index) throw new RangeError(`Entry ${first.lsn + index} is missing.`);
    if (!Number.isSafeInteger(entry.at)) throw new RangeError(`${entry.at} is no time of an entry.`);
    encoding.writeVarUint(userColumn, users.indexOf(entry.userId));
    encoding.writeVarUint(clientColumn, clients.indexOf(entry.clientId));
    encoding.writeVarInt(timeColumn, entry.at - at);
    encoding.writeVarUint(sizeColumn, entry.update.length);
    at = entry.at;
  }
  const body = encoding.createEncoder();
  encoding.writeVarUint(body, entries.length);
  encoding.writeVarUint(body, first.lsn);
  encoding.writeVarUint(body, users.values.length);
  for (const user of users.values) {
    encoding.writeVarUint(body, user === null ? 0 : 1);
    if (user !== null) encoding.writeVarString(body, user);
  }
  encoding.writeVarUint(body, clients.values.length);
  for (const client of clients.values) encoding.writeVarUint(body, client);
  for (const column of columns) encoding.writeUint8Array(body, encoding.toUint8Array(column));
  for (const { update } of entries) encoding.writeUint8Array(body, update);
  const packed = packer.compress(encoding.toUint8Array(body));
  const content = new Uint8Array(1 + packed.length);
  content[0] = version;
  content.set(packed, 1);
  return content;
}

/** The entries of a segment, byte for byte. Throws on whatever is not the content of one. */
export function unpackEntries(content: Uint8Array, packer: Packer): LogEntry[] {
  if (content[0] !== version) throw new TypeError(`This is no segment of version ${version}.`);
  const bytes = packer.expand(content.subarray(1));
  const body = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(body);
  // Each entry has at least four bytes of columns.
  if (count === 0 || count > bytes.length) throw new TypeError('This segment counts its entries wrongly.');
  const first = decoding.readVarUint(body);
  const users = list(body, bytes.length, readUser);
  const clients = list(body, bytes.length, decoding.readVarUint);
  const column = <T>(read: (decoder: decoding.Decoder) => T) =>
    Array.from({ length: count }, () => read(body));
  const userOf = column(decoding.readVarUint);
  const clientOf = column(decoding.readVarUint);
  const waited = column(decoding.readVarInt);
  const sizes = column(decoding.readVarUint);
  let at = 0;
  let place = body.pos;
  const entries = sizes.map((size, index): LogEntry => {
    const userId = users[userOf[index] ?? -1];
    const clientId = clients[clientOf[index] ?? -1];
    if (userId === undefined || clientId === undefined) throw new TypeError('This segment names nobody.');
    if (place + size > bytes.length) throw new TypeError('This segment ends too early.');
    at += waited[index] ?? Number.NaN;
    const update = bytes.subarray(place, place + size);
    place += size;
    return { lsn: first + index, update, userId, clientId, at };
  });
  if (place !== bytes.length) throw new TypeError('Something follows the entries of this segment.');
  return entries;
}

type Column = encoding.Encoder;

/** Values by their number, in the order in which they came. */
class Dictionary<T> {
  readonly values: T[] = [];
  readonly #numbers = new Map<T, number>();

  indexOf(value: T): number {
    const known = this.#numbers.get(value);
    if (known !== undefined) return known;
    this.#numbers.set(value, this.values.length);
    this.values.push(value);
    return this.values.length - 1;
  }
}

function list<T>(body: decoding.Decoder, most: number, read: (decoder: decoding.Decoder) => T): T[] {
  const length = decoding.readVarUint(body);
  if (length > most) throw new TypeError('This segment counts its writers wrongly.');
  return Array.from({ length }, () => read(body));
}

function readUser(body: decoding.Decoder): string | null {
  const named = decoding.readVarUint(body);
  if (named > 1) throw new TypeError('This segment names its users wrongly.');
  return named === 0 ? null : readString(body);
}

/** lib0 takes bytes from beyond the end of a part of a buffer. */
function readString(body: decoding.Decoder): string {
  const start = body.pos;
  const length = decoding.readVarUint(body);
  if (body.pos + length > body.arr.length) throw new TypeError('This segment ends too early.');
  body.pos = start;
  return decoding.readVarString(body);
}
