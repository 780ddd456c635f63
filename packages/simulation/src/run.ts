import { differenceOf, holds, replayOf } from './content.ts';
import { contentOf } from './edits.ts';
import { type Guest, House } from './house.ts';
import { Person } from './person.ts';
import type { Plan } from './plan.ts';
import { Raw } from './raw.ts';
import { documentId } from './stage.ts';
import { Stock } from './stock.ts';
import type { Tamper } from './tamper.ts';
import type { Violation } from './violations.ts';

export interface Outcome {
  readonly violations: readonly Violation[];
  /** Two runs with the same hash went the same way. */
  readonly hash: string;
  readonly events: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly trace: readonly string[];
}

/** By then a house without faults has to be in order: back-offs, half-open lines and expiries included. Milliseconds. */
const healingMs = 240_000;
/** And by then nothing of anybody is left in the processes. */
const leavingMs = 120_000;

/** Runs a plan: its steps, the healing, the end. */
export async function runPlan(plan: Plan, tamper: Tamper = {}): Promise<Outcome> {
  const house = new House(plan, tamper);
  const { timeline, broken, audit } = house;
  house.begin();
  const last = Math.max(0, ...plan.steps.map((step) => step.at));
  const failed = () => broken.list.length > 0;
  await timeline.run(last + 100, failed);
  if (!failed()) {
    timeline.later(timeline.house, 0, 'heals', () => house.heal());
    const healedBy = timeline.now + healingMs;
    while (timeline.now < healedBy && !failed()) {
      await timeline.run(timeline.now + 2_000, failed);
      if (unrest(house) === null) break;
    }
    if (!failed()) checkWhole(house);
  }
  if (!failed()) await empty(house);
  house.close();
  const stats = house.processes.map((process) => process.lobby?.stats());
  const sum = (name: 'resyncs' | 'gaps' | 'appendFailures') =>
    stats.reduce((total, each) => total + (each?.[name] ?? 0), 0);
  const people = house.cast.filter((guest) => guest instanceof Person);
  return {
    violations: broken.list,
    hash: timeline.trace.hash(),
    events: timeline.happened,
    counts: {
      ...audit.counts,
      saved: people.reduce((total, { counts }) => total + counts.saved, 0),
      flushed: people.reduce((total, { counts }) => total + counts.flushed, 0),
      resyncs: sum('resyncs'),
      gaps: sum('gaps'),
      failures: sum('appendFailures'),
      renewals: audit.epoch - 1,
    },
    trace: timeline.trace.tail(),
  };
}

/** What is not yet as it has to be in the end, or null. */
function unrest(house: House): Omit<Violation, 'at'> | null {
  for (const guest of house.cast) insist(guest);
  const stored = house.audit.stored;
  const content = contentOf(stored);
  for (const guest of house.cast) {
    const { name } = guest.place;
    const status = guest instanceof Person ? guest.provider?.status() : null;
    if (!guest.here || (status !== null && status?.state !== 'saved')) {
      return { rule: 'I15', what: `${name} is ${JSON.stringify(status)}` };
    }
    const difference = guest.doc === null ? 'everything' : differenceOf(guest.doc, stored);
    if (difference !== null) return { rule: 'I5', what: `${name} differs from the log in ${difference}` };
    if (guest.doc !== null && contentOf(guest.doc) !== content) {
      return { rule: 'I5', what: `${name} shows something else than the log` };
    }
    for (const { update } of keptBy(guest)) {
      if (!holds(stored, update)) return { rule: 'I15', what: `an edit of ${name} is not stored` };
    }
    const wrong = presenceOf(house, guest);
    if (wrong !== null) return { rule: 'I11', what: wrong };
  }
  return null;
}

/** Who was refused for good asks again, as people do. */
function insist(guest: Guest): void {
  if (!guest.here) guest.come(true);
  const status = guest instanceof Person ? guest.provider?.status() : null;
  if (guest instanceof Person && status?.state === 'refused' && status.code !== 'stale-epoch')
    guest.asksAgain();
  if (guest instanceof Stock && guest.provider?.shouldConnect === false) guest.reconnects();
}

