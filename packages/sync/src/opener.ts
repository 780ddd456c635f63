import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import { logBytes } from './log-bytes.ts';
import { Pace } from './pace.ts';
import type { LoadedDocument } from './ports.ts';
import { Replica } from './replica.ts';
import { isUnreadable } from './workbench.ts';
import type { World } from './world.ts';

/** What an entry costs when it is loaded, besides its bytes. */
const entryBytes = 128;
/** Small pieces are applied together up to this weight: one or two milliseconds. */
const bytesPerTurn = 32 * 1024;
/** Broken documents that are remembered. */
const shutDocuments = 10_000;

/** A document as it was found in the log. */
export interface Opened {
  readonly loaded: LoadedDocument;
  readonly replica: Replica;
}

/**
 * Makes replicas of what is stored: a small one at once, a big one in pieces that the workbench has cut, a turn of the event
 * loop between. A document whose log cannot be applied is shut for a while: nobody sees it blank.
 */
export class Opener {
  readonly #world: World;
  readonly #pace: Pace;
  /** Until when a broken document is not looked at again. */
  readonly #shut = new Map<string, number>();

  constructor(world: World) {
    this.#world = world;
    this.#pace = new Pace(world.clock);
  }

  /** Documents that are shut at present. */
  get shut(): ReadonlyMap<string, number> {
    return this.#shut;
  }

  /** A broken document may be tried again at once. */
  release(documentId: string): void {
    this.#shut.delete(documentId);
  }

  async open(documentId: string): Promise<Opened | Refusal> {
    const began = this.#world.clock.now();
    if (began < (this.#shut.get(documentId) ?? 0)) return refuse('quarantined');
    const loaded = await this.#read(documentId);
    if (isRefusal(loaded)) return loaded;
    const big = weigh(loaded) > this.#world.settings.bigDocumentBytes;
    try {
      const replica = await (big ? this.#inPieces(documentId, loaded) : atOnce(loaded));
      this.#shut.delete(documentId);
      this.#world.observe('load-ms', this.#world.clock.now() - began);
      return { loaded, replica: replica.begin() };
    } catch (error) {
      return error instanceof BenchBroken
        ? this.#benchBroken(documentId, error)
        : this.#close(documentId, error);
    }
  }

  async #read(documentId: string): Promise<LoadedDocument | Refusal> {
    try {
      return (await this.#world.log.load(documentId)) ?? refuse('not-found');
    } catch (error) {
      this.#world.journal.error('load-failed', { documentId, error: String(error) });
      return refuse('cannot-store');
    }
  }

  async #inPieces(documentId: string, loaded: LoadedDocument): Promise<Replica> {
    const pieces = await this.#world.workbench.slice(logBytes(loaded)).catch((error: unknown) => {
      throw new BenchBroken(`Document ${documentId} was not sliced.`, { cause: error });
    });
    if (isUnreadable(pieces)) throw new Error(pieces.unreadable);
    const replica = new Replica();
    for (let i = 0; i < pieces.length; ) {
      const some: Uint8Array[] = [];
      for (let bytes = 0; i < pieces.length && bytes < bytesPerTurn; i += 1) {
        const piece = pieces[i] ?? new Uint8Array([0, 0]);
        some.push(piece);
        bytes += piece.length + entryBytes;
      }
      await this.#pace.turn();
      replica.load(some);
    }
    return replica;
  }

  #benchBroken(documentId: string, error: BenchBroken): Refusal {
    this.#world.journal.error('open-failed', { documentId, error: String(error.cause) });
    return refuse('internal', 'The document cannot be opened.');
  }

  /** Told once loudly: whoever runs the house has to look at it. */
  #close(documentId: string, error: unknown): Refusal {
    const { clock, journal, settings } = this.#world;
    const detail = `The log cannot be applied: ${String(error)}`;
    const again = this.#shut.delete(documentId);
    if (!again) {
      journal.error('document-quarantined', { documentId, error: detail });
      this.#world.setAside({
        documentId,
        userId: null,
        clientId: 0,
        code: 'quarantined',
        detail,
        bytes: new Uint8Array(),
      });
    }
    this.#shut.set(documentId, clock.now() + settings.quarantineMs);
    const [oldest] = this.#shut.keys();
    if (this.#shut.size > shutDocuments && oldest !== undefined) this.#shut.delete(oldest);
    return refuse('quarantined');
  }
}

/** The workbench broke, which says nothing of the document. */
class BenchBroken extends Error {}

function weigh({ checkpoint, tail }: LoadedDocument): number {
  return tail.reduce(
    (sum, { update }) => sum + update.length + entryBytes,
    checkpoint === null ? 0 : checkpoint.state.length,
  );
}

async function atOnce(loaded: LoadedDocument): Promise<Replica> {
  const replica = new Replica();
  replica.load(logBytes(loaded));
  return replica;
}
