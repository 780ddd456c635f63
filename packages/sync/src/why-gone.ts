import { type Refusal, refuse } from '@tidemark/protocol';
import type { World } from './world.ts';

/** Why a document takes no entries of `epoch` any more: purged, or begun anew. */
export async function whyGone(world: World, documentId: string, epoch: number): Promise<Refusal> {
  try {
    const loaded = await world.log.load(documentId);
    if (loaded === null) return refuse('not-found');
    return refuse(loaded.epoch === epoch ? 'internal' : 'stale-epoch');
  } catch (error) {
    world.journal.warn('load-failed', { documentId, error: String(error) });
    return refuse('cannot-store');
  }
}
