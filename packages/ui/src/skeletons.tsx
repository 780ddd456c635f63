import { Skeleton, VisuallyHidden } from '@mantine/core';
import css from './skeletons.module.css';

/** Rows of a list at their final height while the list loads. */
export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className={css.list} aria-busy="true">
      <VisuallyHidden>Loading</VisuallyHidden>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a skeleton have no other identity
        <div className={css.row} key={row}>
          <Skeleton height={34} width={34} radius={8} />
          <Skeleton height={12} width={`${34 - (row % 3) * 7}%`} />
          <Skeleton height={12} width={90} className={css.late} />
        </div>
      ))}
    </div>
  );
}

/** The inside of a chart tile while its data loads. */
export function TileSkeleton() {
  const bars = [42, 64, 51, 78, 60, 88, 70, 55];
  return (
    <div className={css.tile} aria-busy="true">
      <VisuallyHidden>Loading</VisuallyHidden>
      {bars.map((height) => (
        <Skeleton key={height} height={`${height}%`} radius={4} className={css.bar} />
      ))}
    </div>
  );
}
