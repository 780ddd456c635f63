import { type KindName, kinds } from '@tidemark/documents';
import { dashboard } from '@tidemark/documents/dashboard';
import { createEditor, createReader, transact } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { estimateFromTemplate, givePapers } from '../estimates/begin.ts';
import type { Verified } from '../files/shelf.ts';

/** What goes along with a copy: its files and attachments under ids of their own, by the ids they have in the original. */
export interface Luggage {
  readonly files: ReadonlyMap<string, Verified>;
  readonly attachments: ReadonlyMap<string, string>;
}

/** A document as another one begins: the content under a title of its own, referring to files of its own. */
export function copyOf(
  state: Uint8Array,
  { kind, title, asTemplate = false }: { kind: KindName; title: string; asTemplate?: boolean },
  userId: string,
  { files, attachments }: Luggage,
): Uint8Array {
  const original = new Y.Doc();
  Y.applyUpdate(original, state);
  const doc = asTemplate && kind === 'estimate' ? estimateFromTemplate(original, userId) : original;
  retitle(doc, kind, userId, title);
  if (kind === 'dashboard') giveFiles(doc, userId, files);
  if (kind === 'estimate') givePapers(doc, userId, attachments);
  const copied = Y.encodeStateAsUpdate(doc);
  original.destroy();
  doc.destroy();
  return copied;
}

export function retitle(doc: Y.Doc, kind: KindName, userId: string, title: string): void {
  transact(createEditor(doc, kinds[kind].schema, userId), 'Rename', (write) =>
    write.set('meta', 'meta', 'title', title),
  );
}

/** The copy refers to files of its own, so that it keeps them when its original is gone. */
function giveFiles(doc: Y.Doc, userId: string, files: ReadonlyMap<string, Verified>): void {
  const reader = createReader(doc, dashboard);
  const { datasets } = reader.view();
  reader.destroy();
  transact(createEditor(doc, kinds.dashboard.schema, userId), 'Duplicate', (write) => {
    for (const { id, fileId } of datasets) {
      const file = files.get(fileId ?? '');
      if (file) write.set('datasets', id, 'fileId', file.id);
    }
  });
}
