import { Skeleton } from '@mantine/core';
import { AppBar, Mark, TileSkeleton } from '@tidemark/ui';
import css from './dashboard-editor.module.css';

/** The editor at its final size while the document is on its way. */
export function EditorSkeleton() {
  return (
    <div className={css.page}>
      <AppBar
        start={
          <>
            <Mark />
            <Skeleton height={14} width={180} />
          </>
        }
        end={<Skeleton height={28} width={28} circle />}
      />
      <div className={css.canvas}>
        <CanvasSkeleton />
      </div>
    </div>
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
