import type { LogEntry } from '@tidemark/sync';
import { decodeUtf8, encodeUtf8 } from 'lib0/string';

/**
 * Rows of the log on their way to the bench: as objects, ten thousand of them would hold up the event loop, mostly by the garbage they make. The
 * database writes this by itself, so all numbers are as Postgres sends them, the high byte first:
 *
 *     a byte 2; int64 first LSN
 *     per entry: int32 bytes of the update | int64 client ID | int64 microseconds since 2000 | int16 bytes of the user's id, -1: the server | id | update
 */
const version = 2;
const millisecondsOf2000 = Date.UTC(2000, 0);

/** Segments begin with another byte. */
export function isBundle(content: Uint8Array): boolean {
  return content[0] === version;
}

/** Entries with LSNs that follow each other, at least one. */
export function bundleEntries(entries: readonly LogEntry[]): Uint8Array {
  const users = new Map<string | null, Uint8Array>();
  for (const { userId } of entries) if (!users.has(userId)) users.set(userId, encodeUtf8(userId ?? ''));
  const idOf = (userId: string | null) => users.get(userId) ?? new Uint8Array();
  const size = entries.reduce((sum, { update, userId }) => sum + 22 + idOf(userId).length + update.length, 9);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  view.setBigInt64(1, BigInt(entries[0]?.lsn ?? 0));
  let at = 9;
  for (const { update, clientId, at: time, userId } of entries) {
    const id = idOf(userId);
    view.setInt32(at, update.length);
    view.setBigInt64(at + 4, BigInt(clientId));
    view.setBigInt64(at + 12, BigInt(time - millisecondsOf2000) * 1_000n);
    view.setInt16(at + 20, userId === null ? -1 : id.length);
    bytes.set(id, at + 22);
    bytes.set(update, at + 22 + id.length);
    at += 22 + id.length + update.length;
  }
  return bytes;
}

/** The entries of a bundle; their updates are views on it. Throws where it ends too early. */
export function unbundleEntries(bytes: Uint8Array): LogEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: LogEntry[] = [];
  const nameOf = createNames();
  let lsn = readInt64(view, 1);
  for (let at = 9; at < bytes.length; lsn += 1) {
    const named = view.getInt16(at + 20);
    const begin = at + 22 + Math.max(named, 0);
    const end = begin + view.getInt32(at);
    if (end > bytes.length) throw new TypeError('This bundle ends too early.');
    entries.push({
      lsn,
      update: bytes.subarray(begin, end),
      userId: named < 0 ? null : nameOf(bytes.subarray(at + 22, begin)),
      clientId: readInt64(view, at + 4),
      at: millisecondsOf2000 + Math.floor(readInt64(view, at + 12) / 1_000),
    });
    at = end;
  }
  return entries;
}

/** Exact as far as numbers are; a BigInt for each would cost more than all the rest. */
function readInt64(view: DataView, at: number): number {
  return view.getInt32(at) * 2 ** 32 + view.getUint32(at + 4);
}

/** Reads ids of users, of whom the same few come all the time. */
function createNames(): (bytes: Uint8Array) => string {
  let last = new Uint8Array();
  let name = '';
  return (bytes) => {
    if (bytes.length !== last.length || !bytes.every((byte, index) => byte === last[index])) {
      last = bytes.slice();
      name = decodeUtf8(bytes);
    }
    return name;
  };
}
