/**
 * What a room's readers hear is the same for all, so it is decoded once: the frames in order, each reader at its place. A frame
 * that is not the expected one (a reader that was brought up to date by itself) is decoded for that reader alone.
 */
export class History<Meaning> {
  readonly #decode: (bytes: Uint8Array) => Meaning;
  readonly #heard: { bytes: Uint8Array; meaning: Meaning }[] = [];
  readonly #places: number[] = [];
  #dropped = 0;

  constructor(decode: (bytes: Uint8Array) => Meaning) {
    this.#decode = decode;
  }

  meaning(reader: number, bytes: Uint8Array): Meaning {
    const place = Math.max(0, (this.#places[reader] ?? 0) - this.#dropped);
    for (let at = place; at < Math.min(this.#heard.length, place + 4); at += 1) {
      const known = this.#heard[at]!;
      if (!same(known.bytes, bytes)) continue;
      this.#places[reader] = at + 1 + this.#dropped;
      return known.meaning;
    }
    const meaning = this.#decode(bytes);
    if (place >= this.#heard.length) {
      this.#heard.push({ bytes: Uint8Array.from(bytes), meaning });
      this.#places[reader] = this.#heard.length + this.#dropped;
      if (this.#heard.length > 20_000) {
        this.#heard.splice(0, 10_000);
        this.#dropped += 10_000;
      }
    }
    return meaning;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.byteLength === b.byteLength && Buffer.compare(a, b) === 0;
}
