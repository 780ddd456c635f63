import { type FocusEvent, useEffect, useMemo } from 'react';
import { usePresencePart } from '../../editor/use-presence.ts';
import { colourOf } from '../../shell/colour.ts';
import type { Holder } from '../cells/cell-notes.tsx';
import { useDesk, usePresenceWriter } from '../context.ts';
import { estimatePresence } from '../presence.ts';
import { placeOf } from '../use-estimate-presence.ts';

/** Says to others which field of which risk the focus is in. A row bears `data-risk`, a field `data-field`. */
export function useRiskPresence(): { onFocus(event: FocusEvent): void; onBlur(): void } {
  const writer = usePresenceWriter();
  const { selection, chooseRisk } = useDesk();
  useEffect(() => () => writer?.set({ ...placeOf(selection.get()), editing: false }), [writer, selection]);
  return useMemo(
    () => ({
      onFocus({ target }) {
        const row = target.closest('[data-risk]')?.getAttribute('data-risk') ?? null;
        const field = target.closest('[data-field]')?.getAttribute('data-field') ?? null;
        if (row === null) return;
        chooseRisk(row);
        writer?.set({
          cell: { line: row, column: field ?? 'title' },
          range: null,
          editing: field !== null,
        });
      },
      onBlur: () => writer?.set({ cell: null, range: null, editing: false }),
    }),
    [writer, chooseRisk],
  );
}

export type Holders = Readonly<Record<string, Holder>>;
const nobody: Holders = {};

/** Who else is in which field, by risk and field. */
export function useHolders(): (risk: string) => Holders {
  const byRisk = usePresencePart(estimatePresence, (peers) => {
    const found: Record<string, Record<string, Holder>> = {};
    for (const { view, cell, away, user } of peers) {
      if (view !== 'risks' || cell === null || away) continue;
      found[cell.line] = {
        ...found[cell.line],
        [cell.column]: { name: user.name, colour: colourOf(user.id) },
      };
    }
    return found;
  });
  return useMemo(
    () => (risk) => (Object.hasOwn(byRisk, risk) ? byRisk[risk] : undefined) ?? nobody,
    [byRisk],
  );
}
