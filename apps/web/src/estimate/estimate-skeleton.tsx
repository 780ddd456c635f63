import { Skeleton, VisuallyHidden } from '@mantine/core';
import { EditorSkeleton } from '../editor/editor-skeleton.tsx';
import css from './estimate-skeleton.module.css';

/** An estimate while it is on its way. */
export function EstimateSkeleton() {
  return (
    <EditorSkeleton>
      <div className={css.tabs}>
        {[58, 40, 52].map((width) => (
          <Skeleton key={width} height={12} width={width} />
        ))}
      </div>
      <GridSkeleton />
    </EditorSkeleton>
  );
}

const names = [62, 48, 55, 70, 44, 58, 51, 66, 47, 60, 53, 45];

/** The grid at its final size. */
export function GridSkeleton() {
  return (
    <div className={css.grid} aria-busy="true">
      <VisuallyHidden>Loading</VisuallyHidden>
      {names.map((width, row) => (
        <div key={width} className={css.row} data-head={row % 5 === 0 || undefined}>
          <Skeleton height={11} width={`${width / 2}%`} />
          <span className={css.gap} />
          <Skeleton height={11} width={48} />
          <Skeleton height={11} width={64} />
          <Skeleton height={11} width={80} />
        </div>
      ))}
    </div>
  );
}
