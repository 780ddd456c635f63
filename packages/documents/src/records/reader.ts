import type * as Y from 'yjs';
import type { Finding } from './finding.ts';
import { flatRegisters } from './flat-index.ts';
import { equalJson } from './json.ts';
import type { KindSchema, Layout } from './schema.ts';
import {
  type CollectionState,
  type RecordState,
  readCollection,
  readFlat,
  readNested,
  rootMap,
  type State,
  splitFlat,
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

/**
 * Reads on demand, and only the records that transactions touched since. Never writes, never throws on content.
 * `earlier`: a reading of another replica; records that are the same in both stay the same objects.
 */
export function createReader<V>(doc: Y.Doc, kind: Kind<V>, earlier: Reader<V> | null = null): Reader<V> {
  const listeners = new Set<() => void>();
  const dirty = new Map<string, Set<string>>();
  const findings = new Map<string, readonly Finding[]>();
  const stops: (() => void)[] = [];
  let touched = false;
  let state: State = earlier?.state() ?? {};
  let view: V | null = earlier?.view() ?? null;
  let isRead = false;

  for (const [name, { layout }] of Object.entries(kind.schema.collections)) {
    dirty.set(name, new Set([everything]));
    const root = rootMap(doc, name);
    if (root === null) continue;
    const onEvents = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) => {
      const ids = dirty.get(name)!;
      for (const event of events) {
        if (layout === 'single') ids.add(everything);
        else if (event.path.length > 0) ids.add(idOf(layout, String(event.path[0])));
        else
          for (const key of (event as Y.YMapEvent<unknown>).keysChanged) ids.add(idOf(layout, String(key)));
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
      if (ids.has(everything) || before === undefined) {
        next[name] = reuse(
          readCollection(doc, name, layout, (finding) => found.push(finding)),
          before,
        );
      } else {
        next[name] = readDirty(doc, name, layout, ids, before, (finding) => found.push(finding));
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
    if (changed || view === null || !isRead) {
      isRead = true;
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

/** No record has this id: ids are not empty. */
const everything = '';

function idOf(layout: Layout, key: string): string {
  return layout === 'flat' ? splitFlat(key)[0] : key;
}

function readDirty(
  doc: Y.Doc,
  name: string,
  layout: Layout,
  ids: ReadonlySet<string>,
  before: CollectionState,
  report: (finding: Finding) => void,
): CollectionState {
  const root = rootMap(doc, name);
  let records: Map<string, RecordState> | null = null;
  const read = (id: string) => {
    if (root === null) return null;
    return layout === 'flat'
      ? readFlat(root, name, id, flatRegisters(root, id), report)
      : readNested(root, name, id, report);
  };
  for (const id of ids) {
    const old = before.get(id);
    const record = read(id);
    if (record === null) {
      if (old === undefined) continue;
      records ??= new Map(before);
      records.delete(id);
    } else if (old === undefined || !sameRecord(old, record)) {
      records ??= new Map(before);
      records.set(id, record);
    }
  }
  return records ?? before;
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
