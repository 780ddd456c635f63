import { IconPaperclip } from '@tabler/icons-react';
import { describeDiagramSession } from '@tidemark/documents/diagram';
import type { PanelPart as AnyPanelPart } from '../editor/panel-part.ts';
import { FilesPanel, useAttachmentCount } from '../files/files-panel.tsx';
import { historyPart } from '../history/panel/history-part.tsx';
import { commentsPart } from './comments/comments-part.tsx';
import { type PanelName, panelNames } from './desk.ts';
import { toolParts } from './tools/parts.ts';

/** One tab of the right-hand panel. */
export type PanelPart = AnyPanelPart<PanelName>;

const files: PanelPart = {
  name: 'files',
  label: 'Files',
  icon: IconPaperclip,
  Panel: FilesPanel,
  useCount: useAttachmentCount,
};

const parts: readonly PanelPart[] = [...toolParts, historyPart(describeDiagramSession), commentsPart, files];

/** The tabs in the order of their names. */
export const panels: readonly PanelPart[] = panelNames.flatMap(
  (name) => parts.find((part) => part.name === name) ?? [],
);
