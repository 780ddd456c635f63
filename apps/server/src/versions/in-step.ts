import { setTimeout as pause } from 'node:timers/promises';
import { inTenant, type Tables, type Tenant } from '@tidemark/database';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import type { Kysely } from 'kysely';

/** How long a room may take to read on to what other processes have stored, in milliseconds. */
const patience = 5_000;
const look = 10;

/**
 * Waits until this process's room holds all that was stored of a document by now, in any process: what is read from it
 * then lacks nothing that somebody was told is saved.
 */
export async function inStep(
  lobby: Pick<Lobby, 'read'>,
  app: Kysely<Tables>,
  tenant: Tenant,
  documentId: string,
): Promise<{ readonly epoch: number } | Refusal> {
  const stored = await inTenant(app, tenant, (tx) =>
    tx.selectFrom('documents').select(['epoch', 'head']).where('id', '=', documentId).executeTakeFirst(),
  );
  if (!stored) return refuse('not-found');
  const until = performance.now() + patience;
  for (;;) {
    const at = await lobby.read(documentId, (_doc, place) => place);
    if (isRefusal(at)) return at;
    if (at.epoch > stored.epoch || (at.epoch === stored.epoch && at.head >= stored.head)) return at;
    if (performance.now() > until)
      return refuse('cannot-store', 'This server has not read yet what others have stored; try again.');
    await pause(look);
  }
}
