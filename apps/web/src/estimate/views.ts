import { type Icon, IconReportMoney, IconShieldExclamation, IconTable } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { ActualsTab } from './actuals/actuals-tab.tsx';
import { useActualCount } from './actuals/use-actual-count.ts';
import { type ViewName, viewNames } from './desk.ts';
import { EstimateTab } from './estimate-tab.tsx';
import { RisksTab } from './risks/risks-tab.tsx';
import { useRiskCount } from './risks/use-risk-count.ts';

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

const risks: ViewPart = {
  name: 'risks',
  label: 'Risks',
  icon: IconShieldExclamation,
  View: RisksTab,
  useCount: useRiskCount,
};

const actuals: ViewPart = {
  name: 'actuals',
  label: 'Actuals',
  icon: IconReportMoney,
  View: ActualsTab,
  useCount: useActualCount,
};

const parts: readonly ViewPart[] = [estimate, risks, actuals];

/** The tabs in the order of their names. */
export const views: readonly ViewPart[] = viewNames.flatMap(
  (name) => parts.find((part) => part.name === name) ?? [],
);
