import { flattenChanged } from '@tidemark/bpmn';
import { writeDifference } from '@tidemark/documents/diagram';
import type { Editor } from '@tidemark/documents/records';
import type { Change } from './affected.ts';
import type { CommandStack, EventBus, Viewer } from './bpmn-js.ts';
import { labelOf, removes } from './command-label.ts';
import { createGestures } from './gesture.ts';
import type { Shown } from './shown.ts';
import type { Stage } from './stage.ts';
import { createTouched } from './touched.ts';
import type { Tree } from './tree.ts';
import { writePlace } from './z-order.ts';

export interface LocalChanges {
  readonly viewer: Viewer;
  readonly tree: Tree;
  readonly stage: Stage;
  shown(): Shown;
  /** Runs what writes; the canvas shows it already. */
  write(work: (editor: Editor) => void): void;
  /** Called with the keys of what bpmn-js drew, and what differs by that; the document has been written. */
  written(keys: readonly string[], changes: readonly Change[]): void;
}

/** Writes what each finished command of bpmn-js changed: one command, one transaction, one step. */
export function writeLocalChanges({ viewer, tree, stage, shown, write, written }: LocalChanges): void {
  const stack = viewer.get<CommandStack>('commandStack');
  const touches = createTouched(viewer);
  const gestureOf = createGestures();
  const events = viewer.get<EventBus>('eventBus');

  const finish = () => {
    const { command, label, elements, ...touched } = touches.take();
    if (command === null) return;
    const objects = new Set(touched.objects);
    for (const element of elements) {
      const plane = element.parent ? writePlace(element) : null;
      // Not always the plane it was in when the command touched it.
      if (plane !== null) objects.add(plane);
    }
    const { before, after } = flattenChanged(objects, tree.definitions(), tree, shown().elements);
    for (const element of elements) if (!element.parent) stage.forget(element);
    for (const element of elements) if (element.parent) stage.note(element);
    const changes = shown().note(before, after);
    for (const { key, after: now } of changes) if (now === undefined) tree.forget(key);
    if (changes.length > 0) {
      const named = removes(command) ? label : labelOf(command);
      const gesture = gestureOf(command, performance.now());
      write((editor) => {
        writeDifference(editor, before, after, named, { gesture });
      });
    }
    // The steps to take back are the document's; bpmn-js's would take back others' edits with them.
    stack.clear(false);
    const keys = [...elements].map((element) => stage.keyOf(element)).filter((key) => key !== null);
    written(keys, changes);
  };

  // Everything is drawn anew: what a command that threw had touched is nobody's business any more.
  events.on('import.render.start', () => {
    touches.take();
  });
  events.on<{ trigger: string }>('commandStack.changed', ({ trigger }) => {
    if (trigger !== 'clear') finish();
  });
}
