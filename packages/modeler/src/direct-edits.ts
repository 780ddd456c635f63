import type { CommandStack, DirectEditing, Viewer } from './bpmn-js.ts';

/**
 * bpmn-js ends the typing of a label, by a command, whenever the selection, the view or the root changes. That must
 * not happen in the middle of putting others' edits on the canvas, nor inside another command, where it throws.
 */
export interface DirectEdits {
  /** Typing goes on while this runs, unless it is cancelled. */
  withoutEnding(work: () => void): void;
}

export function guardDirectEdits(viewer: Viewer): DirectEdits {
  const editing = viewer.get<DirectEditing>('directEditing', false);
  const stack = viewer.get<CommandStack>('commandStack', false);
  if (editing === null || stack === null) return { withoutEnding: (work) => work() };
  const complete = editing.complete.bind(editing);
  const execute = stack.execute.bind(stack);
  let isHeld = false;
  let isEnding = false;

  editing.complete = () => {
    if (isHeld || isEnding) return;
    isEnding = true;
    try {
      complete();
    } finally {
      isEnding = false;
    }
  };
  stack.execute = (command, context) => {
    if (stack._currentExecution.actions.length === 0 && editing.isActive()) editing.complete();
    execute(command, context);
  };

  return {
    withoutEnding(work) {
      isHeld = true;
      try {
        work();
      } finally {
        isHeld = false;
      }
    },
  };
}
