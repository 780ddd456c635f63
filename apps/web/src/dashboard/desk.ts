import { useMemo, useState } from 'react';

export type PanelName = 'chart' | 'data' | 'look' | 'hidden' | 'history' | 'comments' | 'files';

/** What is open and chosen on this screen alone. */
export interface Desk {
  readonly selected: string | null;
  readonly panel: PanelName | null;
  readonly filtersOpen: boolean;
  readonly adding: boolean;
  select(chartId: string | null): void;
  open(panel: PanelName | null): void;
  /** Selects a chart and opens what can be set about it. */
  edit(chartId: string): void;
  showFilters(open: boolean): void;
  showAdding(open: boolean): void;
}

/** `first`: the panel that is open at first. */
export function useDeskState(first: PanelName | null = null): Desk {
  const [selected, setSelected] = useState<string | null>(null);
  const [panel, setPanel] = useState<PanelName | null>(first);
  const [filtersOpen, showFilters] = useState(false);
  const [adding, showAdding] = useState(false);
  return useMemo(
    () => ({
      selected,
      panel,
      filtersOpen,
      adding,
      select(chartId) {
        setSelected(chartId);
        if (chartId === null) setPanel((open) => (open === 'chart' ? null : open));
      },
      open: setPanel,
      edit(chartId) {
        setSelected(chartId);
        setPanel('chart');
      },
      showFilters,
      showAdding,
    }),
    [selected, panel, filtersOpen, adding],
  );
}
