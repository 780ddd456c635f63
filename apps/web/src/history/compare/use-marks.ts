import { kinds } from '@tidemark/documents';
import { type Past, readPast } from '@tidemark/documents/records';
import { useMemo } from 'react';
import * as Y from 'yjs';
import { useLive } from '../live.ts';
import { type Comparison, compare } from './comparison.ts';

/** What differs between two states (one v1 update each) of the document that is open; null until both are here. */
export function useMarks(before: Uint8Array | undefined, after: Uint8Array | undefined): Comparison | null {
  const { kind } = useLive();
  const [old, now] = [usePast(before), usePast(after)];
  return useMemo(() => (old === null || now === null ? null : compare(kind, old, now)), [kind, old, now]);
}

/** What a state says; null until it is here. */
export function usePast(state: Uint8Array | undefined): Past | null {
  const { kind } = useLive();
  return useMemo(() => {
    if (state === undefined) return null;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    const past = readPast(doc, kinds[kind].schema);
    doc.destroy();
    return past;
  }, [kind, state]);
}
