import * as Y from 'yjs';
import type { Change, Editor } from './editor.ts';
import { rootMap, splitFlat } from './state.ts';

/** Which registers this editor, of all people, wrote last. */
export interface Ownership {
  /** Takes note of what the editor has just written. */
  wrote(changes: readonly Change[]): void;
  owns(collection: string, id: string, register: string): boolean;
  destroy(): void;
}

/**
 * Values alone can't tell: hide, show, and somebody else hides, and the older "hide" would look like one's own.
 * So every visible write that came another way ends the ownership of its register.
 */
export function createOwnership(editor: Editor): Ownership {
  const { doc, schema } = editor;
  const owned = new Map<string, Set<string>>();
  const stops: (() => void)[] = [];

  for (const [collection, { layout }] of Object.entries(schema.collections)) {
    const root = rootMap(doc, collection);
    if (root === null) continue;
    const onEvents: Parameters<typeof root.observeDeep>[0] = (events, transaction) => {
      if (isOwn(transaction.origin, editor)) return;
      for (const event of events) {
        if (!(event.target instanceof Y.Map)) continue;
        const [id] = event.path;
        for (const key of event.keys.keys()) {
          if (layout === 'single') owned.get(recordKey(collection, collection))?.delete(key);
          else if (layout === 'flat') {
            const [flatId, register] = splitFlat(key);
            owned.get(recordKey(collection, flatId))?.delete(register);
          } else if (event.path.length === 0) owned.delete(recordKey(collection, key));
          else if (event.path.length === 1) owned.get(recordKey(collection, String(id)))?.delete(key);
        }
      }
    };
    root.observeDeep(onEvents);
    stops.push(() => root.unobserveDeep(onEvents));
  }

  return {
    wrote(changes) {
      for (const { collection, id, register, created } of changes) {
        const key = recordKey(collection, id);
        const registers = owned.get(key) ?? new Set();
        owned.set(key, registers.add(register));
        for (const name of created?.keys() ?? []) registers.add(name);
      }
    },
    owns: (collection, id, register) => owned.get(recordKey(collection, id))?.has(register) === true,
    destroy() {
      for (const stop of stops) stop();
    },
  };
}

function recordKey(collection: string, id: string): string {
  return `${collection}|${id}`;
}

function isOwn(origin: unknown, editor: Editor): boolean {
  return typeof origin === 'object' && origin !== null && 'editor' in origin && origin.editor === editor;
}
