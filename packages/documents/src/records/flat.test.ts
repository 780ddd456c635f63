import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createEditor, transact } from './editor.ts';
import { createReader, type Kind } from './reader.ts';
import { text } from './register.ts';
import type { KindSchema } from './schema.ts';
import { readState, type State } from './state.ts';
import { readMembers, recordExists } from './storage.ts';

const schema = {
  kind: 'toy',
  version: 1,
  collections: { parts: { layout: 'flat', registers: { name: text() }, families: {} } },
} as const satisfies KindSchema;
const kind: Kind<State> = { schema, view: (state) => state };

/** What a flat collection looks like to somebody who walks all of its keys. */
function walked(doc: Y.Doc, id: string): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of doc.getMap('parts').entries()) {
    const at = key.indexOf('|');
    if (at !== -1 && key.slice(0, at) === id && value !== null) found.set(key.slice(at + 1), value);
  }
  return found;
}

const ids = ['a', 'b', 'a/b', ''];
const step = fc.record({
  what: fc.constantFrom(
    'create' as const,
    'set' as const,
    'foreign' as const,
    'delete' as const,
    'remove' as const,
  ),
  id: fc.constantFrom(...ids),
  register: fc.constantFrom('name', 'other', 'with|bar'),
  value: fc.constantFrom('x', 'y', null),
});

describe('flat collections', () => {
  test('REC-4, REC-13: whatever is written, by commands, by others or by nobody of ours, records are found as by walking all keys, within a command too', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const doc = new Y.Doc();
        const other = new Y.Doc();
        const editor = createEditor(doc, schema);
        const reader = createReader(doc, kind);
        reader.view();
        for (const { what, id, register, value } of steps) {
          if (what === 'foreign' || what === 'delete') {
            Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
            if (what === 'foreign') other.getMap('parts').set(`${id}|${register}`, value);
            else other.getMap('parts').delete(`${id}|${register}`);
            Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
          } else if (id !== '') {
            transact(editor, 'Edit', (write) => {
              if (what === 'create') write.create('parts', id, { [register]: value });
              else if (what === 'set') write.set('parts', id, register, value);
              else if (write.exists('parts', id)) write.remove('parts', id);
              expect(write.members('parts', id, '')).toEqual(walked(doc, id));
            });
          }
          for (const each of ids) {
            expect(readMembers(doc, 'parts', 'flat', each, '')).toEqual(walked(doc, each));
            const there = [...doc.getMap('parts').keys()].some((key) => key.startsWith(`${each}|`));
            expect(recordExists(doc, 'parts', 'flat', each)).toBe(there);
          }
          const before = reader.state().parts;
          expect(reader.state()).toEqual(readState(doc, schema));
          expect(reader.state().parts).toBe(before);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('REC-4: a write into one record leaves the others the same objects', () => {
    const doc = new Y.Doc();
    const editor = createEditor(doc, schema);
    transact(editor, 'Add', (write) => {
      write.create('parts', 'a', { name: 'a' });
      write.create('parts', 'b', { name: 'b' });
    });
    const reader = createReader(doc, kind);
    const before = reader.state().parts;
    transact(editor, 'Name', (write) => write.set('parts', 'a', 'name', 'c'));
    const after = reader.state().parts;
    expect(after?.get('b')).toBe(before?.get('b'));
    expect(after?.get('a')).toEqual(new Map([['name', 'c']]));
  });
});
