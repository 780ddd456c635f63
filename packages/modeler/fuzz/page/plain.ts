import Modeler from 'bpmn-js/lib/Modeler';
import { fontFamily } from '../../src/index.ts';
import type { Get } from './bpmn.ts';

/** Text as the bound canvas sets it. */
export const modelerOptions = {
  textRenderer: { defaultStyle: { fontFamily }, externalStyle: { fontFamily } },
};

/** bpmn-js moves what a collapsed subprocess holds to another plane while it imports; the canvas shows it where it is. */
const asItIs = { subprocessCompatibility: ['value', null] } as never;

export interface Plain {
  readonly get: Get;
  readonly warnings: readonly string[];
  destroy(): void;
}

/** bpmn-js alone, without a document behind it, on this file. `diagramId` null: the first diagram. */
export async function openPlain(xml: string, diagramId: string | null): Promise<Plain> {
  const container = document.createElement('div');
  container.className = 'canvas';
  document.body.append(container);
  const modeler = new Modeler({ container, ...modelerOptions, additionalModules: [asItIs] });
  const { warnings } = await modeler.importXML(xml, diagramId ?? undefined);
  return {
    get: (name) => modeler.get(name),
    warnings: warnings.map(textOf),
    destroy() {
      modeler.destroy();
      container.remove();
    },
  };
}

/** Warnings of the parser hold a message and the element; those of the importer are errors. */
function textOf(warning: unknown): string {
  const { message } = warning as { readonly message?: unknown };
  return String(message ?? warning);
}
