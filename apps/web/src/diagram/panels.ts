import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { type PanelName, panelNames } from './desk.ts';
import { toolParts } from './tools/parts.ts';

/** One tab of the right-hand panel. */
export interface PanelPart {
  readonly name: PanelName;
  readonly label: string;
  readonly icon: Icon;
  readonly Panel: ComponentType;
  /** A number beside the tab: open threads, problems. A hook; null shows none. */
  readonly useCount?: () => number | null;
}

const parts: readonly PanelPart[] = [...toolParts];

/** The tabs in the order of their names. */
export const panels: readonly PanelPart[] = panelNames.flatMap(
  (name) => parts.find((part) => part.name === name) ?? [],
);
