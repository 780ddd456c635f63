import type { Finding } from '../records/finding.ts';
import { equalJson } from '../records/json.ts';
import type { CollectionState, RecordState } from '../records/state.ts';
import { isKeyOf, isOutside } from './key.ts';
import { createKeyIndex, type KeyIndex } from './key-index.ts';
import { type Mend, mended } from './mend.ts';
import { type RawElement, readRaw } from './raw.ts';

/**
 * All records that were not removed, as they are shown, and who names whom. Brought from one state to the next by
 * the records that are other objects now, so that a view costs what the change costs.
 */
export interface Graph {
  readonly raw: ReadonlyMap<string, RawElement>;
  /** Owner → what says to lie in it. */
  readonly contents: Omit<KeyIndex, 'add' | 'delete'>;
  /** Target → who refers to it, by whatever register. */
  readonly referrers: Omit<KeyIndex, 'add' | 'delete'>;
  /** BPMN id → who bears it. */
  readonly bearers: Omit<KeyIndex, 'add' | 'delete'>;
  /** Findings on records that are no elements. */
  readonly unread: ReadonlyMap<string, readonly Finding[]>;
  /** Reads the records again that are other objects than last time. */
  update(next: Readonly<Record<'el' | 'one', CollectionState>>): readonly GraphChange[];
  /** From now on these, and no others, are shown otherwise than their records have them. Adds to `changes`. */
  amend(mends: ReadonlyMap<string, Mend>, changes: readonly GraphChange[]): readonly GraphChange[];
  readonly written: Written;
}

/** What the records say themselves. What is mended follows from this and from nothing else. */
export interface Written {
  get(key: string): RawElement | undefined;
  contents(owner: string): readonly string[];
  referrers(target: string): readonly string[];
}

export interface GraphChange {
  readonly key: string;
  readonly before: RawElement | null;
  readonly after: RawElement | null;
}

export function createGraph(): Graph {
  const raw = new Map<string, RawElement>();
  const contents = createKeyIndex();
  const referrers = createKeyIndex();
  const bearers = createKeyIndex();
  const unread = new Map<string, readonly Finding[]>();
  const last: Record<'el' | 'one', CollectionState> = { el: new Map(), one: new Map() };

  const link = (element: RawElement, change: 'add' | 'delete') => {
    if (element.parent !== null) contents[change](element.parent, element.key);
    for (const target of targetsOf(element)) referrers[change](target, element.key);
    const id = element.values.get('@id');
    if (typeof id === 'string') bearers[change](id, element.key);
  };

  /** Of what is mended: its record, and the mend. */
  const originals = new Map<string, { readonly element: RawElement; readonly mend: Mend }>();

  const put = (key: string, after: RawElement | null): RawElement | null => {
    const before = raw.get(key) ?? null;
    if (before !== null) link(before, 'delete');
    raw.delete(key);
    if (after !== null) {
      raw.set(key, after);
      link(after, 'add');
    }
    return before;
  };

  const replace = (key: string, record: RecordState | undefined): GraphChange => {
    originals.delete(key);
    const findings: Finding[] = [];
    const after = record === undefined ? null : readRaw(key, record, (finding) => findings.push(finding));
    if (findings.length > 0) unread.set(key, findings);
    else unread.delete(key);
    return { key, before: put(key, after), after };
  };

  const written: Written = {
    get: (key) => originals.get(key)?.element ?? raw.get(key),
    contents: (owner) => writtenIn(contents.get(owner), ({ parent }) => parent === owner),
    referrers: (target) => writtenIn(referrers.get(target), (element) => targetsOf(element).includes(target)),
  };
  const writtenIn = (shown: ReadonlySet<string>, holds: (element: RawElement) => boolean) => {
    const found = [...shown].filter((key) => !originals.has(key));
    for (const [key, { element }] of originals) if (holds(element)) found.push(key);
    return found;
  };

  return {
    raw,
    contents,
    referrers,
    bearers,
    unread,
    written,
    amend(mends, changes) {
      const all = new Map(changes.map((change) => [change.key, change]));
      const turn = (key: string, after: RawElement) => {
        const earlier = all.get(key);
        const before = put(key, after);
        all.set(key, { key, before: earlier === undefined ? before : earlier.before, after });
      };
      for (const [key, { element }] of [...originals]) {
        if (mends.has(key)) continue;
        originals.delete(key);
        turn(key, element);
      }
      for (const [key, mend] of mends) {
        const element = written.get(key);
        const earlier = originals.get(key);
        if (element === undefined || (earlier !== undefined && equalJson(earlier.mend, mend))) continue;
        originals.set(key, { element, mend });
        turn(key, mended(element, mend));
      }
      return [...all.values()];
    },
    update(next) {
      const changes: GraphChange[] = [];
      for (const name of ['el', 'one'] as const) {
        const before = last[name];
        const records = next[name];
        if (before === records) continue;
        // A key that belongs into the other collection would stand for two records.
        let added = 0;
        for (const [key, record] of records) {
          const old = before.get(key);
          if (old === record) continue;
          if (old === undefined) added += 1;
          if (isKeyOf(name, key)) changes.push(replace(key, record));
        }
        // Records are never taken out but by garbage, so there is seldom anything left to look for.
        if (before.size + added !== records.size) {
          for (const key of before.keys()) {
            if (!records.has(key) && isKeyOf(name, key)) changes.push(replace(key, undefined));
          }
        }
        last[name] = records;
      }
      return changes;
    },
  };
}

/** Keys this element refers to. */
export function targetsOf(element: RawElement): string[] {
  const targets: string[] = [];
  for (const [name, value] of element.values) {
    if (name.startsWith('&') && typeof value === 'string' && !isOutside(value)) targets.push(value);
  }
  for (const list of element.lists.values()) {
    for (const target of list) if (!isOutside(target)) targets.push(target);
  }
  return targets;
}
