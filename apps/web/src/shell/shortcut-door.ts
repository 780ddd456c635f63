import type { KindName } from '@tidemark/documents';
import { useEffect } from 'react';

const listeners = new Set<() => void>();
let inHand: KindName | null = null;

export function openShortcutSheet(): void {
  for (const listener of listeners) listener();
}

export function onShortcutSheet(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Says that a document of this kind is open, so that its keys are told and not those of other kinds. */
export function useKindInHand(kind: KindName | null): void {
  useEffect(() => {
    inHand = kind;
    return () => {
      inHand = null;
    };
  }, [kind]);
}

/** The kind of the document that is open, if one is. */
export function kindInHand(): KindName | null {
  return inHand;
}
