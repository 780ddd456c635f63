import { useMemo, useState } from 'react';
import type { PanelDesk } from '../editor/panel-part.ts';

/** Tabs of the right-hand panel, in their order. */
export const panelNames = ['properties', 'outline', 'problems', 'history', 'comments', 'files'] as const;
export type PanelName = (typeof panelNames)[number];

/** What is open on this screen alone. */
export type Desk = PanelDesk<PanelName>;

/** Pixels from which the panel leaves room enough for the work beside it. */
const wide = 1100;

/** `first`: the panel that is open at first where there is room for one. */
export function useDeskState(first: PanelName = 'properties'): Desk {
  const [panel, open] = useState<PanelName | null>(() => (innerWidth >= wide ? first : null));
  return useMemo(
    () => ({ panel, open, toggle: (name) => open((now) => (now === name ? null : name)) }),
    [panel],
  );
}
