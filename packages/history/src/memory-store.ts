import type { KindName } from '@tidemark/documents';
import type { LogEntry, NewEntry } from '@tidemark/sync';
import { digest } from 'lib0/hash/sha256';
import { allOf, bundlesOf, lsnBy, reachOf, within } from './memory-reading.ts';
import type {
  AutomaticVersion,
  HistoryPlace,
  HistoryStore,
  Life,
  Packer,
  Segment,
  WorkSession,
} from './ports.ts';
import { unpackEntries } from './segment.ts';

/** The past of documents in memory, with the logs it belongs to: for tests and for trying things out. */
export interface MemoryHistory {
  readonly store: HistoryStore;
  /** Makes an empty document. */
  create(documentId: string, kind: KindName): void;
  /** Appends to the log; `at`: when each is stored. Answers the head. */
  append(documentId: string, entries: readonly NewEntry[], at: number): number;
  /** A checkpoint for loads, of which the newest two are kept. */
  saveCheckpoint(documentId: string, lsn: number, state: Uint8Array): void;
  /** As if checkpoints for loads stood far enough for rows up to `upTo` to be packed. */
  allowPacking(documentId: string, upTo: number): void;
  /** Another life begins, with an entry that says so. */
  renew(documentId: string, at: number): void;
  purge(documentId: string): void;
  /** LSNs that lie in rows; bytes of segments and of history checkpoints. */
  stored(documentId: string): {
    readonly rows: number[];
    readonly segments: number;
    readonly states: ReadonlyMap<number, number>;
  };
}

interface Stored {
  readonly kind: KindName;
  readonly lives: Life[];
  head: number;
  headAt: number | null;
  settled: number;
  packed: number;
  thinned: number;
  rows: LogEntry[];
  segments: Segment[];
  /** For loads: those of the life that goes on. */
  checkpoints: { readonly lsn: number; readonly state: Uint8Array }[];
  allowed: number;
  readonly states: Map<number, Uint8Array>;
  readonly sessions: Map<number, WorkSession>;
  automatic: AutomaticVersion[];
}

