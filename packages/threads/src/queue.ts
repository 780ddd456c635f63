/** What waits, in order: the urgent before the others. At most `most` of each. */
export class Queue<T extends { readonly urgent: boolean }> {
  readonly #most: number;
  readonly #urgent: T[] = [];
  readonly #others: T[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  get length(): number {
    return this.#urgent.length + this.#others.length;
  }

  isFullFor(urgent: boolean): boolean {
    return (urgent ? this.#urgent : this.#others).length >= this.#most;
  }

  add(item: T): void {
    this.#lineOf(item).push(item);
  }

  /** The next one, out of the queue; of the urgent alone when the others have to wait. */
  next(urgentOnly: boolean): T | undefined {
    return this.#urgent.shift() ?? (urgentOnly ? undefined : this.#others.shift());
  }

  /** Whether it was still there. */
  remove(item: T): boolean {
    const line = this.#lineOf(item);
    const at = line.indexOf(item);
    if (at !== -1) line.splice(at, 1);
    return at !== -1;
  }

  /** All of them, out of the queue. */
  drain(): T[] {
    return [...this.#urgent.splice(0), ...this.#others.splice(0)];
  }

  #lineOf({ urgent }: T): T[] {
    return urgent ? this.#urgent : this.#others;
  }
}
