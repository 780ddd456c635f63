import type { CanvasElement } from '@tidemark/modeler';
import type { EventBus } from '../canvas/services.ts';

/** What the context pad fires when somebody wants to say something about an element. */
export const commentWanted = 'tidemark.comment';

/** "Comment" in the context pad of every element. */
class CommentEntry {
  static $inject = ['eventBus', 'contextPad'];
  readonly #eventBus: EventBus;

  constructor(
    eventBus: EventBus,
    contextPad: { registerProvider(priority: number, provider: unknown): void },
  ) {
    this.#eventBus = eventBus;
    // After those of bpmn-js: its entry stands last.
    contextPad.registerProvider(500, this);
  }

  getContextPadEntries(element: CanvasElement) {
    return {
      comment: {
        group: 'comment',
        className: 'tm-icon-comment',
        title: 'Comment',
        action: { click: () => this.#eventBus.fire(commentWanted, { element }) },
      },
    };
  }
}

export const commentModule = {
  __init__: ['tidemarkComment'],
  tidemarkComment: ['type', CommentEntry],
};
