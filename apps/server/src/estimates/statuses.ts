import { randomUUID } from 'node:crypto';
import { type Database, inTenant, type Tables } from '@tidemark/database';
import type { Status, StatusName } from '@tidemark/documents/estimate';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import type { Kysely } from 'kysely';
import type * as Y from 'yjs';
import type { Reader } from '../company/reader.ts';
import { inStep } from '../versions/in-step.ts';
import { createOneAtATime } from '../versions/one-at-a-time.ts';
import { type NextVersion, nextVersion } from '../versions/version-rows.ts';
import type { Doer } from '../versions/versions.ts';
import type { FigureRows } from './figures.ts';
import { totalsOf, viewOf } from './figures-of.ts';
import { applyIfUnmoved, createMirror, type Mirror, type Sight, writeIfStands } from './mirror.ts';
import {
  confirmPlan,
  listChanges,
  openPlans,
  type Plan,
  recordPlan,
  type StatusChange,
  wasMade,
  withdrawPlan,
} from './status-rows.ts';
import { obstacle } from './transitions.ts';

/**
 * The status of estimates. What a document says of itself is written last:
 * - LIFE-1 a document that says it was submitted with a version has that version, with exactly the state it had then;
 * - LIFE-2 of several who change the status at once, in any process, each sees what the one before made of it;
 * - LIFE-3 what was recorded and never made is not shown, and is taken away.
 */
export interface Statuses {
  /** Whether the caller may change the document is for the caller of this to ask. Resolves when all of it is stored. */
  change(
    doer: Doer,
    documentId: string,
    wish: { readonly to: StatusName; readonly note: string },
  ): Promise<Status | Refusal>;
  /** The newest first, 200 at most. */
  list(reader: Reader, documentId: string): Promise<readonly StatusChange[]>;
  /** Settles what a crash left between its record and its confirmation; nothing when somebody is at it. */
  mend(reader: Reader, documentId: string): Promise<void>;
}

export interface StatusOptions {
  /** After how many milliseconds a change of which the document knows nothing was never made: longer than any edit waits to be stored. */
  readonly giveUpMs?: number;
  /** Between the record and the edit; for trials. */
  readonly recorded?: () => Promise<void>;
}

/** A document that is edited all the time is frozen between two edits: so long is a quiet moment looked for, in milliseconds. */
const patience = 15_000;
const mostListed = 200;
const anHour = 3_600_000;
const numberTaken = '23505';

