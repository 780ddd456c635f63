import { nextLevel } from '../canvas/zoom.ts';
import { selectAllOn } from './select-all.ts';
import type { EventBus, Services } from './services.ts';

/** Fired when somebody wants to search the diagram. */
export const findEvent = 'tidemark.find';
/** Fired when what is selected is to be doubled. */
export const duplicateEvent = 'tidemark.duplicate';

interface EditorActions {
  isRegistered(action: string): boolean;
  unregister(action: string): void;
  register(actions: Record<string, (options: { readonly value: number }) => unknown>): void;
}

/** Actions of bpmn-js that are done here in another way; its keys go on calling them. */
class OwnActions {
  static $inject = ['eventBus', 'canvas', 'elementRegistry', 'selection'];

  constructor(
    eventBus: EventBus,
    canvas: Services['canvas'],
    elementRegistry: Services['elementRegistry'],
    selection: Services['selection'],
  ) {
    const own = {
      find: () => eventBus.fire(findEvent),
      duplicate: () => eventBus.fire(duplicateEvent),
      selectElements: () => selectAllOn(canvas, elementRegistry, selection),
      // The steps of the zoom bar, about the middle.
      stepZoom: ({ value }: { readonly value: number }) =>
        canvas.zoom(nextLevel(canvas.zoom(), value > 0 ? 1 : -1), 'auto'),
      zoom: ({ value }: { readonly value: number }) => canvas.zoom(value, 'auto'),
    };
    // bpmn-js has registered its own by then, and binds its keys after.
    eventBus.on('editorActions.init', (event) => {
      const editorActions = event.editorActions as EditorActions;
      for (const action of Object.keys(own)) {
        if (editorActions.isRegistered(action)) editorActions.unregister(action);
      }
      editorActions.register(own);
    });
    // The browser's own copy, cut and paste follow only when nobody has taken the key.
    eventBus.on('keyboard.keydown', 3000, ({ keyEvent }) => {
      const { ctrlKey, metaKey, altKey, key } = keyEvent as KeyboardEvent;
      const mod = (ctrlKey || metaKey) && !altKey;
      return mod && ['c', 'x', 'v'].includes(key.toLowerCase()) ? false : undefined;
    });
  }
}

/** For bpmn-js: its keys search, double and select as the editor does. */
export const keysModule = {
  __init__: ['tidemarkActions'],
  tidemarkActions: ['type', OwnActions],
};
