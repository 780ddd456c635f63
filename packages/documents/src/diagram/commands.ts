import { type Editor, transact } from '../records/editor.ts';
import type { WriteOptions } from './write.ts';

const maxTitle = 500;

export function setTitle(editor: Editor, title: string, options: WriteOptions = {}): boolean {
  return transact(
    editor,
    'Rename diagram',
    (write) => write.set('meta', 'meta', 'title', title.slice(0, maxTitle)),
    options,
  );
}