export function createStatuses(
  { app }: Pick<Database, 'app'>,
  lobby: Pick<Lobby, 'read' | 'edit' | 'tell'>,
  figures: Pick<FigureRows, 'keep'>,
  { giveUpMs = anHour, recorded = async () => undefined }: StatusOptions = {},
): Statuses {
  const turns = createOneAtATime(app, 'status');

  /** Records, edits, confirms. Null, with nothing left behind, when somebody edited or took the number in between. */
  async function carryOut(db: Kysely<Tables>, doer: Doer, move: Move): Promise<Status | Refusal | null> {
    const { plan, status } = move;
    try {
      await recordPlan(db, doer, plan);
    } catch (error) {
      if ((error as { code?: unknown }).code === numberTaken) return null;
      throw error;
    }
    await recorded();
    const ids = { id: plan.id, frozenId: plan.frozen?.id ?? null };
    let made = false;
    const stored = await lobby.edit(plan.documentId, doer.user.id, (doc) => {
      made = move.make(doc);
    });
    if (!made) {
      await withdrawPlan(db, doer, ids);
      return isRefusal(stored) ? stored : null;
    }
    // Made, but not known to be stored: the next who looks will see (`mend`).
    if (isRefusal(stored)) return stored;
    await confirmPlan(db, doer, ids, stored.lsn);
    return status;
  }

  async function settle(db: Kysely<Tables>, reader: Reader, documentId: string): Promise<void> {
    const plans = await openPlans(db, reader, documentId);
    if (plans.length === 0) return;
    const at = await inStep(lobby, db, reader.tenant, documentId);
    if (isRefusal(at)) return;
    const status = await lobby.read(documentId, (doc) => viewOf(doc).meta.status);
    if (isRefusal(status)) return;
    for (const plan of plans) {
      if (wasMade(plan, status)) await confirmPlan(db, reader, plan, null);
      else if (Date.now() - plan.at.getTime() >= giveUpMs) await withdrawPlan(db, reader, plan);
    }
  }

  /** Tries until there was a moment in which nobody edited. */
  async function untilMade(
    db: Kysely<Tables>,
    doer: Doer,
    mirror: Mirror,
    epoch: number,
    asked: Asked,
  ): Promise<Status | Refusal> {
    for (const until = performance.now() + patience; performance.now() < until; ) {
      const next = await inTenant(db, doer.tenant, (tx) => nextVersion(tx, asked.documentId));
      const sight = await mirror.follow();
      if (isRefusal(sight)) return sight;
      if (sight.epoch !== epoch) return refuse('stale-epoch');
      const refusal = obstacle(mirror.view(), asked.to);
      if (refusal) return refusal;
      const outcome = await carryOut(db, doer, moveFor(mirror, sight, doer, asked, next));
      if (outcome !== null) return outcome;
    }
    return refuse('status-conflict', 'The estimate is being edited all the time; try again in a moment.');
  }

  return {
    change(doer, documentId, wish) {
      return turns.run(documentId, async (db) => {
        await settle(db, doer, documentId);
        const at = await inStep(lobby, db, doer.tenant, documentId);
        if (isRefusal(at)) return at;
        const terms = wish.to === 'submitted' ? await termsOf(db, doer) : '';
        const mirror = createMirror(lobby, documentId, doer.user.id, terms);
        try {
          // Once for the bulk: between the later looks and the edit there should be as little time as can be.
          const bulk = await mirror.follow();
          if (isRefusal(bulk)) return bulk;
          const outcome = await untilMade(db, doer, mirror, at.epoch, { documentId, ...wish });
          if (isRefusal(outcome)) return outcome;
          // Lists show it at once, not when the room settles.
          await figures.keep(documentId, mirror.doc);
          lobby.tell(documentId, 'versions');
          return outcome;
        } finally {
          mirror.destroy();
        }
      });
    },

    list({ tenant }, documentId) {
      return inTenant(app, tenant, (tx) => listChanges(tx, documentId, mostListed));
    },

    async mend(reader, documentId) {
      if ((await openPlans(app, reader, documentId)).length === 0) return;
      await turns.tryRun(documentId, (db) => settle(db, reader, documentId));
    },
  };
}

interface Asked {
  readonly documentId: string;
  readonly to: StatusName;
  readonly note: string;
}

/** What will be recorded, and the edit that follows it. */
interface Move {
  readonly plan: Plan;
  readonly status: Status;
  /** Within an edit of the lobby; false, with nothing done, when the document is not as it was seen. */
  make(live: Y.Doc): boolean;
}

function moveFor(
  mirror: Mirror,
  sight: Sight,
  { user }: Doer,
  { documentId, to, note }: Asked,
  next: NextVersion,
): Move {
  const view = mirror.view();
  const { status: before } = view.meta;
  const at = new Date();
  const by = { at: at.toISOString(), by: user.id, byName: user.name };
  const common = { id: randomUUID(), documentId, from: before.is, to, note, at };
  if (to !== 'submitted') {
    // Nothing is frozen: what others edit meanwhile is in nobody's way.
    const { versionId, number } = to === 'draft' ? { versionId: null, number: null } : before;
    const status: Status = { is: to, ...by, versionId, number };
    const plan = { ...common, frozen: null, versionId: before.versionId };
    mirror.prepare(status, sight);
    return { plan, status, make: (live) => writeIfStands(live, user.id, before, status) };
  }
  const totals = totalsOf(view);
  const id = randomUUID();
  const status: Status = { is: to, ...by, versionId: id, number: next.number };
  const prepared = mirror.prepare(status, sight);
  const frozen = {
    ...next,
    id,
    kind: 'submitted' as const,
    name: '',
    note,
    state: prepared.state,
    epoch: sight.epoch,
    lsn: null,
    totals,
    at,
    confirmed: false,
  };
  const plan = { ...common, frozen, versionId: id };
  return { plan, status, make: (live) => applyIfUnmoved(live, sight, prepared) };
}

/** What stands on the company's papers when an estimate has no terms of its own. */
async function termsOf(db: Kysely<Tables>, { tenant }: Doer): Promise<string> {
  const profile = await inTenant(db, tenant, (tx) =>
    tx
      .selectFrom('company_profiles')
      .select('terms')
      .where('company_id', '=', tenant.companyId)
      .executeTakeFirst(),
  );
  return profile?.terms ?? '';
}
