export type Point = readonly [x: number, y: number | null];

/**
 * Largest-triangle-three-buckets: at most `most` points that keep the look of a line. The first and last point
 * stay; gaps (null) are left out only when the line is too long as it is.
 */
export function downsample(points: readonly Point[], most: number): readonly Point[] {
  const solid =
    points.length > most
      ? points.filter((point): point is readonly [number, number] => point[1] !== null)
      : [];
  if (points.length <= most) return points;
  if (solid.length <= most || most < 3) return solid.slice(0, most);
  const kept: Point[] = [solid[0]!];
  const width = (solid.length - 2) / (most - 2);
  let last = solid[0]!;
  for (let bucket = 0; bucket < most - 2; bucket += 1) {
    const start = Math.floor(bucket * width) + 1;
    const end = Math.floor((bucket + 1) * width) + 1;
    const [nextX, nextY] = mean(solid, end, Math.min(Math.floor((bucket + 2) * width) + 1, solid.length));
    let best = solid[start]!;
    let bestArea = -1;
    for (let index = start; index < end; index += 1) {
      const point = solid[index]!;
      const area = Math.abs(
        (last[0] - nextX) * (point[1] - last[1]) - (last[0] - point[0]) * (nextY - last[1]),
      );
      if (area > bestArea) {
        bestArea = area;
        best = point;
      }
    }
    kept.push(best);
    last = best;
  }
  kept.push(solid.at(-1)!);
  return kept;
}

function mean(points: readonly (readonly [number, number])[], start: number, end: number): [number, number] {
  let x = 0;
  let y = 0;
  for (let index = start; index < end; index += 1) {
    x += points[index]![0];
    y += points[index]![1];
  }
  const count = Math.max(1, end - start);
  return [x / count, y / count];
}
