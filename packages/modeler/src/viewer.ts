import Modeler from 'bpmn-js/lib/Modeler';
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import type { Viewer } from './bpmn-js.ts';
import { FaithfulFactory } from './faithful-factory.ts';
import { fontFamily } from './fonts.ts';
import { createIds } from './ids.ts';
import type { CanvasModdle } from './moddle.ts';
import { QuietUpdater } from './quiet-updater.ts';

export interface ViewerOptions {
  readonly container: HTMLElement;
  readonly mode: 'edit' | 'read';
  readonly modules: readonly object[];
}

/** bpmn-js as this room needs it: the modeler, or the viewer that changes nothing. */
export function createViewer({ container, mode, modules }: ViewerOptions): Viewer {
  const options = {
    container,
    additionalModules: [mode === 'edit' ? editing : reading, ...modules],
    textRenderer: { defaultStyle: { fontFamily }, externalStyle: { fontFamily } },
  };
  const viewer = (mode === 'edit'
    ? new Modeler(options as never)
    : new NavigatedViewer(options as never)) as unknown as Viewer;
  if (mode === 'edit') viewer.get<CanvasModdle>('moddle').ids = createIds();
  return viewer;
}

/**
 * bpmn-js mends older files when it opens them, by moving the content of collapsed subprocesses to planes of its
 * own making. Each client would do so by itself and write its own; files are mended once, when they are imported.
 */
const reading = { subprocessCompatibility: ['value', null] };

const editing = {
  ...reading,
  bpmnUpdater: ['type', QuietUpdater],
  elementFactory: ['type', FaithfulFactory],
};
