import { limits, type Refusal, refuse } from '@tidemark/protocol';
import * as Y from 'yjs';
import { updateFrames } from './fan-out.ts';
import type { Mark } from './mark.ts';
import { Parts, Portion } from './portion.ts';
import type { Replica } from './replica.ts';
import { isUnreadable } from './workbench.ts';
import type { World } from './world.ts';

/** Encoded frames that hold what somebody lacks at the moment of the call, or why there are none. */
export type Deliver = (answer: readonly Uint8Array[] | Refusal) => void;

/** Longer state vectors, and more of them, are answered without being remembered. */
const rememberedVectorBytes = 4 * 1024;
const rememberedAnswers = 32;
/** Together; the last one is kept whatever it weighs. */
const rememberedBytes = 2 * 1024 * 1024;
/** A newcomer to a big document gets at most this many updates after the base. */
const updatesAfterBase = 1_000;

interface Answer {
  readonly portion: Portion;
  /** The answer holds all that was shown before this place. */
  readonly position: number;
}

/**
 * What newcomers and returners are given, encoded once for everybody with the same state vector. A small document is encoded
 * on the spot. A big one has a base, the bytes it was loaded from, and the updates shown since: a newcomer gets just these,
 * anybody else a diff made in the workbench. Step 2 is the frame that makes the answer whole.
 */
export class Supply {
  readonly #world: World;
  readonly #documentId: string;
  readonly #replica: Replica;
  readonly #answers = new Map<string, Answer>();
  /** The replica's version that the answers of a small document hold. */
  #version = -1;
  /** Null as long as the document is small. */
  #base: Portion | null = null;
  /** Updates shown since the base was made, and the place of the first of them. */
  #since: Uint8Array[] = [];
  #sinceBytes = 0;
  #start = 0;
  /** The updates since, for newcomers. */
  #parts = new Parts();
  /** Bytes shown while the document is small. */
  #grown = 0;
  #waiting = new Map<string, Waiting>();
  /** Whose diffs are being made: who comes later with the same state vector joins them. */
  #making = new Map<string, Waiting>();
  #working = false;
  #renewing = false;

  /** `log` is what the document was loaded from, and all that the replica holds. */
  constructor(world: World, documentId: string, replica: Replica, log: readonly Uint8Array[]) {
    this.#world = world;
    this.#documentId = documentId;
    this.#replica = replica;
    const bytes = log.reduce((sum, update) => sum + update.length, 0);
    const [state, ...since] = log;
    if (bytes <= world.settings.bigAnswerBytes) {
      // A checkpoint with nothing after it is what encoding would make: the first to come need not wait for that.
      this.#version = replica.version;
      if (state !== undefined && since.length === 0) {
        this.#remember(nothing, { portion: new Portion(state), position: 0 });
      }
      return;
    }
    if (state !== undefined) this.#rebase(state, 0);
    for (const update of since) this.#keep(update);
  }

  /** The place after all that was shown. */
  get position(): number {
    return this.#start + this.#since.length;
  }

