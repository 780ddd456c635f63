import type { MomentRef } from '../api/history.ts';

/** How an address names a moment of the document. */
export function momentSearch(moment: MomentRef): { at: number } | { version: string } {
  return 'lsn' in moment ? { at: moment.lsn } : { version: moment.versionId };
}
