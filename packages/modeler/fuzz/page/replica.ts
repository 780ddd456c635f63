import { type DiagramView, diagram } from '@tidemark/documents/diagram';
import {
  createEditor,
  createReader,
  createUndo,
  type Done,
  type Editor,
  type Reader,
  type Undo,
} from '@tidemark/documents/records';
import * as Y from 'yjs';
import { createDiagramCanvas, type DiagramCanvas } from '../../src/index.ts';
import type { Get, Services } from './bpmn.ts';
import { fromNetwork } from './network.ts';

/** One person's replica with the canvas on it. */
export interface Replica {
  readonly doc: Y.Doc;
  readonly reader: Reader<DiagramView>;
  readonly editor: Editor;
  readonly undo: Undo;
  readonly reads: boolean;
  readonly canvas: DiagramCanvas;
  readonly get: Get;
  /** Faults that the canvas told, oldest first. */
  readonly faults: unknown[];
  /** What the canvas wrote: commands, undos and redos. */
  readonly done: Done[];
  readonly received: number;
  /** Closes the canvas and opens another one on the same document. */
  reopen(): Promise<void>;
  destroy(): void;
}

export async function openReplica(
  seed: Uint8Array,
  options: { readonly clientId: number; readonly reads: boolean; readonly enter: (doc: Y.Doc) => void },
): Promise<Replica> {
  const doc = new Y.Doc();
  doc.clientID = options.clientId;
  Y.applyUpdate(doc, seed, fromNetwork);
  options.enter(doc);
  const reader = createReader(doc, diagram);
  const editor = createEditor(doc, diagram.schema, `user ${options.clientId}`);
  const undo = createUndo(editor);
  const faults: unknown[] = [];
  const done: Done[] = [];
  editor.onCommand((entry) => done.push(entry));
  let received = 0;
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === fromNetwork) received += 1;
  });

  const open = async () => {
    const container = document.createElement('div');
    container.className = 'canvas';
    document.body.append(container);
    const mode = options.reads ? 'read' : 'edit';
    const canvas = await createDiagramCanvas({ container, reader, editor, undo, mode });
    canvas.onFault((error) => faults.push(error));
    return { canvas, container };
  };
  let opened = await open();
  const close = () => {
    opened.canvas.destroy();
    opened.container.remove();
  };

  return {
    doc,
    reader,
    editor,
    undo,
    faults,
    done,
    reads: options.reads,
    get canvas() {
      return opened.canvas;
    },
    get received() {
      return received;
    },
    get: (name) => opened.canvas.get<Services[typeof name]>(name),
    async reopen() {
      const shown = opened.canvas.shownDiagram();
      close();
      opened = await open();
      if (shown !== null && opened.canvas.diagrams().some(({ key }) => key === shown)) {
        await opened.canvas.showDiagram(shown);
      }
    },
    destroy() {
      close();
      undo.destroy();
      reader.destroy();
      doc.destroy();
    },
  };
}
