import type { DiagramView } from '@tidemark/documents/diagram';
import type { Editor, Reader } from '@tidemark/documents/records';
import type { DiagramCanvas } from '@tidemark/modeler';
import { createContext, useContext, useSyncExternalStore } from 'react';

/** What every tool around the canvas works on. */
export interface Tools {
  readonly canvas: DiagramCanvas;
  readonly reader: Reader<DiagramView>;
  readonly editor: Editor;
  readonly mayEdit: boolean;
}

export const ToolsContext = createContext<Tools | null>(null);

export function useTools(): Tools {
  const tools = useContext(ToolsContext);
  if (!tools) throw new Error('A tool stands outside of the diagram.');
  return tools;
}

/** The records as they read now; a new object after each change, its unchanged elements the same. */
export function useDiagramView(): DiagramView {
  const { reader } = useTools();
  return useSyncExternalStore(reader.subscribe, reader.view);
}
