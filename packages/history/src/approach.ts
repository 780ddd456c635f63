import { isRefusal, type Refusal } from '@tidemark/protocol';
import { isUnreadable } from '@tidemark/sync/workbench';
import { throwIfCancelled } from './cancel.ts';
import { gather, lifeOf, type Page } from './gather.ts';
import type { Cancel, HistoryBench, HistoryPlace, HistoryStore, Material, StoredState } from './ports.ts';

/** What of a log is read and replayed in one go, where no history checkpoint stands yet: some hundred milliseconds, and so much memory. */
export const defaultPage: Page = { entries: 16_384, bytes: 8 * 1024 * 1024 };

export interface ApproachWorld {
  readonly store: HistoryStore;
  readonly bench: Pick<HistoryBench, 'stateAt'>;
  readonly page: Page;
  /** Tells whom it concerns that the log cannot be read, and what to refuse. */
  unreadable(documentId: string, why: string): Refusal;
}

interface ApproachOptions {
  /** A state that may help: one of another life, or of after `from`, does not. */
  readonly near?: StoredState | null;
  readonly cancel?: Cancel;
  /** Hears of the states at the ends of pages. */
  readonly passed?: (state: StoredState) => void;
}

/**
 * What `gather` gives, with at most a page before `from`: what lies further back is replayed first, page by page, so that it takes bounded
 * memory whatever the log weighs. Refused: as `gather`, and what the log's being unreadable is.
 */
export async function approach(
  world: ApproachWorld,
  documentId: string,
  place: HistoryPlace,
  from: number,
  upTo: number,
  { near = null, cancel, passed }: ApproachOptions = {},
): Promise<Material | Refusal> {
  const { store, bench, page } = world;
  const life = lifeOf(place, upTo);
  let nearest = near !== null && near.lsn > life.after && near.lsn <= from ? near : null;
  for (;;) {
    const material = await gather(store, documentId, place, from, upTo, { near: nearest, page });
    throwIfCancelled(cancel);
    if (isRefusal(material)) return material;
    const reached = material.segments.at(-1)?.last ?? upTo;
    if (reached >= upTo) return material;
    const state = await bench.stateAt(material, reached, cancel);
    if (isUnreadable(state)) return world.unreadable(documentId, state.unreadable);
    nearest = { lsn: reached, state, form: 'v1' };
    passed?.(nearest);
  }
}
