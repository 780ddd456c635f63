import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { isSilence, request } from './http.ts';
import { keptMe } from './kept-me.ts';

/** The last answers of the server to one person, for when it cannot be reached: docs/offline.md. */
interface Answers extends DBSchema {
  /** By the path that was asked for. A body whose shape changes needs a new version of the database. */
  answers: { key: string; value: unknown };
}

/** An answer of the server; or what this device still knows, and so marked. */
export type Recalled<T> = T & { readonly recalled?: true };

/** Milliseconds after which this device is asked what it knows. */
const patience = 5_000;

/**
 * Asks the server. Where it cannot be reached, or lets one wait, gives what this device knows; where that is nothing,
 * waits on. Throws ApiError: what the server refuses, and silence where nothing is known.
 */
export async function orRecalled<T extends object>(
  asked: Promise<T>,
  known: () => Promise<T | null>,
  signal: AbortSignal,
): Promise<Recalled<T>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patience);
  });
  const answer = await Promise.race([asked, waited]).catch((error: unknown) => {
    if (signal.aborted || !isSilence(error)) throw error;
    return null;
  });
  clearTimeout(timer);
  if (answer !== null) return answer;
  const recalled = await known();
  if (recalled === null) return asked;
  // Whatever comes of it now, somebody goes on without it.
  asked.catch(() => undefined);
  return { ...recalled, recalled: true };
}

/** The answer to this path, kept for the next time; or the last one, as above. */
export function askOrRecall<T extends object>(path: string, signal: AbortSignal): Promise<Recalled<T>> {
  return orRecalled(askAndKeep<T>(path, signal), () => recall<T>(path), signal);
}

export async function askAndKeep<T>(path: string, signal: AbortSignal): Promise<T> {
  const body = await request<T>('GET', path, undefined, signal);
  await inStore(async (db) => {
    const kept: unknown = await db.get('answers', path);
    if (JSON.stringify(kept) !== JSON.stringify(body)) await db.put('answers', body, path);
  });
  return body;
}

/** The last answer to this path; null where there is none. */
export async function recall<T>(path: string): Promise<T | null> {
  const found = await inStore((db) => db.get('answers', path));
  return (found as T | undefined) ?? null;
}

/** The last answers to all paths that begin so. */
export async function recallAll<T>(beginning: string): Promise<T[]> {
  const range = IDBKeyRange.bound(beginning, `${beginning}\uffff`);
  return ((await inStore((db) => db.getAll('answers', range))) ?? []) as T[];
}

/** Takes from this device what was answered to whoever is signed in. */
export async function forgetAnswers(): Promise<void> {
  await inStore((db) => db.clear('answers'));
}

/** Null where nobody is known, and for a browser that keeps nothing or has no room: there the server is alone. */
async function inStore<T>(use: (db: IDBPDatabase<Answers>) => Promise<T>): Promise<T | null> {
  const me = keptMe();
  if (me === null) return null;
  try {
    const db = await openDB<Answers>(`tidemark-answers ${me.user.id}`, 1, {
      upgrade: (made) => void made.createObjectStore('answers'),
    });
    return await use(db).finally(() => db.close());
  } catch {
    return null;
  }
}
