import type { CanvasElement } from '@tidemark/modeler';
import type { Canvas } from './services.ts';

interface ContextPad {
  isOpen(target?: CanvasElement): boolean;
  open(target: CanvasElement): void;
  /** Where bpmn-js's own menus ask for their place. */
  getPad(target: CanvasElement): { readonly html: Element };
}

/** bpmn-js asks its context pad where it stands in a way that the pad itself complains of in the console. */
class StandingPad {
  static $inject = ['contextPad', 'canvas'];

  constructor(contextPad: ContextPad, canvas: Canvas) {
    contextPad.getPad = (target) => {
      if (!contextPad.isOpen(target)) contextPad.open(target);
      const container = canvas.getContainer();
      return { html: container.querySelector('.djs-context-pad.open') ?? container };
    };
  }
}

/** For bpmn-js: a quiet context pad. Several elements are aligned with the bar above the canvas, not from the pad. */
export const contextPadModule = {
  __init__: ['tidemarkStandingPad'],
  tidemarkStandingPad: ['type', StandingPad],
  alignElementsContextPadProvider: ['value', null],
};
