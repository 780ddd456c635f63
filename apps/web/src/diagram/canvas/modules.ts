import type { DiagramCanvas } from '@tidemark/modeler';
import { commentModule } from '../comments/comment-entry.ts';
import { toolModules } from '../tools/modules.ts';
import { appendModule } from './append-menu.ts';
import { contextPadModule } from './context-pad.ts';
import { dotGridModule } from './dot-grid.ts';
import { inkModule } from './ink.ts';
import { paletteModule } from './palette.ts';
import { touchModule } from './touch.ts';

/** Our own parts of bpmn-js. */
export function modulesFor(mode: DiagramCanvas['mode']): readonly object[] {
  const seeing = [inkModule, dotGridModule, touchModule, ...toolModules(mode)];
  return mode === 'edit' ? [...seeing, paletteModule, appendModule, contextPadModule, commentModule] : seeing;
}
