import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';

/** One tab of an editor's right-hand panel. */
export interface PanelPart<Name extends string = string> {
  readonly name: Name;
  readonly label: string;
  readonly icon: Icon;
  readonly Panel: ComponentType;
  /** A number beside the tab: open threads, problems. A hook; null shows none. */
  readonly useCount?: () => number | null;
}

/** What parts of the panel need of an editor's desk. */
export interface PanelDesk<Name extends string> {
  readonly panel: Name | null;
  open(panel: Name | null): void;
  /** Opens the panel, or closes it when it is the one that is open. */
  toggle(panel: Name): void;
}
