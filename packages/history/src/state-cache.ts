/** States by name, those asked for last, within a number of bytes. */
export class StateCache {
  readonly #most: number;
  readonly #states = new Map<string, Uint8Array>();
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Uint8Array | undefined {
    const state = this.#states.get(key);
    if (state === undefined) return undefined;
    // The last one in the map is the one asked for last.
    this.#states.delete(key);
    this.#states.set(key, state);
    return state;
  }

  set(key: string, state: Uint8Array): void {
    this.#remove(key);
    if (state.length > this.#most) return;
    this.#states.set(key, state);
    this.#bytes += state.length;
    for (const oldest of this.#states.keys()) {
      if (this.#bytes <= this.#most) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#bytes -= this.#states.get(key)?.length ?? 0;
    this.#states.delete(key);
  }
}
