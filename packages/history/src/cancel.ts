import { Cancelled } from './history.ts';
import type { Cancel } from './ports.ts';

/** A wish that can be taken back. */
export class Wish implements Cancel {
  readonly #listeners = new Set<() => void>();
  #cancelled = false;

  get cancelled(): boolean {
    return this.#cancelled;
  }

  onCancel(run: () => void): () => void {
    this.#listeners.add(run);
    return () => this.#listeners.delete(run);
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const run of this.#listeners) run();
    this.#listeners.clear();
  }
}

export function throwIfCancelled(cancel: Cancel | undefined): void {
  if (cancel?.cancelled === true) throw new Cancelled();
}

/**
 * Work that several ask for at once is done once. It is cancelled when the last of them has taken the wish back; each is let go at once
 * when it does.
 */
export class SharedWork<T> {
  readonly #running = new Map<string, { readonly wish: Wish; readonly result: Promise<T>; wanted: number }>();

  ask(key: string, cancel: Cancel | undefined, work: (cancel: Cancel) => Promise<T>): Promise<T> {
    if (cancel?.cancelled === true) return Promise.reject(new Cancelled());
    const running = this.#running.get(key) ?? this.#begin(key, work);
    running.wanted += 1;
    if (cancel === undefined) return running.result;
    return new Promise((resolve, reject) => {
      const stop = cancel.onCancel(() => {
        running.wanted -= 1;
        if (running.wanted === 0) {
          if (this.#running.get(key) === running) this.#running.delete(key);
          running.wish.cancel();
        }
        reject(new Cancelled());
      });
      running.result.then(resolve, reject).finally(stop);
    });
  }

  #begin(key: string, work: (cancel: Cancel) => Promise<T>) {
    const wish = new Wish();
    const running = {
      wish,
      wanted: 0,
      result: work(wish).finally(() => {
        if (this.#running.get(key) === running) this.#running.delete(key);
      }),
    };
    this.#running.set(key, running);
    return running;
  }
}
