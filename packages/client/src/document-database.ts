/**
 * The transactions on one document's database. Each holds updates *and* the writer's marker, so that neither
 * survives without the other. Transactions on the same stores run in the order in which they were made, in all
 * tabs together, so what one reads and then deletes nobody can have added to in between.
 */
import type { Access } from '@tidemark/protocol';
import * as Y from 'yjs';
import { answered, completed, updatesStore, valuesStore } from './indexed-db.ts';

/** Edits of one writer that the server has not acknowledged; `since` is when the oldest was made. */
export interface Marker {
  readonly count: number;
  readonly since: number;
}

/** What the server told when the document was last met: its life, and what this person may do. */
export interface Told {
  readonly epoch: number | null;
  readonly access: Access | null;
}

/** What goes beside the updates. */
export interface Values extends Told {
  readonly writer: string;
  readonly marker: Marker | null;
}

export interface Loaded extends Told {
  readonly rows: readonly Uint8Array[];
  readonly lastKey: number;
  readonly markers: ReadonlyMap<string, Marker>;
}

export const markerKey = (writer: string) => `unsent:${writer}`;
const bothStores = [updatesStore, valuesStore];

/** Everything that is stored. */
export async function read(database: IDBDatabase): Promise<Loaded> {
  const transaction = database.transaction(bothStores, 'readonly');
  const updates = transaction.objectStore(updatesStore);
  const values = transaction.objectStore(valuesStore);
  const rows = updates.getAll() as IDBRequest<Uint8Array[]>;
  const keys = updates.getAllKeys();
  const names = values.getAllKeys();
  const contents = values.getAll() as IDBRequest<unknown[]>;
  await completed(transaction);
  const markers = new Map<string, Marker>();
  let epoch: number | null = null;
  let access: Access | null = null;
  for (const [index, name] of names.result.entries()) {
    if (name === 'epoch') epoch = Number(contents.result[index]);
    if (name === 'access') access = contents.result[index] === 'edit' ? 'edit' : 'read';
    if (typeof name === 'string' && name.startsWith(markerKey(''))) {
      markers.set(name.slice(markerKey('').length), contents.result[index] as Marker);
    }
  }
  return { epoch, access, rows: rows.result, lastKey: Number(keys.result.at(-1) ?? 0), markers };
}

/** Every writer's marker. */
export async function markersIn(database: IDBDatabase): Promise<ReadonlyMap<string, Marker>> {
  const transaction = database.transaction(valuesStore, 'readonly');
  const range = IDBKeyRange.bound(markerKey(''), markerKey('\uffff'));
  const values = transaction.objectStore(valuesStore);
  const names = values.getAllKeys(range) as IDBRequest<string[]>;
  const found = values.getAll(range) as IDBRequest<Marker[]>;
  await completed(transaction);
  const writers = names.result.map((name) => name.slice(markerKey('').length));
  return new Map(
    writers.flatMap((writer, index) => {
      const marker = found.result[index];
      return marker === undefined ? [] : [[writer, marker] as const];
    }),
  );
}

/** Adds rows and the values. `lasting`: it should outlive the machine, not only the browser. */
export async function append(
  database: IDBDatabase,
  rows: readonly Uint8Array[],
  values: Values,
  lasting: boolean,
): Promise<void> {
  const transaction = database.transaction(bothStores, 'readwrite', {
    durability: lasting ? 'strict' : 'relaxed',
  });
  for (const row of rows) transaction.objectStore(updatesStore).add(row);
  putValues(transaction, values);
  const done = completed(transaction);
  // Asked for now, it is carried out even if the page is gone a moment later.
  transaction.commit();
  await done;
}

/**
 * One row with the whole replica instead of all rows: first takes in what other tabs wrote after key `seen`, then
 * adds the new row, then deletes exactly the old ones. `encode` is called inside. Returns the new row's key.
 */
export async function rewrite(
  database: IDBDatabase,
  seen: number,
  apply: (rows: readonly Uint8Array[]) => void,
  encode: () => { readonly state: Uint8Array; readonly values: Values },
): Promise<number> {
  const transaction = database.transaction(bothStores, 'readwrite', { durability: 'strict' });
  let newKey = 0;
  catchUp(transaction, seen, apply, (lastKey) => {
    const { state, values } = encode();
    const updates = transaction.objectStore(updatesStore);
    answered(updates.add(state), (key) => {
      newKey = Number(key);
      updates.delete(IDBKeyRange.upperBound(lastKey));
    });
    putValues(transaction, values);
  });
  await completed(transaction);
  return newKey;
}

/**
 * Moves the markers of `writers` into ours, having taken in all their rows. Returns what was moved, null when
 * somebody else was quicker or the server had acknowledged it all.
 */
export async function adopt(
  database: IDBDatabase,
  writers: readonly string[],
  seen: number,
  apply: (rows: readonly Uint8Array[]) => void,
  ours: Values,
): Promise<Marker | null> {
  const transaction = database.transaction(bothStores, 'readwrite', { durability: 'strict' });
  const values = transaction.objectStore(valuesStore);
  const found: Marker[] = [];
  const sum = () => ({
    count: found.reduce((total, marker) => total + marker.count, 0),
    since: Math.min(...found.map((marker) => marker.since)),
  });
  catchUp(transaction, seen, apply, () => {
    let asked = 0;
    for (const writer of writers) {
      answered(values.get(markerKey(writer)), (marker: Marker | undefined) => {
        asked += 1;
        if (marker !== undefined) {
          found.push(marker);
          values.delete(markerKey(writer));
        }
        if (asked < writers.length || found.length === 0) return;
        const { count, since } = sum();
        const mine = ours.marker ?? { count: 0, since };
        putValues(transaction, {
          ...ours,
          marker: { count: mine.count + count, since: Math.min(mine.since, since) },
        });
      });
    }
  });
  await completed(transaction);
  return found.length === 0 ? null : sum();
}

function catchUp(
  transaction: IDBTransaction,
  seen: number,
  apply: (rows: readonly Uint8Array[]) => void,
  then: (lastKey: number) => void,
): void {
  const updates = transaction.objectStore(updatesStore);
  const later = IDBKeyRange.lowerBound(seen, true);
  answered(updates.getAll(later), (rows: Uint8Array[]) =>
    answered(updates.getAllKeys(later), (keys) => {
      apply(rows);
      then(Number(keys.at(-1) ?? seen));
    }),
  );
}

function putValues(transaction: IDBTransaction, { writer, marker, epoch, access }: Values): void {
  const values = transaction.objectStore(valuesStore);
  if (marker === null) values.delete(markerKey(writer));
  else values.put(marker, markerKey(writer));
  if (epoch !== null) values.put(epoch, 'epoch');
  if (access !== null) values.put(access, 'access');
}

/** Takes rows into the replica, as one transaction on it. */
export function applyRows(doc: Y.Doc, rows: readonly Uint8Array[], origin: unknown): void {
  if (rows.length === 0) return;
  const applyAll = () => {
    for (const row of rows) Y.applyUpdate(doc, row, origin);
  };
  Y.transact(doc, applyAll, origin, false);
}
