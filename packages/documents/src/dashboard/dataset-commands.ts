import { type Editor, newId, transact } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { type Column, type ColumnOverride, maxTitle } from './schema.ts';

/** A file that the server has verified; the document refers to it only then. */
export interface NewDataset {
  readonly fileId: string;
  /** Of the stored bytes, lower-case hexadecimal. */
  readonly sha256: string;
  readonly name: string;
  readonly delimiter: string;
  readonly encoding: string;
  /** Data rows, without the header. */
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** Adds a dataset and returns its id. */
export function addDataset(editor: Editor, dataset: NewDataset): string {
  const id = newId();
  const columns = dataset.columns.map(({ name, type, format }) => ({ name, type, format: { ...format } }));
  transact(editor, 'Add dataset', (write) =>
    write.create('datasets', id, { ...dataset, name: dataset.name.slice(0, maxTitle), columns }),
  );
  return id;
}

/** Charts of it stay and say that their data is gone; undo brings all of it back. */
export function removeDataset(editor: Editor, id: string): boolean {
  return setRegister(editor, 'Remove dataset', id, 'x', 1);
}

export function renameDataset(editor: Editor, id: string, name: string): boolean {
  return setRegister(editor, 'Rename dataset', id, 'name', name.slice(0, maxTitle));
}

/** What a person knows better than inference; null goes back to what was inferred. */
export function overrideColumn(
  editor: Editor,
  id: string,
  column: string,
  override: Partial<ColumnOverride> | null,
): boolean {
  const value: Json =
    override === null ? null : { ...override, format: override.format ? { ...override.format } : null };
  return setRegister(editor, 'Change column', id, `col:${column}`, value);
}

function setRegister(editor: Editor, label: string, id: string, register: string, value: Json): boolean {
  return transact(editor, label, (write) => {
    if (write.exists('datasets', id)) write.set('datasets', id, register, value);
  });
}
