import type { KindName } from '@tidemark/documents';

/** What it is called to begin a document with a moment: an estimate goes on as its own next version. */
export function forkWords(kind: KindName): string {
  return kind === 'estimate' ? 'New version from this…' : 'New document from this…';
}
