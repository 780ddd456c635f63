import type { Database } from '@tidemark/database';
import type { Thing, Wish } from '@tidemark/documents';
import type { AutomaticReason, AutomaticVersion, History, HistoryStore, Life } from '@tidemark/history';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import * as Y from 'yjs';
import type { Entry } from '../documents/catalogue.ts';
import { nextTitle } from '../documents/titles.ts';
import type { Workshop } from '../documents/workshop.ts';
import { inStep } from '../versions/in-step.ts';
import type { Doer, Version, Versions } from '../versions/versions.ts';
import { logPages } from './log-pages.ts';
import { foresee, type Made, pastOf, restoreLive } from './restore.ts';
import type { Timeline } from './timeline.ts';

/** A moment, or a version that keeps its own state. */
export type MomentRef = { readonly lsn: number } | { readonly versionId: string };

export interface Mark {
  readonly reason: 'before-restore' | 'restored' | 'before-import';
  readonly about: string;
  /** What the editor wrote by itself, after a mark of its own if there is one: none of an edit that was made offline. */
  readonly entry?: (Pick<Made, 'clientId' | 'clock'> & { readonly after?: number | undefined }) | undefined;
}

export interface Restored {
  /** Of the restore's own entry; what was there when nothing differed. */
  readonly lsn: number;
  /** The automatic version of the state before; null when nothing differed. */
  readonly before: string | null;
  /** That of the state after. */
  readonly after: string | null;
  /** Things that nobody asked for and that had to come, or go, with those. */
  readonly along: Thing[];
}

/** What people and programs do with the past of a document. Rights are for the caller of this to ask. */
export interface Acts {
  /** An automatic version of all that is stored by now, or of one edit of that person; then also of what others did between that and the mark before it. */
  mark(doer: Doer, document: Entry, wish: Mark): Promise<AutomaticVersion | Refusal>;
  /** All of it, or some things, as one edit of that person, between two automatic versions. */
  restore(
    doer: Doer,
    document: Entry,
    to: MomentRef,
    only: readonly Thing[] | null,
    wish?: Wish,
  ): Promise<Restored | Refusal>;
  /** Names a past moment. */
  name(
    doer: Doer,
    document: Entry,
    lsn: number,
    said: { readonly name: string; readonly note: string },
  ): Promise<Version | Refusal>;
  /** A new document that begins with the state then. */
  fork(
    doer: Doer,
    document: Entry,
    lsn: number,
    wish: { readonly title: string | null; readonly note: string },
  ): Promise<Entry | Refusal>;
}

interface ActsOptions {
  readonly database: Pick<Database, 'app'>;
  readonly store: HistoryStore;
  readonly history: Pick<History, 'stateAt'>;
  readonly lobby: Pick<Lobby, 'read' | 'edit' | 'tell'>;
  readonly versions: Pick<Versions, 'moment' | 'find' | 'keepMoment'>;
  readonly workshop: Pick<Workshop, 'fork'>;
  readonly timeline: Pick<Timeline, 'timeOf'>;
  readonly now: () => number;
}

/** Entries that are looked through at most for one that a mark is about. */
const mostBetween = 10_000;

