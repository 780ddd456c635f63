/** What the bus needs of Redis: one server, or a cluster. */
export interface Line {
  /** Rejects when it cannot be sent now; nothing is kept for later. */
  publish(channel: string, bytes: Buffer): Promise<unknown>;
  /** Resolves when the channel is heard. While there is no connection it waits for one. */
  subscribe(channel: string): Promise<unknown>;
  unsubscribe(channel: string): Promise<unknown>;
  close(): void;
}

export interface LineEvents {
  message(channel: string, bytes: Buffer): void;
  /** Everything subscribed to is heard (again), and publishing works. */
  ready(): void;
  lost(): void;
  /** An attempt failed; another follows. */
  failed(error: Error): void;
}

/** Milliseconds after which a command without an answer has failed. */
export const commandTimeout = 5_000;
/** Milliseconds between two signs of life on a connection that only listens. */
export const pingMs = 10_000;

/** Milliseconds before the n-th attempt to connect: growing, and spread so that not all processes come at once. */
export function pauseBefore(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 10), 5_000) * (0.5 + Math.random());
}
