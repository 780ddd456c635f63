import type { Material } from '@tidemark/history';

/** Material on its way to a thread: all bytes in one buffer, which is handed over, and columns in place of objects. */
export interface Parcel {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly start: { readonly lsn: number; readonly form: 'v1' | 'packed'; readonly size: number } | null;
  readonly segments: readonly { readonly first: number; readonly last: number; readonly size: number }[];
  /** Of the rows: five columns, and whom the numbers in `by` mean. */
  readonly sizes: Uint32Array;
  readonly lsns: Float64Array;
  readonly times: Float64Array;
  readonly clients: Float64Array;
  readonly by: Uint32Array;
  readonly users: readonly (string | null)[];
}

/** Copies: others may hold the bytes still. A thousand rows, each an object of its own, would take longer to clone than to read. */
export function packMaterial({ start, segments, rows }: Material): Parcel {
  const parts = [
    ...(start ? [start.state] : []),
    ...segments.map(({ content }) => content),
    ...rows.map(({ update }) => update),
  ];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  const users = [...new Set(rows.map(({ userId }) => userId))];
  const numbers = new Map(users.map((user, number) => [user, number]));
  return {
    bytes,
    start: start && { lsn: start.lsn, form: start.form, size: start.state.byteLength },
    segments: segments.map(({ first, last, content }) => ({ first, last, size: content.byteLength })),
    sizes: Uint32Array.from(rows, ({ update }) => update.byteLength),
    lsns: Float64Array.from(rows, ({ lsn }) => lsn),
    times: Float64Array.from(rows, ({ at: time }) => time),
    clients: Float64Array.from(rows, ({ clientId }) => clientId),
    by: Uint32Array.from(rows, ({ userId }) => numbers.get(userId) ?? 0),
    users,
  };
}

/** Views on the parcel's buffer. */
export function unpackMaterial(parcel: Parcel): Material {
  const { bytes, start, segments, sizes, lsns, times, clients, by, users } = parcel;
  let at = 0;
  const take = (size: number) => {
    at += size;
    return bytes.subarray(at - size, at);
  };
  return {
    start: start && { lsn: start.lsn, form: start.form, state: take(start.size) },
    segments: segments.map(({ first, last, size }) => ({ first, last, content: take(size) })),
    rows: Array.from(sizes, (size, i) => ({
      lsn: lsns[i] ?? 0,
      at: times[i] ?? 0,
      clientId: clients[i] ?? 0,
      userId: users[by[i] ?? 0] ?? null,
      update: take(size),
    })),
  };
}
