import { isRefusal } from '@tidemark/protocol';
import { isUnreadable } from '@tidemark/sync/workbench';
import { approach } from './approach.ts';
import { archive } from './archiving.ts';
import { lifeOf } from './gather.ts';
import type { Thinning } from './history.ts';
import type { AutomaticVersion, HistoryPlace, HistoryStore } from './ports.ts';
import { sessionGapMs } from './sessions.ts';
import { settle } from './settling.ts';
import type { HistoryWorld } from './world.ts';

const pageSize = 200;

/** What thinning to `before` would do; null: nothing. */
export async function planThinning(
  world: HistoryWorld,
  documentId: string,
  before: number,
): Promise<Thinning | null> {
  const place = await world.store.place(documentId);
  const plan = place && (await plansOf(world, documentId, place, before));
  return plan?.thinning ?? null;
}

/** Leaves of the time before `before` the moments of versions alone. Null: there was nothing to do, or not at present. */
export async function thin(
  world: HistoryWorld,
  documentId: string,
  before: number,
): Promise<Thinning | null> {
  const { store } = world;
  // What nobody has read yet would be gone untold.
  await settle(world, documentId);
  const place = await store.place(documentId);
  const first = place && (await plansOf(world, documentId, place, before));
  if (first === null) return null;
  await archive(world, documentId, first.thinning.upTo);
  // What could not be packed stays, and what may be packed only by now waits for the next time.
  const packed = await store.place(documentId);
  const plan = packed && (await plansOf(world, documentId, packed, before, first.thinning.upTo));
  if (packed === null || plan === null || plan.thinning.upTo > packed.packed) return null;
  const { upTo } = plan.thinning;
  const moments = new Set([...plan.keep.map(({ lsn }) => lsn), upTo]);
  if (packed.lives.some(({ after }) => after === upTo) && !plan.keep.some(({ lsn }) => lsn === upTo))
    moments.delete(upTo);
  // In order: the way to each begins at the one before.
  for (const lsn of [...moments].sort((a, b) => a - b)) {
    if (lsn > packed.thinned && !(await keepMoment(world, documentId, packed, lsn))) return null;
  }
  const ids = plan.keep.map(({ id }) => id);
  if ((await store.thin(documentId, upTo, ids)) === 'outdated') return null;
  return plan.thinning;
}

interface Plan {
  readonly thinning: Thinning;
  readonly keep: readonly AutomaticVersion[];
}

async function plansOf(
  world: HistoryWorld,
  documentId: string,
  place: HistoryPlace,
  before: number,
  most = Number.POSITIVE_INFINITY,
): Promise<Plan | null> {
  const { store, clock } = world;
  const { packable, packed, settled, thinned } = place;
  // Sessions that may go on are read anew from their first entry.
  const open = await store.openSessions(documentId, clock.now() - sessionGapMs);
  const { lsn: wanted } = await store.lsnAt(documentId, before - 1);
  const begun = open.map(({ first }) => first - 1);
  const bound = Math.min(wanted, most, settled, Math.max(packable, packed), ...begun);
  const upTo = bound > packed ? bound : await segmentEnd(store, documentId, bound);
  if (upTo <= thinned) return null;
  const versions = await versionsUpTo(store, documentId, upTo);
  const keep = lastOfDays(place, versions);
  const thinning = {
    upTo,
    entries: upTo - thinned,
    kept: keep.length,
    dropped: versions.length - keep.length,
  };
  return { thinning, keep };
}

/** The end of the last segment that ends at or before an LSN that is packed. */
async function segmentEnd(store: HistoryStore, documentId: string, lsn: number): Promise<number> {
  const { segments } = await store.entries(documentId, lsn - 1, lsn);
  const [segment] = segments;
  return segment === undefined || segment.last <= lsn ? lsn : segment.first - 1;
}

async function versionsUpTo(
  store: HistoryStore,
  documentId: string,
  upTo: number,
): Promise<AutomaticVersion[]> {
  const all: AutomaticVersion[] = [];
  for (let before = upTo + 1; ; ) {
    const page = await store.automaticVersions(documentId, before, pageSize);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return [...all, ...page];
    // Of a moment with several versions a page may hold some.
    all.push(...page.filter(({ lsn }) => lsn > last.lsn));
    before = last.lsn + 1;
  }
}

/** The last moment of each day (UTC) of each life, with all the reasons that it has. */
function lastOfDays(place: HistoryPlace, versions: readonly AutomaticVersion[]): AutomaticVersion[] {
  const dayOf = ({ at, lsn }: AutomaticVersion) =>
    `${lifeOf(place, lsn).epoch} ${Math.floor(at / 86_400_000)}`;
  const last = new Map<string, number>();
  for (const version of versions) {
    const day = dayOf(version);
    last.set(day, Math.max(version.lsn, last.get(day) ?? 0));
  }
  return versions.filter((version) => last.get(dayOf(version)) === version.lsn);
}

/** Makes a history checkpoint at a moment that stays, if there is none. */
async function keepMoment(
  world: HistoryWorld,
  documentId: string,
  place: HistoryPlace,
  lsn: number,
): Promise<boolean> {
  const { store, bench } = world;
  const material = await approach(world, documentId, place, lsn, lsn);
  if (isRefusal(material)) return false;
  if (material.start?.lsn === lsn && material.start.form === 'packed') return true;
  const state = await bench.packedState(material, lsn);
  if (isUnreadable(state)) {
    world.unreadable(documentId, state.unreadable);
    return false;
  }
  await store.keepState(documentId, lsn, state);
  return true;
}
