import { useCallback, useEffect, useRef, useState } from 'react';

interface Draft {
  readonly text: string;
  /** What the document said when typing began. */
  readonly base: string;
}

interface Options {
  readonly value: string;
  /** Why the text can't stand, or null. */
  readonly problem?: ((text: string) => string | null) | undefined;
  readonly commit: (text: string) => void;
}

export interface DraftField {
  readonly text: string;
  /** Why what is typed is not taken. */
  readonly error: string | null;
  /** Others have changed the value since typing began. */
  readonly overtaken: boolean;
  type(text: string): void;
  /** Writes what is typed, if it may stand; false if it may not. */
  settle(): boolean;
  revert(): void;
}

/**
 * Text on its way into the document: it is one's own until it is settled, whatever others do to the value meanwhile, and then it is
 * one gesture. What is typed when the field goes away is settled, not lost.
 */
export function useDraft({ value, problem, commit }: Options): DraftField {
  const [draft, setDraft] = useState<Draft | null>(null);
  const [error, setError] = useState<string | null>(null);
  const latest = useRef({ value, problem, commit, draft });
  latest.current = { value, problem, commit, draft };

  const keep = useCallback((next: Draft | null) => {
    latest.current.draft = next;
    setDraft(next);
  }, []);

  const settle = useCallback((): boolean => {
    const now = latest.current;
    if (now.draft === null) return true;
    const { text } = now.draft;
    const wrong = text === now.value ? null : (now.problem?.(text) ?? null);
    setError(wrong);
    if (wrong !== null) return false;
    keep(null);
    if (text !== now.value) now.commit(text);
    return true;
  }, [keep]);

  useEffect(
    () => () => {
      settle();
    },
    [settle],
  );

  return {
    text: draft?.text ?? value,
    error,
    overtaken: draft !== null && draft.base !== value && draft.text !== value,
    type(text) {
      setError(null);
      keep({ text, base: draft?.base ?? value });
    },
    settle,
    revert() {
      setError(null);
      keep(null);
    },
  };
}
