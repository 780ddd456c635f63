import { useEffect, useState } from 'react';
import * as Y from 'yjs';
import { useLive } from '../live.ts';
import type { Side } from '../side.ts';
import { useSideLabel, useSideState } from '../use-side.ts';

export interface ComparedSide {
  readonly side: Side;
  readonly label: string;
  /** One v1 update; undefined until it is here. */
  readonly state: Uint8Array | undefined;
  readonly error: Error | null;
  again(): void;
}

/** A side with its state. That of now is another one whenever somebody has edited. */
export function useComparedSide(side: Side): ComparedSide {
  const { documentId } = useLive();
  const isNow = side.documentId === documentId && side.at === null;
  const now = useNow(isNow);
  const { state, error, again } = useSideState(side);
  return {
    side,
    label: useSideLabel(side),
    state: isNow ? now : state,
    error: isNow ? null : error,
    again,
  };
}

/** Milliseconds between two looks at what people are typing. */
const look = 250;

/** The live document as it is now; undefined while nobody asks. */
function useNow(asked: boolean): Uint8Array | undefined {
  const { doc } = useLive().provider;
  const [state, setState] = useState<Uint8Array>();
  useEffect(() => {
    if (!asked) return;
    let later: number | undefined;
    const read = () => {
      later = undefined;
      setState(Y.encodeStateAsUpdate(doc));
    };
    const hear = () => {
      later ??= window.setTimeout(read, look);
    };
    read();
    doc.on('update', hear);
    return () => {
      doc.off('update', hear);
      window.clearTimeout(later);
      setState(undefined);
    };
  }, [doc, asked]);
  return state;
}
