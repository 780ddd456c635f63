import type { MomentRef } from '../api/history.ts';
import type { Version } from '../api/versions.ts';

/** What is asked about a moment of the document on this screen. */
export type HistoryQuestion =
  /** Null: what stands here now. */
  | { readonly is: 'name'; readonly lsn: number | null }
  | { readonly is: 'fork'; readonly from: ForkedFrom }
  | { readonly is: 'restore'; readonly moment: MomentRef; readonly label: string };

/** `label`: what the moment is called. */
export type ForkedFrom = { readonly version: Version } | { readonly lsn: number; readonly label: string };

const listeners = new Set<(question: HistoryQuestion) => void>();

/** Opens the dialog that asks; from the panel, the screen of the past, the command palette, a toast. */
export function ask(question: HistoryQuestion): void {
  for (const listener of listeners) listener(question);
}

export function onAsk(listener: (question: HistoryQuestion) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
