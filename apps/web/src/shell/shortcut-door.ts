const listeners = new Set<() => void>();

export function openShortcutSheet(): void {
  for (const listener of listeners) listener();
}

export function onShortcutSheet(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
