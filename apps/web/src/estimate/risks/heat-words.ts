import { formatRate, type HeatLevel } from '@tidemark/estimating';

export const levelWords: Readonly<Record<HeatLevel, string>> = {
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  severe: 'Severe',
};

/** "30–50%"; the last band has no end but certainty. */
export function bandWords(bands: readonly number[], at: number): string {
  const from = bands[at] ?? 0;
  const to = bands[at + 1] ?? 10_000;
  return `${formatRate(from).replace('%', '')}–${formatRate(to)}`;
}
