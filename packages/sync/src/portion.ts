import { encodeFrame } from '@tidemark/protocol';
import { mergedUpdate, updatesPerFrame } from './fan-out.ts';

/** Nothing at all, as an update. */
const empty = new Uint8Array([0, 0]);

/** An update that many are given, encoded once for each kind of frame it travels in. */
export class Portion {
  readonly update: Uint8Array;
  #answer: Uint8Array | null = null;
  #part: Uint8Array | null = null;

  constructor(update: Uint8Array) {
    this.update = update;
  }

  /** As sync step 2: whoever has it believes to hold everything. */
  get answer(): Uint8Array {
    this.#answer ??= encodeFrame({ type: 'sync-step-2', update: this.update });
    return this.#answer;
  }

  /** As one of several, before step 2. */
  get part(): Uint8Array {
    this.#part ??= encodeFrame({ type: 'update', update: this.update });
    return this.#part;
  }
}

/** The updates shown since a moment, as parts of an answer. Full frames are made once; only the last one grows. */
export class Parts {
  readonly #frames: Uint8Array[] = [];
  #framed = 0;

  /** `portion` and `since`, which only ever grows: as few frames, of which step 2 is the last. */
  after(portion: Portion, since: readonly Uint8Array[]): readonly Uint8Array[] {
    if (since.length === 0) return [portion.answer];
    while (this.#framed + updatesPerFrame <= since.length) {
      const update = mergedUpdate(since.slice(this.#framed, this.#framed + updatesPerFrame));
      this.#frames.push(encodeFrame({ type: 'update', update }));
      this.#framed += updatesPerFrame;
    }
    const rest = since.slice(this.#framed);
    const update = rest.length === 0 ? empty : mergedUpdate(rest);
    return [portion.part, ...this.#frames, encodeFrame({ type: 'sync-step-2', update })];
  }
}
