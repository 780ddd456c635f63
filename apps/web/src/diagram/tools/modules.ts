import type { DiagramCanvas } from '@tidemark/modeler';
import minimapModule from 'diagram-js-minimap';
import { keepUnknownModule } from '../clipboard/keep-unknown.ts';
import { changeModule } from './change.ts';
import { keysModule } from './keys.ts';

/** What the tools need inside of bpmn-js. */
export function toolModules(mode: DiagramCanvas['mode']): readonly object[] {
  return mode === 'edit' ? [minimapModule, changeModule, keepUnknownModule, keysModule] : [minimapModule];
}