export function createActs({
  database: { app },
  store,
  history,
  lobby,
  versions,
  workshop,
  timeline,
  now,
}: ActsOptions): Acts {
  /** The last LSN when all that anybody had stored, in any process, was read here. */
  async function storedBy(doer: Doer, documentId: string): Promise<number | Refusal> {
    const at = await inStep(lobby, app, doer.tenant, documentId);
    if (isRefusal(at)) return at;
    // Changes nothing: it resolves when all that it has read is stored.
    const stored = await lobby.edit(documentId, doer.user.id, () => undefined);
    return isRefusal(stored) ? stored : stored.lsn;
  }

  async function note(
    doer: Doer,
    documentId: string,
    { at = now(), ...mark }: { at?: number; lsn: number; reason: AutomaticReason; about: string },
  ): Promise<AutomaticVersion | Refusal> {
    const noted = await store.addAutomatic(documentId, { ...mark, at, userId: doer.user.id });
    return noted === 'gone' ? refuse('no-detail') : noted;
  }

  async function sourceOf(doer: Doer, document: Entry, to: MomentRef) {
    if ('lsn' in to) {
      const state = await history.stateAt(document.id, to.lsn);
      if (isRefusal(state)) return state;
      const time = await timeline.timeOf(document.id, to.lsn);
      return { state, about: time === null ? '' : momentWords(time) };
    }
    const moment = await versions.moment(doer, document.id, to.versionId);
    const version = await versions.find(doer, document.id, to.versionId);
    if (moment === null || version === null) return refuse('not-found', 'There is no such version.');
    return { state: moment.state, about: version.name || `Version ${version.number}` };
  }

  /** The LSN of the restore's own entry: others' may have come between, before and behind, in one batch or from other processes. */
  async function entryOf(
    documentId: string,
    after: number,
    upTo: number,
    doer: Doer,
    made: Pick<Made, 'clientId' | 'clock'>,
  ): Promise<number | null> {
    let own: number | null = null;
    for await (const page of logPages(store, documentId, after, upTo)) {
      for (const { lsn, userId, clientId, update } of page) {
        if (userId !== doer.user.id) continue;
        // What was made offline comes together with all else that was, from whichever replica has it by then.
        const { structs } = Y.decodeUpdate(update);
        if (structs.some((struct) => !(struct instanceof Y.Skip) && holds(struct, made))) return lsn;
        // One that deletes alone has nothing of its own to be told by.
        if (clientId === made.clientId) own = lsn;
      }
    }
    return own;
  }

  return {
    async mark(doer, { id }, { reason, about, entry }) {
      const stored = await storedBy(doer, id);
      if (isRefusal(stored)) return stored;
      const after = entry?.after ?? Math.max(0, stored - mostBetween);
      const isNear = entry !== undefined && after < stored && stored - after <= mostBetween;
      const found = isNear ? await entryOf(id, after, stored, doer, entry) : null;
      const lsn = found ?? stored;
      // What others did between the mark before and the edit was not in that mark, and may be what the edit replaced.
      const isTold = found !== null || entry?.after !== undefined;
      if (isNear && isTold && lsn - 1 > after) {
        await note(doer, id, { lsn: lsn - 1, reason: 'before-restore', about });
      }
      const marked = await note(doer, id, { lsn, reason, about });
      if (isRefusal(marked)) return marked;
      lobby.tell(id, 'history');
      return marked;
    },

    async restore(doer, document, to, only, wish) {
      const { id, kind } = document;
      const source = await sourceOf(doer, document, to);
      if (isRefusal(source)) return source;
      const { about } = source;
      const wanted = { kind, past: pastOf(kind, source.state), only, wish };
      const stored = await storedBy(doer, id);
      if (isRefusal(stored)) return stored;
      const ahead = await lobby.read(id, (doc) => foresee(doc, wanted));
      if (isRefusal(ahead)) return ahead;
      if (isRefusal(ahead.changes)) return ahead.changes;
      if (!ahead.changes) return { lsn: stored, before: null, after: null, along: [] };
      // Before the edit, so that no crash leaves a restore without the way back.
      const before = await note(doer, id, { lsn: stored, reason: 'before-restore', about });
      if (isRefusal(before)) return before;
      let made: Made | Refusal | null = null;
      const edited = await lobby.edit(id, doer.user.id, (doc) => {
        made = restoreLive(doc, doer.user.id, wanted, ahead);
      });
      if (isRefusal(edited)) return edited;
      const outcome = made as Made | Refusal | null;
      if (outcome === null) throw new Error('A restore was stored that was never made');
      if (isRefusal(outcome)) return outcome;
      if (!outcome.changed) return { lsn: edited.lsn, before: null, after: null, along: [] };
      const lsn = (await entryOf(id, stored, edited.lsn, doer, outcome)) ?? edited.lsn;
      // What others did between the look and the edit is kept as well.
      const later =
        lsn - 1 > stored ? await note(doer, id, { lsn: lsn - 1, reason: 'before-restore', about }) : before;
      const after = await note(doer, id, { lsn, reason: 'restored', about });
      if (isRefusal(later) || isRefusal(after))
        throw new Error(`Entry ${lsn} is thinned, though just written.`);
      lobby.tell(id, 'history');
      return { lsn, before: later.id, after: after.id, along: [...outcome.along] };
    },

    async name(doer, document, lsn, said) {
      const state = await history.stateAt(document.id, lsn);
      if (isRefusal(state)) return state;
      const life = await lifeOf(document.id, lsn);
      if (isRefusal(life)) return life;
      const time = await timeline.timeOf(document.id, lsn);
      const at = new Date(time ?? now());
      const kept = await versions.keepMoment(doer, document, said, { state, lsn, epoch: life.epoch, at });
      if (!isRefusal(kept)) lobby.tell(document.id, 'history');
      return kept;
    },

    async fork(doer, document, lsn, wish) {
      const state = await history.stateAt(document.id, lsn);
      if (isRefusal(state)) return state;
      // First: the new document names it, and a moment that somebody went on from should not be thinned away unnoticed.
      const title = wish.title ?? nextTitle(document.title);
      const at = (await timeline.timeOf(document.id, lsn)) ?? now();
      const noted = await note(doer, document.id, { lsn, at, reason: 'forked', about: title });
      if (isRefusal(noted)) return noted;
      const fork = await workshop.fork(doer, document, {
        origin: { automaticId: noted.id },
        state,
        title,
        note: wish.note,
      });
      lobby.tell(document.id, 'history');
      return fork;
    },
  };

  async function lifeOf(documentId: string, lsn: number): Promise<Life | Refusal> {
    const place = await store.place(documentId);
    return place?.lives.findLast(({ after }) => after < lsn) ?? refuse('not-found');
  }
}

/** Whether what a writer wrote at a clock is in it. */
function holds(
  { id, length }: Y.Item | Y.GC,
  { clientId, clock }: Pick<Made, 'clientId' | 'clock'>,
): boolean {
  return id.client === clientId && id.clock <= clock && clock < id.clock + length;
}

function momentWords(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
