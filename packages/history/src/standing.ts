import type { KindSchema } from '@tidemark/documents/records';
import * as Y from 'yjs';

/** The items of Yjs that hold what stands in the registers of a replica. Yjs tells them nowhere but in the maps' own `_map`. */

/** The last item of a register, deleted or not. */
export function registerItem(
  doc: Y.Doc,
  schema: KindSchema,
  collection: string,
  id: string,
  register: string,
): Y.Item | undefined {
  const root = doc.share.get(collection);
  const layout = schema.collections[collection]?.layout;
  if (layout === 'single') return root?._map.get(register);
  if (layout === 'flat') return root?._map.get(`${id}|${register}`);
  const content = root?._map.get(id)?.content;
  return content instanceof Y.ContentType ? content.type._map.get(register) : undefined;
}

/** The items that make a record be there: its own, or, where it has none, all that its registers ever held. */
export function recordItems(doc: Y.Doc, schema: KindSchema, collection: string, id: string): Y.Item[] {
  const root = doc.share.get(collection);
  if (root === undefined) return [];
  if (schema.collections[collection]?.layout === 'nested') {
    const item = root._map.get(id);
    return item === undefined ? [] : [item];
  }
  const items: Y.Item[] = [];
  for (const [key, last] of root._map) {
    if (!key.startsWith(`${id}|`)) continue;
    for (let item: Y.Item | null = last; item !== null; item = item.left) items.push(item);
  }
  return items;
}