export function createMemoryHistory(packer: Packer): MemoryHistory {
  const documents = new Map<string, Stored>();
  let ids = 0;
  const existing = (documentId: string): Stored => {
    const document = documents.get(documentId);
    if (document === undefined) throw new Error(`There is no document ${documentId}.`);
    return document;
  };
  // Every answer comes later, as that of a database does.
  const found = async (documentId: string) => documents.get(documentId);

  const store: HistoryStore = {
    async place(documentId) {
      const document = await found(documentId);
      if (document === undefined) return null;
      const { kind, lives, head, headAt, settled, packed, thinned } = document;
      const { epoch } = lives.at(-1) ?? { epoch: 1 };
      return {
        kind,
        epoch,
        head,
        headAt,
        settled,
        packed,
        thinned,
        packable: packable(document),
        lives: [...lives],
      } satisfies HistoryPlace;
    },
    async stateBefore(documentId, lifeAfter, lsn) {
      const document = await found(documentId);
      const states = [
        ...(document?.states ?? []),
        ...(document?.checkpoints ?? []).map(({ lsn: at, state }): [number, null, Uint8Array] => [
          at,
          null,
          state,
        ]),
      ]
        .filter(([at]) => at > lifeAfter && at <= lsn)
        .sort(([a], [b]) => b - a);
      const [best] = states;
      if (best === undefined) return null;
      const [at, packed, v1] = best;
      return packed === null
        ? { lsn: at, state: v1 ?? new Uint8Array(), form: 'v1' }
        : { lsn: at, state: packed, form: 'packed' };
    },
    async entries(documentId, after, upTo) {
      return within(await found(documentId), after, upTo);
    },
    async bundles(documentId, after, upTo, bytes) {
      return bundlesOf(within(await found(documentId), after, upTo), upTo, bytes, packer);
    },
    async earliest(documentId, after, upTo) {
      const times = allOf(within(await found(documentId), after, upTo), packer).map(({ at }) => at);
      return times.length === 0 ? null : Math.min(...times);
    },
    async reach(documentId, after, upTo, bytes) {
      return reachOf(within(await found(documentId), after, upTo), upTo, bytes, packer);
    },
    async lsnAt(documentId, time) {
      const document = await found(documentId);
      return document === undefined ? { lsn: 0, exact: true } : lsnBy(document, time, packer);
    },

    async pack(documentId, { first, last, content, sha256 }) {
      const document = await found(documentId);
      if (document === undefined) return 'outdated';
      const rows = document.rows.filter(({ lsn }) => lsn >= first && lsn <= last);
      const crosses = document.lives.some(({ after }) => after >= first && after < last);
      const fits = first === document.packed + 1 && last >= first && last <= packable(document) && !crosses;
      if (!fits || rows.length !== last - first + 1 || !same(digest(joined(rows)), sha256)) return 'outdated';
      const held = unpackEntries(content, packer);
      if (!same(joined(held), joined(rows)) || held[0]?.lsn !== first)
        throw new Error('The segment does not hold what its rows do.');
      document.segments.push({ first, last, content });
      document.rows = document.rows.filter(({ lsn }) => lsn > last);
      document.packed = last;
      return 'packed';
    },
    async keepState(documentId, lsn, state) {
      const states = (await found(documentId))?.states;
      if (states !== undefined && !states.has(lsn)) states.set(lsn, state);
    },

    async sessions(documentId, before, limit) {
      const all = [...((await found(documentId))?.sessions.values() ?? [])];
      return all
        .filter(
          ({ to, first }) => before === null || to < before.to || (to === before.to && first < before.first),
        )
        .sort((a, b) => b.to - a.to || b.first - a.first)
        .slice(0, limit);
    },
    async openSessions(documentId, time) {
      const all = [...((await found(documentId))?.sessions.values() ?? [])];
      return all.filter(({ to }) => to >= time).sort((a, b) => a.first - b.first);
    },
    async saveSessions(documentId, from, to, sessions) {
      const document = await found(documentId);
      if (document?.settled !== from) return 'outdated';
      for (const session of sessions) document.sessions.set(session.first, session);
      document.settled = to;
      return 'saved';
    },
    async stops(documentId, after, upTo) {
      const all = [...((await found(documentId))?.sessions.values() ?? [])];
      return all
        .flatMap(({ stops, userId }) => stops.map(([lsn, at]) => ({ lsn, at, userId })))
        .filter(({ lsn }) => lsn > after && lsn <= upTo)
        .sort((a, b) => a.lsn - b.lsn);
    },

    async automaticVersions(documentId, before, limit) {
      const all = (await found(documentId))?.automatic ?? [];
      return all
        .filter(({ lsn }) => before === null || lsn < before)
        .sort((a, b) => b.lsn - a.lsn || b.at - a.at)
        .slice(0, limit);
    },
    async addAutomatic(documentId, version) {
      const document = await found(documentId);
      if (document === undefined) return 'gone';
      const known = document.automatic.find(
        ({ lsn, reason }) => lsn === version.lsn && reason === version.reason,
      );
      if (known !== undefined) return known;
      const { lsn } = version;
      if (lsn > 0 && lsn <= document.thinned && !document.states.has(lsn)) return 'gone';
      ids += 1;
      const added = { ...version, id: `version-${ids}` };
      document.automatic.push(added);
      return added;
    },

    async thin(documentId, upTo, keep) {
      const document = await found(documentId);
      const end = document?.segments.findLast(({ last }) => last <= upTo)?.last;
      if (document === undefined || end === undefined) return 'thinned';
      const stays = ({ id, lsn }: AutomaticVersion) => lsn > end || keep.includes(id);
      const needed = new Set(
        document.automatic.filter(stays).flatMap(({ lsn }) => (lsn <= end ? [lsn] : [])),
      );
      if (!document.lives.some(({ after }) => after === end)) needed.add(end);
      for (const lsn of needed) if (lsn > 0 && !document.states.has(lsn)) return 'outdated';
      document.segments = document.segments.filter(({ last }) => last > end);
      document.automatic = document.automatic.filter(stays);
      for (const lsn of document.states.keys()) {
        if (lsn <= end && !needed.has(lsn)) document.states.delete(lsn);
      }
      document.thinned = end;
      return 'thinned';
    },
  };

  return {
    store,
    create(documentId, kind) {
      const lives: Life[] = [{ after: 0, epoch: 1, began: null }];
      documents.set(documentId, {
        ...{ kind, lives, head: 0, headAt: null, settled: 0, packed: 0, thinned: 0, allowed: 0 },
        ...{ rows: [], segments: [], checkpoints: [], automatic: [] },
        states: new Map(),
        sessions: new Map(),
      });
    },
    append(documentId, entries, at) {
      const document = existing(documentId);
      for (const { update, userId, clientId } of entries) {
        document.head += 1;
        document.headAt = at;
        document.rows.push({ lsn: document.head, update: update.slice(), userId, clientId, at });
      }
      return document.head;
    },
    saveCheckpoint(documentId, lsn, state) {
      const document = existing(documentId);
      document.checkpoints = [...document.checkpoints, { lsn, state }].slice(-2);
    },
    allowPacking(documentId, upTo) {
      existing(documentId).allowed = upTo;
    },
    renew(documentId, at) {
      const document = existing(documentId);
      const { epoch } = document.lives.at(-1) ?? { epoch: 0 };
      document.lives.push({ after: document.head, epoch: epoch + 1, began: { at, userId: null } });
      document.checkpoints = [];
      this.append(documentId, [{ update: new Uint8Array([0, 0]), userId: null, clientId: 0 }], at);
    },
    purge: (documentId) => void documents.delete(documentId),
    stored(documentId) {
      const { rows, segments, states } = existing(documentId);
      return {
        rows: rows.map(({ lsn }) => lsn),
        segments: segments.reduce((sum, { content }) => sum + content.length, 0),
        states: new Map([...states].map(([lsn, state]) => [lsn, state.length])),
      };
    },
  };
}

/** Loads take the newest checkpoint, or the one before it where that is bad; of former lives nothing. */
function packable({ checkpoints, lives, allowed }: Stored): number {
  const [older, newer] = checkpoints;
  const byLoads = older !== undefined && newer !== undefined ? older.lsn : (lives.at(-1)?.after ?? 0);
  return Math.max(byLoads, allowed);
}

function joined(entries: readonly LogEntry[]): Uint8Array {
  return new Uint8Array(entries.flatMap(({ update }) => [...update]));
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
