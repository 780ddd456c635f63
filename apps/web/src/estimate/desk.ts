import { useMemo, useState } from 'react';
import type { PanelDesk } from '../editor/panel-part.ts';
import { createSelection, type Selection } from './selection.ts';

/** Tabs of the work itself, in their order. */
export const viewNames = ['estimate', 'risks', 'actuals'] as const;
export type ViewName = (typeof viewNames)[number];

/** Tabs of the right-hand panel, in their order. */
export const panelNames = [
  'summary',
  'settings',
  'prices',
  'versions',
  'history',
  'comments',
  'files',
] as const;
export type PanelName = (typeof panelNames)[number];

/** Something in the estimate that can be brought into sight. */
export interface Target {
  readonly kind: 'line' | 'section' | 'risk';
  readonly id: string;
}

/** A wish to see it. */
export interface Wanted extends Target {
  /** Whether it is chosen as well: not where a screen only follows another one. */
  readonly choose: boolean;
}

/** What is open and chosen on this screen alone. */
export interface Desk extends PanelDesk<PanelName> {
  readonly view: ViewName;
  /** Cells of the grid. It changes with every arrow key, so it tells of itself: nothing that reads the desk renders by it. */
  readonly selection: Selection;
  /** The risk that is chosen in the view of risks. */
  readonly risk: string | null;
  /** What is to be brought into sight and is not yet. */
  readonly wanted: Wanted | null;
  look(view: ViewName): void;
  chooseRisk(id: string | null): void;
  /** Opens the view in which it stands and asks that view to show it. */
  reveal(target: Target, options?: { readonly choose: boolean }): void;
  /** Said by the view that has shown what was wanted. */
  revealed(): void;
}

/** Pixels from which the grid beside the panel still shows its amounts. */
const wide = 1260;

/** `first`: the panel that is open at first where there is room for one. */
export function useDeskState(first: PanelName = 'summary'): Desk {
  const [view, look] = useState<ViewName>('estimate');
  const [panel, open] = useState<PanelName | null>(() => (innerWidth >= wide ? first : null));
  const [risk, chooseRisk] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [selection] = useState(createSelection);
  // The same functions for ever: what shows others' screens begins anew when they change.
  const acts = useMemo(
    () => ({
      look,
      open,
      toggle: (name: PanelName) => open((now) => (now === name ? null : name)),
      chooseRisk,
      reveal(target: Target, { choose } = { choose: true }) {
        look(target.kind === 'risk' ? 'risks' : 'estimate');
        setWanted({ ...target, choose });
      },
      revealed: () => setWanted(null),
    }),
    [],
  );
  return useMemo(
    () => ({ ...acts, view, panel, selection, risk, wanted }),
    [acts, view, panel, selection, risk, wanted],
  );
}
