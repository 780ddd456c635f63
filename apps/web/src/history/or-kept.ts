import { ApiError } from '../api/http.ts';

interface Ways<T> {
  readonly ask: () => Promise<T>;
  readonly keep: (answer: T) => Promise<unknown>;
  /** Null where nothing is kept. */
  readonly kept: () => Promise<T | null>;
}

/** What the server says, kept on this device for when it cannot be reached. */
export async function orKept<T>({ ask, keep, kept }: Ways<T>): Promise<T> {
  try {
    const answer = await ask();
    // A browser that keeps nothing, or has no room left, shows the past all the same.
    keep(answer).catch(() => undefined);
    return answer;
  } catch (error) {
    if (!isUnreachable(error)) throw error;
    const known = await kept().catch(() => null);
    if (known === null) throw error;
    return known;
  }
}

const isUnreachable = (error: unknown): boolean => error instanceof ApiError && error.status === 0;

/** Faults are asked for again; silence is not, since what is kept has been looked for. */
export function retryFaults(failures: number, error: Error): boolean {
  return failures < 2 && !(error instanceof ApiError && error.status < 500);
}
