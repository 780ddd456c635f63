const listeners = new Set<() => void>();

/** Opens the proposal of the estimate on this screen. */
export function openProposal(): void {
  for (const listener of listeners) listener();
}

export function onProposal(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
