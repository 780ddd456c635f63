import { type Database, inTenant } from '@tidemark/database';
import { kinds } from '@tidemark/documents';
import type { History } from '@tidemark/history';
import { isRefusal, type Refusal, type RefusalCode, refuse } from '@tidemark/protocol';
import type { Log } from '@tidemark/sync';
import * as Y from 'yjs';
import type { Reader } from '../company/reader.ts';
import type { Space } from '../company/spaces.ts';
import type { Catalogue, Entry } from '../documents/catalogue.ts';
import { listed, titleLength } from '../documents/titles.ts';
import type { Workshop } from '../documents/workshop.ts';
import { isStorageFault } from '../http/problems.ts';
import type { Doer, Versions } from '../versions/versions.ts';
import type { Acts, MomentRef } from './acts.ts';
import { answered } from './answer.ts';
import type { Planned, RecoveryPlans } from './recovery-plans.ts';

/** What is to be brought back, and how. */
export interface RecoveryWish {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Each document itself, or a copy of what it was beside it. */
  readonly mode: 'copies' | 'in-place';
  /** Null: all of the space. */
  readonly documents: readonly string[] | null;
  /** Whether the last version before may stand in where detail is thinned. */
  readonly nearest: boolean;
  /** For the time in the titles of copies; null: UTC, and it says so. */
  readonly timeZone: string | null;
}

/** What came of one document. */
export interface Recovered {
  readonly type: 'document';
  readonly id: string;
  readonly outcome: 'restored' | 'copied' | 'nothing' | 'refused';
  /** The copy, also one that was there from an earlier time. */
  readonly copy: { readonly id: string; readonly title: string } | null;
  /** It was taken out of the bin, whatever came of the rest. */
  readonly outOfBin: boolean;
  /** Why it was refused. */
  readonly problem: { readonly code: RefusalCode; readonly detail: string } | null;
}

/** The last line. A report without it broke off after the document of its last line. */
export interface RecoveryEnd {
  readonly type: 'end';
  readonly restored: number;
  readonly copied: number;
  readonly nothing: number;
  readonly refused: number;
  /** Documents of that time that have left the space since, and stay where they are. */
  readonly departed: { readonly purged: number; readonly moved: number };
  /** False: it stopped before all was done, for what the last document was refused. */
  readonly complete: boolean;
}

/** Brings the documents of a space back to a time, one after the other. Nothing of it is one step: what is done stays when the rest is not. */
export interface Recovery {
  /** Why this person may not do it, if so; asked again before each document. */
  lacks(doer: Reader, space: Pick<Space, 'id' | 'kind'>, mode: RecoveryWish['mode']): Promise<Refusal | null>;
  /** Ends early when nobody takes the next line. */
  run(
    doer: Doer,
    space: Pick<Space, 'id' | 'kind'>,
    wish: RecoveryWish,
  ): AsyncGenerator<Recovered | RecoveryEnd>;
}

interface RecoveryOptions {
  readonly database: Pick<Database, 'app'>;
  readonly plans: RecoveryPlans;
  readonly history: Pick<History, 'stateAt'>;
  readonly acts: Pick<Acts, 'restore' | 'fork'>;
  readonly catalogue: Pick<Catalogue, 'setBinned' | 'setPlace'>;
  readonly versions: Pick<Versions, 'moment' | 'find'>;
  readonly workshop: Pick<Workshop, 'fork'>;
  readonly journal: Log;
}

/** Documents that are looked at before they are worked on. */
const atOnce = 20;
/** After these the next document would fare no better. */
const hopeless: ReadonlySet<RefusalCode> = new Set(['restarting', 'cannot-store', 'no-access', 'read-only']);

type Outcome = Omit<Recovered, 'type' | 'id'>;

const nothing: Outcome = { outcome: 'nothing', copy: null, outOfBin: false, problem: null };
const refused = ({ refused: code, detail }: Refusal, outOfBin = false): Outcome => ({
  ...{ outcome: 'refused', copy: null, outOfBin },
  problem: { code, detail },
});

