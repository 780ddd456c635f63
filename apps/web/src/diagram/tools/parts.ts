import { IconAdjustments, IconAlertTriangle, IconListTree } from '@tabler/icons-react';
import { OutlinePanel } from '../outline/outline-panel.tsx';
import type { PanelPart } from '../panels.ts';
import { ProblemsPanel } from '../problems/problems-panel.tsx';
import { useProblems } from '../problems/use-problems.ts';
import { PropertiesPanel } from '../properties/properties-panel.tsx';
import { withTools } from './with-tools.tsx';

/** The tools' tabs of the right-hand panel. */
export const toolParts: readonly PanelPart[] = [
  { name: 'properties', label: 'Properties', icon: IconAdjustments, Panel: withTools(PropertiesPanel) },
  { name: 'outline', label: 'Outline', icon: IconListTree, Panel: withTools(OutlinePanel) },
  {
    name: 'problems',
    label: 'Problems',
    icon: IconAlertTriangle,
    Panel: withTools(ProblemsPanel),
    useCount: () => useProblems()?.length ?? null,
  },
];
