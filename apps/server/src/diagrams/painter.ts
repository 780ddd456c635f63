import { createHash } from 'node:crypto';
import { type Failure, isFailure, type Pictures } from '@tidemark/pictures';
import { isRefusal } from '@tidemark/protocol';
import type { Clock, Log } from '@tidemark/sync';
import type { DiagramFile, DiagramSource } from './diagram-source.ts';
import type { Looks, Thumbnails } from './thumbnails.ts';

export interface PainterSettings {
  /** Milliseconds without a change after which a document is drawn. */
  readonly quietMs: number;
  /** The longest that a document which is never quiet waits. */
  readonly mostMs: number;
  /** When another process has the document, milliseconds until it is looked at again. */
  readonly againMs: number;
  /** How long a document found stale in a list is left alone after it was tried. */
  readonly repairMs: number;
}

const defaults: PainterSettings = { quietMs: 3_000, mostMs: 30_000, againMs: 5_000, repairMs: 600_000 };

/** Pixels of a thumbnail: as lists show it, twice as sharp. */
const sizes = [
  { width: 480, height: 300 },
  { width: 320, height: 200 },
] as const;
const mostBytes = 65_536;

/** Outcomes, for the figures. */
export type Painted = 'drawn' | 'same' | 'empty' | Failure['failed'];

export interface Painter {
  /** The document has changed: it is drawn when it has been quiet for a while. */
  touched(documentId: string): void;
  /** A list has shown that its thumbnail is out of date, as after a crash. */
  repair(documentId: string): void;
  /** Documents that wait to be drawn. */
  waiting(): number;
  /** Draws nothing more; resolves when nothing is under way. */
  close(): Promise<void>;
}

interface PainterOptions {
  readonly source: DiagramSource;
  readonly pictures: Pictures;
  readonly thumbnails: Thumbnails;
  readonly clock: Clock;
  readonly journal: Log;
  /** It looks different now. */
  readonly changed: (documentId: string) => void;
  readonly painted?: (outcome: Painted) => void;
  readonly settings?: Partial<PainterSettings>;
}

/** Keeps the thumbnails of documents up to date, one after the other, and never in the way of anything. */
export function createPainter(options: PainterOptions): Painter {
  return new DiagramPainter(options);
}

class DiagramPainter implements Painter {
  readonly #options: PainterOptions;
  readonly #settings: PainterSettings;
  /** Documents that are not quiet yet: since when, and how to stop waiting. */
  readonly #restless = new Map<string, { readonly since: number; readonly cancel: () => void }>();
  readonly #queue = new Set<string>();
  readonly #repaired = new Map<string, number>();
  #work: Promise<void> | null = null;
  #closed = false;

  constructor(options: PainterOptions) {
    this.#options = options;
    this.#settings = { ...defaults, ...options.settings };
  }

  touched(documentId: string): void {
    const { quietMs, mostMs } = this.#settings;
    const now = this.#options.clock.now();
    const since = this.#restless.get(documentId)?.since ?? now;
    this.#waitFor(documentId, since, Math.min(quietMs, Math.max(0, since + mostMs - now)));
  }

  repair(documentId: string): void {
    const now = this.#options.clock.now();
    for (const [id, at] of this.#repaired) {
      if (now - at < this.#settings.repairMs) break;
      this.#repaired.delete(id);
    }
    if (this.#restless.has(documentId) || this.#repaired.has(documentId)) return;
    this.#repaired.set(documentId, now);
    this.#enqueue(documentId);
  }

  waiting(): number {
    return this.#queue.size;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { cancel } of this.#restless.values()) cancel();
    this.#restless.clear();
    this.#queue.clear();
    await this.#work;
  }

  #waitFor(documentId: string, since: number, ms: number): void {
    if (this.#closed) return;
    this.#restless.get(documentId)?.cancel();
    const cancel = this.#options.clock.after(ms, () => {
      this.#restless.delete(documentId);
      this.#enqueue(documentId);
    });
    this.#restless.set(documentId, { since, cancel });
  }

  #enqueue(documentId: string): void {
    if (this.#closed) return;
    this.#queue.add(documentId);
    this.#work ??= this.#workOff().finally(() => {
      this.#work = null;
    });
  }

  async #workOff(): Promise<void> {
    for (const documentId of this.#queue) {
      this.#queue.delete(documentId);
      try {
        await this.#paint(documentId);
      } catch (error) {
        // The database is away, for one: whoever lists the document next has it drawn.
        this.#options.journal.warn('thumbnail-left', { documentId, error: String(error) });
      }
    }
  }

  async #paint(documentId: string): Promise<void> {
    const { source, thumbnails, clock, changed, painted } = this.#options;
    const claim = await thumbnails.claim(documentId);
    // What the other one draws may be older than what was heard of here.
    if (claim === 'taken') this.#waitFor(documentId, clock.now(), this.#settings.againMs);
    if (claim !== 'claimed') return;
    const file = await source(documentId);
    const looks = isRefusal(file) ? file.refused : await this.#look(documentId, file);
    if (isRefusal(file) || typeof looks === 'string') {
      if (looks === 'busy' || looks === 'too-many-requests')
        this.#waitFor(documentId, clock.now(), this.#settings.againMs);
      return thumbnails.release(documentId);
    }
    const isNew = await thumbnails.keep(documentId, file, looks);
    if (isNew) changed(documentId);
    if (looks !== null) painted?.(isNew ? 'drawn' : 'same');
  }

  /** Null when there is nothing to be seen; `busy` or `closed` when it was not tried. */
  async #look(documentId: string, { xml }: DiagramFile): Promise<Looks | null | 'busy' | 'closed'> {
    const { pictures, journal, painted } = this.#options;
    for (const fit of sizes) {
      const light = await pictures.draw(xml, { format: 'png', fit });
      const dark = isFailure(light) ? light : await pictures.draw(xml, { format: 'png', fit, theme: 'dark' });
      const failure = isFailure(light) ? light : isFailure(dark) ? dark : null;
      if (failure !== null) {
        if (failure.failed === 'closed' || failure.failed === 'busy') return failure.failed;
        const isEmpty = failure.failed === 'nothing-to-draw';
        painted?.(isEmpty ? 'empty' : failure.failed);
        if (!isEmpty) journal.warn('thumbnail-failed', { documentId, ...failure });
        return null;
      }
      if (isFailure(light) || isFailure(dark)) continue;
      if (Math.max(light.byteLength, dark.byteLength) > mostBytes) continue;
      const version = createHash('sha256').update(light).update(dark).digest('hex').slice(0, 16);
      return { version, light, dark };
    }
    painted?.('too-large');
    return null;
  }
}
