import { encodeFrame } from '@tidemark/protocol';
import * as Y from 'yjs';

/** One contiguous run of text makes Yjs slower with its length, and that is not what is measured: texts are this long. */
const textLength = 2_000;

/**
 * What one author types, one character an edit: the same bytes for every contender, made once. Each edit takes exactly one
 * clock of the author's client ID, so that clocks count edits.
 */
export class Script {
  readonly doc = new Y.Doc();
  readonly #frames: Uint8Array[] = [];
  #text: Y.Text | null = null;

  constructor() {
    this.doc.on('update', (update: Uint8Array) => this.#frames.push(encodeFrame({ type: 'update', update })));
  }

  get author(): number {
    return this.doc.clientID;
  }

  /** The frame of the `n`-th edit, from 0. */
  frame(n: number): Uint8Array {
    while (this.#frames.length <= n) this.#type();
    return this.#frames[n]!;
  }

  #type(): void {
    const n = this.#frames.length;
    if (this.#text === null || n % textLength === 0) {
      this.#text = new Y.Text();
      this.doc.getMap('texts').set(`${this.author}.${n}`, this.#text);
    } else {
      this.#text.insert(this.#text.length, 'x');
    }
  }
}
