import type { Finding } from '../records/finding.ts';
import { isList, type Json } from '../records/json.ts';
import { compareOrder } from '../records/order-key.ts';
import { isRemoved, registerOf } from '../records/schema.ts';
import type { RecordState } from '../records/state.ts';
import { collectionOf, ownerOfKey } from './key.ts';
import { diagramSchema, elementRegisters } from './schema.ts';
import { isXmlName, xmlValue } from './xml-text.ts';

/** One record as it stands, before anything else in the document is looked at. */
export interface RawElement {
  readonly key: string;
  readonly type: string;
  readonly parent: string | null;
  readonly property: string | null;
  readonly order: string | null;
  readonly values: ReadonlyMap<string, Json>;
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly findings: readonly Finding[];
}

/** Prefix of the registers of a many-valued reference: `&*<property>/<target>` → order. */
export const listPrefix = '&*';
/** The register that keeps the order of the unknown attributes. */
export const attributeOrder = '~';
const structure = new Set(['t', 'pf', 'o', 'x', attributeOrder]);

/** Null for a record that was removed, or that does not say what it is. */
export function readRaw(
  key: string,
  record: RecordState,
  report: (finding: Finding) => void,
): RawElement | null {
  if (isRemoved(record)) return null;
  const findings: Finding[] = [];
  const unreadable = (register: string, detail: string) =>
    findings.push({ code: 'unreadable', collection: collectionOf(key), id: key, register, detail });
  const read = (name: 't' | 'pf' | 'o') => {
    const raw = record.get(name);
    const value = raw === undefined ? undefined : elementRegisters[name].read(raw);
    if (raw !== undefined && value === undefined) unreadable(name, `"${name}" can't be read.`);
    return value;
  };
  const type = read('t');
  if (typeof type !== 'string' || type === '') {
    for (const finding of findings) report(finding);
    return null;
  }
  const only = ownerOfKey(key);
  const [parent, property] = only ?? (read('pf') as readonly [string, string] | undefined) ?? [null, null];
  const order = (read('o') as string | undefined) ?? null;
  const values = new Map<string, Json>();
  const lists = new Map<string, { id: string; order: string | null }[]>();
  for (const name of namesOf(record)) {
    const raw = record.get(name);
    const register = registerOf(diagramSchema.collections.el, name);
    if (raw === undefined || register === null) continue;
    const value = register.read(raw);
    if (name.startsWith(listPrefix)) {
      const at = name.indexOf('/');
      const members = name.slice(listPrefix.length, at);
      if (at === -1 || at === name.length - 1) continue;
      const list = lists.get(members) ?? [];
      lists.set(members, list);
      list.push({ id: name.slice(at + 1), order: typeof value === 'string' ? value : null });
    } else if (value === undefined) unreadable(name, `"${name}" holds something else than it should.`);
    else if (!name.startsWith('~') || isXmlName(name.slice(1))) values.set(name, xmlValue(value));
  }
  return {
    key,
    type,
    parent,
    property,
    order,
    values,
    lists: new Map(
      [...lists].map(([name, members]) => [name, members.sort(compareOrder).map(({ id }) => id)]),
    ),
    findings,
  };
}

/** The registers that say what the element is like: by name, unknown attributes in the order of their file. */
function namesOf(record: RecordState): string[] {
  const names = [...record.keys()].filter((name) => !structure.has(name)).sort();
  const wanted = record.get(attributeOrder);
  if (!isList(wanted)) return names;
  const places = new Map(wanted.map((name, index) => [`~${name}`, index]));
  const rank = (name: string) => places.get(name) ?? (name.startsWith('~') ? places.size : -1);
  return names.sort((a, b) => rank(a) - rank(b));
}
