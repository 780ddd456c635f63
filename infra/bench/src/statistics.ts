/** The value below which the share `q` of `values` lies; NaN when there is none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Half the distance from the lowest to the highest, as a share of the median: how much rounds differ. */
export function spread(values: readonly number[]): number {
  if (values.length < 2) return 0;
  return (Math.max(...values) - Math.min(...values)) / 2 / Math.abs(median(values) || 1);
}

/** Counts of delays in steps of 0.25 ms up to 60 s, for more of them than a list should hold. */
export class Delays {
  readonly #counts = new Uint32Array(240_001);
  #total = 0;

  add(milliseconds: number): void {
    const at = Math.min(this.#counts.length - 1, Math.max(0, Math.round(milliseconds * 4)));
    this.#counts[at]! += 1;
    this.#total += 1;
  }

  quantile(q: number): number {
    let left = this.#total * q;
    for (let at = 0; at < this.#counts.length; at += 1) {
      left -= this.#counts[at]!;
      if (left < 0) return at / 4;
    }
    return Number.NaN;
  }
}