  /** Bytes of the full state: exact, or an upper bound for a big document that has changed. */
  get bytes(): { readonly most: number; readonly exact: boolean } {
    if (this.#base !== null) {
      return { most: this.#base.update.length + this.#sinceBytes, exact: this.#since.length === 0 };
    }
    // The frame is a few bytes longer.
    const [frame] = this.#encoded(nothing, new Uint8Array([0]));
    return { most: frame.length, exact: true };
  }

  mark(): Mark {
    return { stateVector: this.#replica.stateVector(), position: this.position };
  }

  /** The room has applied and shows these. */
  shown(updates: readonly Uint8Array[]): void {
    for (const update of updates) {
      if (this.#base !== null) {
        this.#keep(update);
      } else {
        this.#start += 1;
        this.#grown += update.length;
      }
    }
    if (this.#base === null && this.#grown > this.#world.settings.bigAnswerBytes) {
      // Once per so many bytes, and of a document that is small or has just ceased to be.
      this.#grown = 0;
      this.#growUp(this.#replica.encode());
    }
    if (this.#base !== null && this.#sinceBytes > Math.max(1 << 20, this.#base.update.length)) this.renew();
  }

  /** Gives what the holder of `stateVector` lacks: at once if it is at hand, else when the workbench has made it. */
  give(stateVector: Uint8Array, deliver: Deliver): void {
    if (stateVector.length > limits.stateVectorBytes) {
      deliver(refuse('too-large', `A state vector may have ${limits.stateVectorBytes} bytes.`));
      return;
    }
    const key = keyOf(stateVector);
    if (key === null) {
      deliver(refuse('malformed', 'A state vector that cannot be read.'));
      return;
    }
    const atHand = this.#atHand(key, stateVector);
    if (atHand !== null) {
      deliver(atHand);
      return;
    }
    const made = this.#making.get(key);
    if (made !== undefined) {
      made.deliver.push(deliver);
      return;
    }
    const waiting = this.#waiting.get(key) ?? { stateVector, deliver: [] };
    this.#waiting.set(key, waiting);
    waiting.deliver.push(deliver);
    this.#workLater();
  }

  /** Frames with all that was shown after a place, or null if it is too long ago. */
  #shownSince(position: number): readonly Uint8Array[] | null {
    if (this.#base === null || position < this.#start) return null;
    return updateFrames(this.#since.slice(position - this.#start));
  }

  /** Gives a reader what was shown since its mark. */
  resume(mark: Mark, deliver: Deliver): void {
    const frames = this.#shownSince(mark.position);
    if (frames === null) this.give(mark.stateVector, deliver);
    else deliver(frames);
  }

  /** Makes the base anew; afterwards `bytes` is exact again, until the next update. */
  renew(): void {
    if (this.#base === null || this.#renewing) return;
    this.#renewing = true;
    if (!this.#waiting.has(nothing)) {
      this.#waiting.set(nothing, { stateVector: new Uint8Array([0]), deliver: [] });
    }
    this.#workLater();
  }

  /** What need not be made, or is made at once; null if it is the workbench's. */
  #atHand(key: string, stateVector: Uint8Array): readonly Uint8Array[] | null {
    if (this.#base === null) return this.#encoded(key, stateVector);
    if (key === nothing && this.#since.length <= updatesAfterBase) {
      return this.#parts.after(this.#base, this.#since);
    }
    const answer = this.#answers.get(key);
    if (answer === undefined || answer.position < this.#start) return null;
    return new Parts().after(answer.portion, this.#since.slice(answer.position - this.#start));
  }

  #encoded(key: string, stateVector: Uint8Array): readonly [Uint8Array] {
    if (this.#version !== this.#replica.version) {
      this.#answers.clear();
      this.#version = this.#replica.version;
    }
    const known = this.#answers.get(key);
    if (known !== undefined) return [known.portion.answer];
    const update = this.#replica.encode(stateVector);
    const portion = new Portion(update);
    this.#remember(key, { portion, position: this.position });
    if (key === nothing) this.#growUp(update);
    return [portion.answer];
  }

  /** A document whose full state is larger than that is encoded on the event loop for the last time. */
  #growUp(state: Uint8Array): void {
    if (state.length <= this.#world.settings.bigAnswerBytes) return;
    this.#answers.clear();
    this.#rebase(state, this.position);
  }

  #rebase(state: Uint8Array, position: number): Portion {
    this.#since = this.#since.slice(position - this.#start);
    this.#sinceBytes = this.#since.reduce((sum, update) => sum + update.length, 0);
    this.#start = position;
    this.#parts = new Parts();
    this.#base = new Portion(state);
    return this.#base;
  }

  #keep(update: Uint8Array): void {
    this.#since.push(update);
    this.#sinceBytes += update.length;
  }

  #remember(key: string, answer: Answer): void {
    if (key.length > rememberedVectorBytes) return;
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    let bytes = 0;
    for (const { portion } of this.#answers.values()) bytes += portion.update.length;
    for (const [oldest, { portion }] of this.#answers) {
      if (oldest === key || (this.#answers.size <= rememberedAnswers && bytes <= rememberedBytes)) return;
      this.#answers.delete(oldest);
      bytes -= portion.update.length;
    }
  }

  /** One call of the workbench at a time, for all who ask in this turn or while the one before is under way. */
  #workLater(): void {
    if (this.#working) return;
    this.#working = true;
    this.#world.clock.after(0, () => void this.#work());
  }

  async #work(): Promise<void> {
    while (this.#waiting.size > 0) {
      this.#making = this.#waiting;
      this.#waiting = new Map();
      await this.#workFor([...this.#making]);
    }
    this.#working = false;
  }

  async #workFor(waiting: readonly [string, Waiting][]): Promise<void> {
    const { clock, journal, observe, workbench } = this.#world;
    const began = clock.now();
    let position = this.position;
    const log = this.#base === null ? [] : [this.#base.update, ...this.#since];
    const stateVectors = waiting.map(([, { stateVector }]) => stateVector);
    const made = await workbench.diff(log, stateVectors).catch((error: unknown) => {
      return { unreadable: String(error) };
    });
    if (isUnreadable(made)) {
      journal.error('diff-failed', { documentId: this.#documentId, error: made.unreadable });
      // Better late for others than never for these: the replica itself is sound.
      position = this.position;
    }
    observe('diff-ms', clock.now() - began);
    this.#making = new Map();
    for (const [i, [key, { stateVector, deliver }]] of waiting.entries()) {
      const update = (isUnreadable(made) ? undefined : made[i]) ?? this.#replica.encode(stateVector);
      const portion = key === nothing ? this.#rebase(update, position) : new Portion(update);
      if (key === nothing) this.#renewing = false;
      else this.#remember(key, { portion, position });
      // Step 2 holds all that was shown when it was asked for; what came meanwhile follows it, as it does live.
      const after = this.#shownSince(position) ?? [];
      for (const one of deliver) one([portion.answer, ...after]);
    }
  }
}

interface Waiting {
  readonly stateVector: Uint8Array;
  readonly deliver: Deliver[];
}

/** The state vector of a newcomer. */
const nothing = '\0';

/** A state vector as a key, or null if it cannot be read. */
function keyOf(stateVector: Uint8Array): string | null {
  try {
    Y.decodeStateVector(stateVector);
  } catch {
    return null;
  }
  let key = '';
  for (const byte of stateVector) key += String.fromCharCode(byte);
  return key;
}
