import type { MomentRef } from '../api/history.ts';

/** One of the two that are compared: a document as it is now, a version of it, or a moment of it. */
export interface Side {
  readonly documentId: string;
  /** Null: as it is now. */
  readonly at: MomentRef | null;
}

/** As it stands in an address: `document`, `document.version` or `document@lsn`. */
export function sideText({ documentId, at }: Side): string {
  if (at === null) return documentId;
  return 'lsn' in at ? `${documentId}@${at.lsn}` : `${documentId}.${at.versionId}`;
}

/** Null when the text is no side. */
export function readSide(text: string | undefined): Side | null {
  const read = /^([^.@]+)(?:\.([^.@]+)|@(0|[1-9]\d{0,15}))?$/.exec(text ?? '');
  if (!read) return null;
  const [, documentId = '', versionId, lsn] = read;
  if (lsn !== undefined) {
    return Number.isSafeInteger(Number(lsn)) ? { documentId, at: { lsn: Number(lsn) } } : null;
  }
  return { documentId, at: versionId === undefined ? null : { versionId } };
}

/** Whether both are one and the same. */
export function sameSide(one: Side, other: Side): boolean {
  return sideText(one) === sideText(other);
}
