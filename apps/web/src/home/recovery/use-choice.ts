import { useCallback, useMemo, useState } from 'react';
import type { RecoveryStanding } from '../../api/recovery.ts';
import { untitled } from '../../shell/kind-words.ts';
import { acts } from './words.ts';

/** Which documents of a space go back: all that something would happen to, but those that were left out. */
export interface Choice {
  /** In the order in which they are shown: what can be chosen, what cannot be told any more, what stays; by title. */
  readonly items: readonly RecoveryStanding[];
  /** Those of them that the filter leaves. */
  readonly shown: readonly RecoveryStanding[];
  readonly filter: string;
  readonly setFilter: (text: string) => void;
  readonly isChosen: (id: string) => boolean;
  readonly toggle: (id: string) => void;
  /** Of all that is shown. */
  readonly setShown: (chosen: boolean) => void;
  /** Documents that something can happen to; how many are chosen, of all and of those that are shown. */
  readonly able: number;
  readonly chosen: number;
  readonly ableShown: number;
  readonly chosenShown: number;
  /** What to ask for; null: all of the space. */
  readonly documents: readonly string[] | null;
}

/** `nearest`: also where only a version before the time is left. */
export function useChoice(found: readonly RecoveryStanding[], nearest: boolean): Choice {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');
  const items = useMemo(() => inOrder(found, nearest), [found, nearest]);
  const able = useMemo(() => items.filter((item) => acts(item, nearest)), [items, nearest]);
  const shown = useMemo(() => items.filter((item) => holds(item, filter)), [items, filter]);
  const ableShown = useMemo(() => shown.filter((item) => acts(item, nearest)), [shown, nearest]);
  const isChosen = (id: string) => !left.has(id);
  const toggle = useCallback((id: string) => {
    setLeft((before) => (before.has(id) ? without(before, [id]) : new Set([...before, id])));
  }, []);
  const chosen = able.filter(({ document: { id } }) => isChosen(id));
  return {
    ...{ items, shown, filter, setFilter, isChosen, toggle },
    setShown(on) {
      const ids = ableShown.map(({ document: { id } }) => id);
      setLeft((before) => (on ? without(before, ids) : new Set([...before, ...ids])));
    },
    able: able.length,
    chosen: chosen.length,
    ableShown: ableShown.length,
    chosenShown: ableShown.filter(({ document: { id } }) => isChosen(id)).length,
    documents: chosen.length === able.length ? null : chosen.map(({ document: { id } }) => id),
  };
}

function without(set: ReadonlySet<string>, ids: readonly string[]): ReadonlySet<string> {
  const kept = new Set(set);
  for (const id of ids) kept.delete(id);
  return kept;
}

function inOrder(items: readonly RecoveryStanding[], nearest: boolean): RecoveryStanding[] {
  const rank = (item: RecoveryStanding) => (acts(item, nearest) ? 0 : item.standing === 'no-detail' ? 1 : 2);
  return [...items].sort((a, b) => rank(a) - rank(b) || titleOf(a).localeCompare(titleOf(b)));
}

/** Every word of the filter, anywhere in the title. */
export function holds(item: RecoveryStanding, filter: string): boolean {
  const title = titleOf(item).toLocaleLowerCase();
  return filter
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => title.includes(word));
}

export function titleOf({ document: { title, kind } }: RecoveryStanding): string {
  return title || untitled(kind);
}