function keptBy(guest: Guest): readonly { readonly update: Uint8Array }[] {
  if (guest instanceof Person) return guest.made.filter(({ copy }) => !copy.lost);
  return guest.made.map((update) => ({ update }));
}

/** Who is missing in what a guest sees, or is seen though gone. */
function presenceOf(house: House, guest: Guest): string | null {
  if (guest instanceof Raw || guest.provider === null) return null;
  const seen = guest.provider.awareness.getStates();
  const present = house.cast.filter((other): other is Person | Stock => !(other instanceof Raw));
  for (const { place, provider } of present) {
    const state = provider?.awareness.getLocalState() ?? null;
    const theirs = provider === null ? undefined : seen.get(provider.awareness.clientID);
    if (JSON.stringify(theirs) !== JSON.stringify(state ?? undefined)) {
      return `${guest.place.name} sees ${JSON.stringify(theirs)} where ${place.name} is ${JSON.stringify(state)}`;
    }
  }
  const ids = new Set<number | undefined>(present.map(({ provider }) => provider?.awareness.clientID));
  const raw = new Set(house.cast.filter((other) => other instanceof Raw).map(({ doc }) => doc.clientID));
  for (const id of seen.keys()) {
    if (!ids.has(id) && raw.size === 0) return `${guest.place.name} sees a ghost`;
  }
  return null;
}

/** The house is at rest: what has to hold now. */
function checkWhole(house: House): void {
  const { broken, audit, database } = house;
  const wrong = unrest(house);
  if (wrong !== null) broken.add(wrong.rule, `${wrong.what}, ${healingMs / 1_000} s after the last fault`);
  const { epoch, entries, checkpoint } = database.tables.of(documentId);
  const tail = entries.filter(({ lsn }) => lsn > (checkpoint?.lsn ?? 0)).map(({ update }) => update);
  const restored = replayOf(checkpoint === null ? tail : [checkpoint.state, ...tail]);
  const difference = differenceOf(restored, audit.stored);
  broken.check('I6', difference === null, () => `checkpoint and tail differ from the log in ${difference}`);
  for (const guest of house.cast) {
    if (!(guest instanceof Person)) continue;
    const { name } = guest.place;
    for (const { update, copy, saved } of guest.made) {
      const ofThisLife = copy.epoch === epoch;
      if (saved && ofThisLife)
        broken.check('I2', holds(audit.stored, update), () => `a saved edit of ${name} is lost`);
      if (copy.epoch !== null && !ofThisLife) {
        const merged = audit.stored.store.clients.has(copy.clientId);
        broken.check('I17', !merged, () => `an edit of ${name} came over from an earlier life`);
      }
    }
  }
}

/** Everybody leaves: nothing of them may stay. */
async function empty(house: House): Promise<void> {
  const { timeline, broken } = house;
  for (const guest of house.cast) {
    timeline.later(guest.actor, 0, 'leaves', () => guest.leave());
  }
  await timeline.run(timeline.now + leavingMs, () => broken.list.length > 0);
  for (const { actor, place } of house.cast) {
    broken.check('I13', actor.timers === 0, () => `${place.name} left ${actor.timers} timers behind`);
    broken.check(
      'I13',
      place.links.size === 0,
      () => `${place.name} left ${place.links.size} connections behind`,
    );
  }
  for (const { name, lobby, actor, links } of house.processes) {
    const stats = lobby?.stats();
    const left = `${stats?.rooms} rooms, ${stats?.endingRooms} ending, ${stats?.sessions} sessions, ${actor.timers} timers, ${links.size} connections`;
    const none = '0 rooms, 0 ending, 0 sessions, 0 timers, 0 connections';
    broken.check('I13', left === none, () => `${name}: ${left} are left`);
    broken.check('I14', stats?.brokenRooms === 0, () => `${name}: ${stats?.brokenRooms} rooms broke`);
  }
}
