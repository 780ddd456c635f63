import type { StatusName } from '@tidemark/documents/estimate';

/** What is asked about the status of the estimate on this screen. */
export type VersionQuestion =
  | { readonly is: 'submit' }
  | { readonly is: 'status'; readonly to: Exclude<StatusName, 'submitted'> };

const listeners = new Set<(question: VersionQuestion) => void>();

/** Opens the dialog that asks; from the panel, the command palette, a toast. */
export function ask(question: VersionQuestion): void {
  for (const listener of listeners) listener(question);
}

export function onAsk(listener: (question: VersionQuestion) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
