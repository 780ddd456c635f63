/** One of the two that are compared: a document as it is now, or a version of it. */
export interface Side {
  readonly documentId: string;
  /** Null: as it is now. */
  readonly versionId: string | null;
}

/** As it stands in an address. */
export function sideText({ documentId, versionId }: Side): string {
  return versionId === null ? documentId : `${documentId}.${versionId}`;
}

/** Null when the text is no side. */
export function readSide(text: string | undefined): Side | null {
  const [documentId, versionId, more] = (text ?? '').split('.');
  if (!documentId || more !== undefined || versionId === '') return null;
  return { documentId, versionId: versionId ?? null };
}
