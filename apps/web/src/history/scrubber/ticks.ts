import { edgeOf, type Track } from './track.ts';

/** Where a day begins on the line. */
export interface Tick {
  readonly place: number;
  readonly at: string;
  /** Whether there is room for its name. */
  readonly isNamed: boolean;
}

/** Pixels that a day's name takes at most, with what keeps it from the next one. */
const nameWidth = 72;
/** Ticks that stand closer than this are a smear, pixels. */
const apart = 5;

/** The ticks of days on a line of some pixels: those that can be told apart, with names where there is room. */
export function ticksOf(track: Track, width: number): Tick[] {
  const ticks: Tick[] = [];
  let named = Number.NEGATIVE_INFINITY;
  let drawn = Number.NEGATIVE_INFINITY;
  for (const { place, at } of track.days) {
    const x = edgeOf(track, place) * width;
    const isNamed = x - named >= nameWidth && width - x >= nameWidth;
    if (!isNamed && x - drawn < apart) continue;
    ticks.push({ place, at, isNamed });
    drawn = x;
    if (isNamed) named = x;
  }
  return ticks;
}
