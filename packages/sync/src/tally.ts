/** The content frames of one connection: how many came, which were answered, and what may be acknowledged. */
export class Tally {
  #received = 0;
  #answered = 0;
  #stored = 0;
  #storedLsn = 0;
  #told = 0;
  /** The first frame that was refused: an ack beyond it would be a lie. */
  #refused = Number.POSITIVE_INFINITY;

  get received(): number {
    return this.#received;
  }

  /** Whether each frame was stored or refused. */
  get allAnswered(): boolean {
    return this.#answered === this.#received;
  }

  /** The number of a frame that comes now. */
  next(): number {
    this.#received += 1;
    return this.#received;
  }

  refused(n: number): void {
    this.#refused = Math.min(this.#refused, n);
    this.#answered += 1;
  }

  /** The n-th frame is committed; `lsn` includes it. */
  stored(n: number, lsn: number): void {
    this.#answered += 1;
    if (n >= this.#refused) return;
    this.#stored = Math.max(this.#stored, n);
    this.#storedLsn = Math.max(this.#storedLsn, lsn);
  }

  /** The ack that is due, once; null if nothing new is stored. */
  takeAck(): { readonly n: number; readonly lsn: number } | null {
    if (this.#stored === this.#told) return null;
    this.#told = this.#stored;
    return { n: this.#stored, lsn: this.#storedLsn };
  }
}
