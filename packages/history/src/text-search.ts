import type { KindSchema } from '@tidemark/documents/records';
import type { LogEntry } from '@tidemark/sync';
import * as Y from 'yjs';
import { Places } from './places.ts';
import type { Author, AuthoredText } from './ports.ts';
import { beginningOf, Reading } from './written.ts';

/** Finds who wrote and deleted in the texts that differ between two replicas. */
export class TextSearch {
  readonly #authors = new Map<string, Map<string | null, Author>>();
  readonly #reading: Reading | null;

  /** `detail`: what is in it already was written before the entries that can be looked at. */
  constructor(one: Y.Doc, two: Y.Doc, schema: KindSchema, detail: Y.Doc | null) {
    const names = new Set([...one.share.keys(), ...two.share.keys()]);
    for (const name of [...names].sort()) {
      if (Object.hasOwn(schema.collections, name)) continue;
      if (textIn(one, name) !== textIn(two, name)) this.#authors.set(name, new Map());
    }
    const begin = detail ?? one;
    this.#reading =
      this.#authors.size === 0
        ? null
        : new Reading(new Places(two, schema), beginningOf(begin, new Places(begin, schema)));
  }

  look(entry: LogEntry): void {
    if (this.#reading === null) return;
    const { lsn, at, userId } = entry;
    for (const written of this.#reading.read(entry)) {
      if (written.type === 'text') this.#authors.get(written.text)?.set(userId, { lsn, at, userId });
    }
  }

  found(): AuthoredText[] {
    return [...this.#authors].map(([text, by]) => ({
      text,
      by: [...by.values()].sort((a, b) => a.lsn - b.lsn),
    }));
  }
}

/** Null where there is something else than text under this name. */
function textIn(doc: Y.Doc, name: string): string | null {
  const known = doc.share.get(name);
  if (known !== undefined && !(known instanceof Y.Text) && known.constructor !== Y.AbstractType) return null;
  return doc.getText(name).toString();
}
