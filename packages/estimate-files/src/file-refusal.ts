/**
 * Why a file can't be read, as a value. The codes are rows of the protocol's refusal table.
 * - `too-large`: too many bytes, cells or rows, or a small file that would become a large one.
 * - `unknown-encoding`: bytes that are no text.
 * - `password-protected`, `old-format`: a workbook that has to be saved in another way first.
 * - `not-a-table`: another kind of file, broken, or without a row.
 * - `not-an-estimate`: JSON that is not what `writeJson` writes.
 * - `invalid`: columns that do not fit the file.
 */
export interface FileRefusal {
  readonly refused:
    | 'too-large'
    | 'unknown-encoding'
    | 'password-protected'
    | 'old-format'
    | 'not-a-table'
    | 'not-an-estimate'
    | 'invalid';
  /** Plain English for the person who has the file. */
  readonly detail: string;
}

export function refuseFile(refused: FileRefusal['refused'], detail: string): FileRefusal {
  return { refused, detail };
}

export function isFileRefusal(value: object): value is FileRefusal {
  return 'refused' in value;
}