export function createRecovery(options: RecoveryOptions): Recovery {
  const { plans, history, acts, catalogue, versions, workshop, journal } = options;
  const { app } = options.database;

  async function one(doer: Doer, plan: Planned, wish: RecoveryWish): Promise<Outcome> {
    const { entry, standing, binned } = plan;
    if (standing === 'made-since' || standing === 'in-bin') return nothing;
    if (standing === 'unchanged' && !binned) return nothing;
    const ref = refOf(plan, wish.nearest);
    if (ref === null)
      return refused(refuse('no-detail', 'Of that time only versions are left, and none is that moment.'));
    if (wish.mode === 'copies') return copy(doer, plan, ref, wish);
    if (binned) await catalogue.setBinned(doer, entry.id, false);
    if (standing === 'unchanged') return { ...nothing, outcome: 'restored', outOfBin: true };
    const restored = await answered(acts.restore(doer, entry, ref, null));
    if (isRefusal(restored)) return refused(restored, binned);
    const changed = restored.after !== null || binned;
    return { ...nothing, outcome: changed ? 'restored' : 'nothing', outOfBin: binned };
  }

  async function copy(doer: Doer, plan: Planned, ref: MomentRef, wish: RecoveryWish): Promise<Outcome> {
    const { entry } = plan;
    const { nearest } = plan.standing === 'no-detail' ? plan : { nearest: null };
    const was = await titleThen(doer, entry, ref);
    if (isRefusal(was)) return refused(was);
    const title = titleAsOf(was, nearest?.at ?? wish.at, wish.timeZone);
    // A report that broke off is gone on with by asking again.
    const earlier = await copyCalled(doer, entry, title);
    if (earlier !== null) return { ...nothing, copy: earlier };
    const made = await answered(fork(doer, entry, ref, title));
    if (isRefusal(made)) return refused(made);
    if (entry.template) await catalogue.setPlace(doer, made.id, { template: true });
    return { ...nothing, outcome: 'copied', copy: { id: made.id, title: made.title } };
  }

  async function titleThen(doer: Doer, { id, kind }: Entry, ref: MomentRef): Promise<string | Refusal> {
    const state =
      'lsn' in ref
        ? await answered(history.stateAt(id, ref.lsn))
        : ((await versions.moment(doer, id, ref.versionId))?.state ?? refuse('not-found'));
    if (isRefusal(state)) return state;
    const doc = new Y.Doc();
    try {
      Y.applyUpdate(doc, state);
      return listed(kinds[kind].title(doc));
    } finally {
      doc.destroy();
    }
  }

  async function fork(doer: Doer, entry: Entry, ref: MomentRef, title: string): Promise<Entry | Refusal> {
    if ('lsn' in ref) return acts.fork(doer, entry, ref.lsn, { title, note: '' });
    const moment = await versions.moment(doer, entry.id, ref.versionId);
    const version = await versions.find(doer, entry.id, ref.versionId);
    if (moment === null || version === null) return refuse('not-found', 'There is no such version.');
    return workshop.fork(doer, entry, { origin: { version }, state: moment.state, title, note: '' });
  }

  const copyCalled = ({ tenant }: Reader, entry: Entry, title: string) =>
    inTenant(app, tenant, async (tx) => {
      const found = await tx
        .selectFrom('documents')
        .select(['id', 'title'])
        .where('parent_document_id', '=', entry.id)
        .where('space_id', '=', entry.projectId)
        .where('title', '=', title)
        .where('deleted_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
      return found ?? null;
    });

  /** A fault of one document is told and leaves the others; one of the storage would be everybody's. */
  async function attempt(doer: Doer, plan: Planned, wish: RecoveryWish): Promise<Outcome> {
    try {
      return await one(doer, plan, wish);
    } catch (error) {
      journal.error('recovery-failed', { documentId: plan.entry.id, error });
      return refused(refuse(isStorageFault(error) ? 'cannot-store' : 'internal'));
    }
  }

  async function lacks({ tenant }: Reader, { kind }: Pick<Space, 'kind'>, mode: RecoveryWish['mode']) {
    if (kind === 'personal') return null;
    const membership = await inTenant(app, tenant, (tx) =>
      tx
        .selectFrom('memberships')
        .select('role')
        .where('company_id', '=', tenant.companyId)
        .where('user_id', '=', tenant.userId)
        .executeTakeFirst(),
    );
    if (membership === undefined) return refuse('no-access', 'You do not belong to the company any more.');
    if (membership.role === 'viewer') return refuse('read-only', 'You may read in this space but not write.');
    return mode === 'copies' || membership.role === 'owner'
      ? null
      : refuse('no-access', 'Only an owner of the company may bring back in place all that it shares.');
  }

  /** Each looked at shortly before its turn. */
  async function* plansOf(doer: Doer, spaceId: string, at: number, only: readonly string[] | null) {
    for (let named = 0; only !== null && named < only.length; named += atOnce) {
      const some = only.slice(named, named + atOnce);
      yield* (await plans.page(doer, spaceId, at, { after: null, limit: atOnce, only: some })).items;
    }
    for (let after: string | null = null; only === null; ) {
      const { items, next } = await plans.page(doer, spaceId, at, { after, limit: atOnce });
      yield* items;
      if (next === null) return;
      after = next;
    }
  }

  return {
    lacks,

    async *run(doer, space, wish) {
      const counts = { restored: 0, copied: 0, nothing: 0, refused: 0 };
      const only = wish.documents && [...new Set(wish.documents.map((id) => id.toLowerCase()))];
      const missing = new Set(only);
      const { purged, moved } = await plans.departed(doer, space.id, wish.at);
      const told = (id: string, outcome: Outcome): Recovered => {
        counts[outcome.outcome] += 1;
        return { type: 'document', id, ...outcome };
      };
      const end = (complete: boolean): RecoveryEnd => {
        journal.info('space-recovered', { spaceId: space.id, mode: wish.mode, ...counts, complete });
        return { type: 'end', ...counts, departed: { purged, moved }, complete };
      };
      for await (const plan of plansOf(doer, space.id, wish.at, only)) {
        missing.delete(plan.entry.id);
        // Copies that the run makes are made since, and no news.
        if (plan.standing === 'made-since' && only === null) continue;
        const lack = await lacks(doer, space, wish.mode);
        const outcome = lack === null ? await attempt(doer, plan, wish) : refused(lack);
        yield told(plan.entry.id, outcome);
        if (outcome.problem && hopeless.has(outcome.problem.code)) return yield end(false);
      }
      for (const id of missing) yield told(id, refused(refuse('not-found')));
      yield end(true);
    },
  };
}

/** Which moment is taken of a document; null: none that was asked for is left. */
function refOf({ standing, lsn, nearest }: Planned, orNearest: boolean): MomentRef | null {
  if (standing === 'no-detail') return orNearest ? (nearest?.ref ?? null) : null;
  return nearest?.ref ?? (lsn === null ? null : { lsn });
}

/** “Roof as of 3 Nov 2026, 14:05”, with seconds where it has some. */
export function titleAsOf(title: string, at: number, timeZone: string | null): string {
  const words = new Intl.DateTimeFormat('en-GB', {
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' },
    ...(at % 60_000 === 0 ? {} : { second: '2-digit' }),
    timeZone: timeZone ?? 'UTC',
  }).format(at);
  const ending = ` as of ${words}${timeZone === null ? ' UTC' : ''}`;
  return `${title.slice(0, titleLength - ending.length)}${ending}`;
}
