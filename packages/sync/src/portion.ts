import { encodeFrame } from '@tidemark/protocol';
import { mergedUpdate, updatesPerFrame } from './fan-out.ts';

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

/** One part holds at most this many bytes, unless a single update has more. */
const partBytes = 256 * 1024;

/** The updates shown since a moment, as parts of an answer: made once for all who ask before the next one is shown. */
export class Parts {
  /** Of the updates that fill them; the last part is made anew when there are more. */
  readonly #full: Uint8Array[] = [];
  #framed = 0;
  #made: { readonly length: number; readonly frames: readonly Uint8Array[] } | null = null;

  /** `portion` and `since`, which only ever grows: as few frames, of which step 2 is the last. */
  after(portion: Portion, since: readonly Uint8Array[]): readonly Uint8Array[] {
    if (since.length === 0) return [portion.answer];
    if (this.#made?.length === since.length) return this.#made.frames;
    for (;;) {
      const count = fitting(since, this.#framed);
      const some = since.slice(this.#framed, this.#framed + count);
      if (this.#framed + count === since.length) {
        const last = encodeFrame({ type: 'sync-step-2', update: mergedUpdate(some) });
        this.#made = { length: since.length, frames: [portion.part, ...this.#full, last] };
        return this.#made.frames;
      }
      this.#full.push(encodeFrame({ type: 'update', update: mergedUpdate(some) }));
      this.#framed += count;
    }
  }
}

/** How many updates from `start` on make one part; at least one. */
function fitting(updates: readonly Uint8Array[], start: number): number {
  let count = 0;
  let bytes = 0;
  for (let i = start; i < updates.length && count < updatesPerFrame; i += 1) {
    bytes += updates[i]?.length ?? 0;
    if (count > 0 && bytes > partBytes) break;
    count += 1;
  }
  return count;
}
