import { type Icon, IconTable } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { type ViewName, viewNames } from './desk.ts';
import { EstimateTab } from './estimate-tab.tsx';

/** One tab of the work itself. */
export interface ViewPart {
  readonly name: ViewName;
  readonly label: string;
  readonly icon: Icon;
  readonly View: ComponentType;
  /** A number beside the tab. A hook; null shows none. */
  readonly useCount?: () => number | null;
}

const estimate: ViewPart = { name: 'estimate', label: 'Estimate', icon: IconTable, View: EstimateTab };

const parts: readonly ViewPart[] = [estimate];

/** The tabs in the order of their names. */
export const views: readonly ViewPart[] = viewNames.flatMap(
  (name) => parts.find((part) => part.name === name) ?? [],
);
