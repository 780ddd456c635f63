import type { DiagramCanvas } from '@tidemark/modeler';
import type { CanvasElement, ModdleObject } from './elements.ts';
import { type Services, service } from './services.ts';

/** One object gets new properties. */
export interface Change {
  readonly object: ModdleObject;
  readonly properties: Readonly<Record<string, unknown>>;
}

const command = 'tidemark.changeSeveral';

interface Context {
  readonly element: CanvasElement;
  readonly changes: readonly Change[];
}

/** Changes several objects as one command: one transaction for the others, one step of undo. */
class ChangeSeveral {
  static $inject = ['modeling'];
  readonly #modeling: Services['modeling'];

  constructor(modeling: Services['modeling']) {
    this.#modeling = modeling;
  }

  preExecute({ element, changes }: Context): void {
    for (const { object, properties } of changes) {
      if (object === element.businessObject) this.#modeling.updateProperties(element, properties);
      else this.#modeling.updateModdleProperties(element, object, properties);
    }
  }
}

class Registration {
  static $inject = ['commandStack'];

  constructor(commandStack: Services['commandStack']) {
    commandStack.registerHandler(command, ChangeSeveral);
  }
}

/** For bpmn-js: knows how to change several objects at once. */
export const changeModule = {
  __init__: ['tidemarkChanges'],
  tidemarkChanges: ['type', Registration],
};

/** Changes objects that belong to `element`, all of them in one step. */
export function change(canvas: DiagramCanvas, element: CanvasElement, changes: readonly Change[]): void {
  const [first, ...more] = changes;
  if (first && more.length === 0) {
    // By the command of bpmn-js that says most: undo is named after it.
    const modeling = service(canvas, 'modeling');
    if (first.object === element.businessObject) modeling.updateProperties(element, first.properties);
    else modeling.updateModdleProperties(element, first.object, first.properties);
    return;
  }
  service(canvas, 'commandStack').execute(command, { element, changes } satisfies Context);
}
