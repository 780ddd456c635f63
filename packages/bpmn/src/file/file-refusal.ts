/**
 * Why a file can't be read, as a value. The codes are rows of the protocol's refusal table.
 * - `too-large`: too many bytes, elements or levels.
 * - `unknown-encoding`: bytes that are not text in the encoding that the file declares, or an encoding nobody knows.
 * - `not-xml`: another kind of file, or XML that is cut off or broken.
 * - `unsafe-xml`: a document type or an entity, by which a small file can become a large one or read another.
 * - `not-bpmn`: XML of another language.
 */
export interface FileRefusal {
  readonly refused: 'too-large' | 'unknown-encoding' | 'not-xml' | 'unsafe-xml' | 'not-bpmn';
  /** Plain English for the person who has the file. */
  readonly detail: string;
  /** From 1; null where no line is to blame. */
  readonly line: number | null;
}

export function refuseFile(
  refused: FileRefusal['refused'],
  detail: string,
  line: number | null = null,
): FileRefusal {
  return { refused, detail, line };
}

export function isFileRefusal(value: object): value is FileRefusal {
  return 'refused' in value;
}
