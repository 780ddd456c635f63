import type { Change } from '@tidemark/documents';
import type { Past } from '@tidemark/documents/records';

/** PLACEHOLDER until restoreThings is here. */
export function ChangeActions(_: { change: Change; before: Past | null; label: string }) {
  return null;
}
