import type { LoadedDocument } from './ports.ts';

/** Checkpoint and entries as the workbench takes them. */
export function logBytes({ checkpoint, tail }: LoadedDocument): Uint8Array[] {
  const updates = tail.map(({ update }) => update);
  return checkpoint === null ? updates : [checkpoint.state, ...updates];
}
