type Listener = (file: File | null) => void;

const listeners = new Set<Listener>();

/** Opens the import of lines into the estimate on this screen, of this file or of one that is chosen there. */
export function openImport(file: File | null = null): void {
  for (const listener of listeners) listener(file);
}

export function onImport(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
