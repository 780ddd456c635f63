import { EditorSkeleton } from '../editor/editor-skeleton.tsx';
import { CanvasWait } from './canvas/canvas-wait.tsx';

/** A diagram while it is on its way. */
export function DiagramSkeleton() {
  return (
    <EditorSkeleton>
      <CanvasWait />
    </EditorSkeleton>
  );
}
