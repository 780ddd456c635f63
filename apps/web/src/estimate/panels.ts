import {
  IconAdjustmentsHorizontal,
  IconPaperclip,
  IconReceipt2,
  IconTags,
  IconVersions,
} from '@tabler/icons-react';
import { describeEstimateSession } from '@tidemark/documents/estimate';
import type { PanelPart as AnyPanelPart } from '../editor/panel-part.ts';
import { FilesPanel, useAttachmentCount } from '../files/files-panel.tsx';
import { historyPart } from '../history/panel/history-part.tsx';
import { commentsPart } from './comments/comments-part.tsx';
import { type PanelName, panelNames } from './desk.ts';
import { PricesPanel } from './price-list/prices-panel.tsx';
import { SettingsPanel } from './settings/settings-panel.tsx';
import { SummaryPanel } from './summary/summary-panel.tsx';
import { VersionsPanel } from './versions/versions-panel.tsx';

/** One tab of the right-hand panel. */
export type PanelPart = AnyPanelPart<PanelName>;

const summary: PanelPart = { name: 'summary', label: 'Summary', icon: IconReceipt2, Panel: SummaryPanel };

const settings: PanelPart = {
  name: 'settings',
  label: 'Settings',
  icon: IconAdjustmentsHorizontal,
  Panel: SettingsPanel,
};

const prices: PanelPart = { name: 'prices', label: 'Price list', icon: IconTags, Panel: PricesPanel };

const versions: PanelPart = { name: 'versions', label: 'Versions', icon: IconVersions, Panel: VersionsPanel };

const files: PanelPart = {
  name: 'files',
  label: 'Files',
  icon: IconPaperclip,
  Panel: FilesPanel,
  useCount: useAttachmentCount,
};

const history = historyPart(describeEstimateSession);

const parts: readonly PanelPart[] = [summary, settings, prices, versions, history, commentsPart, files];

/** The tabs in the order of their names. */
export const panels: readonly PanelPart[] = panelNames.flatMap(
  (name) => parts.find((part) => part.name === name) ?? [],
);
