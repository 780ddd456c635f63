import type { CommandStack, EventBus, Viewer } from './bpmn-js.ts';
import { interruptAll } from './interruptions.ts';

/**
 * A command of bpmn-js that throws leaves its command stack in the middle of it, and the canvas half changed; the
 * document was not touched. `rebuild` then makes the canvas anew. The command's caller gets the error as before;
 * errors out of bpmn-js's own listeners are not thrown into the page, since they are dealt with.
 */
export function catchFaults(viewer: Viewer, rebuild: (error: unknown) => void): void {
  const stack = viewer.get<CommandStack>('commandStack', false);
  if (stack === null) return;
  const execute = stack.execute.bind(stack);
  const faults = new WeakSet<object>();
  let depth = 0;
  stack.execute = (command, context) => {
    depth += 1;
    try {
      execute(command, context);
    } catch (error) {
      if (depth === 1) {
        if (typeof error === 'object' && error !== null) faults.add(error);
        abandon(viewer, stack);
        rebuild(error);
      }
      throw error;
    } finally {
      depth -= 1;
    }
  };
  viewer.get<EventBus>('eventBus').on<{ error: object; preventDefault(): void }>('error', (event) => {
    if (faults.has(event.error)) event.preventDefault();
  });
}

/** Ends the command and whatever gesture it came from. */
function abandon(viewer: Viewer, stack: CommandStack): void {
  Object.assign(stack._currentExecution, { actions: [], dirty: [], atomic: false, trigger: null });
  stack.clear(false);
  interruptAll(viewer);
}
