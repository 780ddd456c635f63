import type * as Y from 'yjs';
import type { Finding } from './finding.ts';
import { equalJson } from './json.ts';
import type { KindSchema } from './schema.ts';
import {
  type CollectionState,
  type RecordState,
  readCollection,
  readNested,
  rootMap,
  type State,
} from './state.ts';

/** What a kind of document brings: its schema, and its view as a pure function of the state. */
export interface Kind<V> {
  readonly schema: KindSchema;
  /** `previous` is an earlier view whose unchanged parts may be used again; it never changes what the view says. */
  view(state: State, findings: readonly Finding[], previous: V | null): V;
}

/** A live reading of one replica. */
export interface Reader<V> {
  /** The view now. The same object as long as nothing changed; unchanged records are the same objects too. */
  view(): V;
  state(): State;
  /** Calls after each transaction that touched what this kind reads. Returns the unsubscribe. */
  subscribe(listener: () => void): () => void;
  destroy(): void;
}

/** Reads on demand, and only the records that transactions touched since. Never writes, never throws on content. */
export function createReader<V>(doc: Y.Doc, kind: Kind<V>): Reader<V> {
  const listeners = new Set<() => void>();
  const dirty = new Map<string, Set<string>>();
  const findings = new Map<string, readonly Finding[]>();
  const stops: (() => void)[] = [];
  let touched = false;
  let state: State = {};
  let view: V | null = null;

  for (const [name, { layout }] of Object.entries(kind.schema.collections)) {
    dirty.set(name, new Set([everything]));
    const root = rootMap(doc, name);
    if (root === null) continue;
    const onEvents = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
      const ids = dirty.get(name)!;
      for (const event of events) {
        if (layout !== 'nested') ids.add(everything);
        else if (event.path.length > 0) ids.add(String(event.path[0]));
        else for (const id of (event as Y.YMapEvent<unknown>).keysChanged) ids.add(String(id));
      }
      touched = true;
    };
    root.observeDeep(onEvents as Parameters<typeof root.observeDeep>[0]);
    stops.push(() => root.unobserveDeep(onEvents as Parameters<typeof root.observeDeep>[0]));
  }

  const announce = () => {
    if (!touched) return;
    touched = false;
    for (const listener of [...listeners]) listener();
  };
  doc.on('afterTransaction', announce);
  stops.push(() => doc.off('afterTransaction', announce));

  const refresh = () => {
    const next: Record<string, CollectionState> = { ...state };
    let changed = false;
    for (const [name, { layout }] of Object.entries(kind.schema.collections)) {
      const ids = dirty.get(name)!;
      if (ids.size === 0) continue;
      const found: Finding[] = [];
      const before = state[name];
      if (layout !== 'nested' || ids.has(everything) || before === undefined) {
        next[name] = reuse(
          readCollection(doc, name, layout, (finding) => found.push(finding)),
          before,
        );
      } else {
        next[name] = readDirty(doc, name, ids, before, (finding) => found.push(finding));
        for (const finding of findings.get(name) ?? [])
          if (!ids.has(finding.id ?? everything)) found.push(finding);
      }
      const kept = findings.get(name) ?? [];
      if (kept.length > 0 || found.length > 0) {
        findings.set(name, found);
        changed = true;
      }
      changed ||= next[name] !== before;
      ids.clear();
    }
    if (changed || view === null) {
      state = next;
      view = kind.view(state, [...findings.values()].flat(), view);
    }
    return view;
  };

  return {
    view: refresh,
    state() {
      refresh();
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    destroy() {
      for (const stop of stops) stop();
      listeners.clear();
    },
  };
}

/** No record has this id: a random id is never empty. */
const everything = '';

function readDirty(
  doc: Y.Doc,
  name: string,
  ids: ReadonlySet<string>,
  before: CollectionState,
  report: (finding: Finding) => void,
): CollectionState {
  const root = rootMap(doc, name);
  const records = new Map(before);
  let changed = false;
  for (const id of ids) {
    const old = before.get(id);
    const record = root === null ? null : readNested(root, name, id, report);
    if (record === null) changed = records.delete(id) || changed;
    else if (old === undefined || !sameRecord(old, record)) {
      records.set(id, record);
      changed = true;
    }
  }
  return changed ? records : before;
}

function reuse(next: CollectionState, before: CollectionState | undefined): CollectionState {
  if (before === undefined) return next;
  let changed = next.size !== before.size;
  const records = new Map<string, RecordState>();
  for (const [id, record] of next) {
    const old = before.get(id);
    const same = old !== undefined && sameRecord(old, record);
    records.set(id, same ? old : record);
    changed ||= !same;
  }
  return changed ? records : before;
}

function sameRecord(a: RecordState, b: RecordState): boolean {
  if (a.size !== b.size) return false;
  for (const [register, value] of a) if (!equalJson(value, b.get(register))) return false;
  return true;
}
