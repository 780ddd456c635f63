const listeners = new Set<() => void>();

/** Opens the import of lines into the estimate on this screen. */
export function openImport(): void {
  for (const listener of listeners) listener();
}

export function onImport(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
