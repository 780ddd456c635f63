// Stand-in until the kinds describe themselves.
import { type Change, type KindName, kinds } from '@tidemark/documents';
import { diffStates, type KindSchema, readState, type State } from '@tidemark/documents/records';
import type * as Y from 'yjs';
export interface Past { readonly state: State; readonly texts: ReadonlyMap<string,string> }
export const readPast = (doc: Y.Doc, schema: KindSchema): Past => ({ state: readState(doc, schema), texts: new Map() });
export function describe(kind: KindName, before: Past, after: Past): Change[] {
  const all = Map.groupBy(diffStates(kinds[kind].schema, before.state, after.state), (d) => `${d.collection}/${d.id}`);
  return [...all.values()].flatMap((list): Change[] => {
    const one = list[0]!;
    const rec = (after.state[one.collection]?.get(one.id) ?? before.state[one.collection]?.get(one.id))!;
    if (kind === 'diagram' && (rec.has('$bounds') || rec.has('$waypoint') || one.collection === 'one') ) {
      const el = rec.get('&bpmnElement');
      if (typeof el !== 'string' || list.some((d) => d.type !== 'changed')) return [];
      return [{ types: ['moved'], thing: { collection: 'el', id: el }, what: String(after.state.el?.get(el)?.get('t') ?? ''), name: String(after.state.el?.get(el)?.get('@name') ?? ''), place: '', fields: [], registers: list.map((d) => ({ collection: d.collection, id: d.id, register: d.type === 'changed' ? d.register : null })) }];
    }
    const w = list.find((d) => d.type === 'added' || d.type === 'removed');
    const types: Change['types'] = w ? [w.type] : [...(list.some((d) => d.type === 'changed' && !d.register.startsWith('pos:')) ? ['changed' as const] : []), ...(list.some((d) => d.type === 'moved' || (d.type === 'changed' && d.register.startsWith('pos:'))) ? ['moved' as const] : [])];
    return [{ types, thing: { collection: one.collection, id: one.id }, what: String(rec.get('t') ?? one.collection), name: String(rec.get('title') ?? rec.get('@name') ?? rec.get('name') ?? ''), place: '',
      fields: list.flatMap((d) => d.type === 'changed' ? [{ label: d.register, old: d.old === undefined ? null : String(d.old), new: d.new === undefined ? null : String(d.new), raw: { old: d.old, new: d.new } }] : []),
      registers: list.map((d) => ({ collection: d.collection, id: d.id, register: d.type === 'changed' ? d.register : d.type === 'moved' ? 'o' : null })) }];
  });
}
