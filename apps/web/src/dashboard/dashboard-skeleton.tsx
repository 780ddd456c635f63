import { TileSkeleton } from '@tidemark/ui';
import { EditorSkeleton } from '../editor/editor-skeleton.tsx';
import css from './dashboard-editor.module.css';

/** A dashboard at its final size while it is on its way. */
export function DashboardSkeleton() {
  return (
    <EditorSkeleton>
      <div className={css.canvas}>
        <CanvasSkeleton />
      </div>
    </EditorSkeleton>
  );
}

export function CanvasSkeleton() {
  return (
    <div className={css.waiting}>
      {[0, 1, 2, 3].map((tile) => (
        <div key={tile} className={css.waitingTile}>
          <TileSkeleton />
        </div>
      ))}
    </div>
  );
}
