import type { Stop } from '../../api/history.ts';

/** Stops in a row that belong to one person's work. Places of the first and the last. */
export interface Band {
  readonly by: string | null;
  readonly first: number;
  readonly last: number;
}

/** The stops of a document's history, the oldest first, as the scrubber shows them: each as wide as the other. */
export interface Track {
  readonly stops: readonly Stop[];
  readonly bands: readonly Band[];
  /** Where another day begins. */
  readonly days: readonly { readonly place: number; readonly at: string }[];
}

/** A pause that ends a session of work, milliseconds. */
const pause = 10 * 60_000;

export function trackOf(stops: readonly Stop[]): Track {
  const bands: { by: string | null; first: number; last: number }[] = [];
  const days: { place: number; at: string }[] = [];
  stops.forEach((stop, place) => {
    const before = stops[place - 1];
    const band = bands.at(-1);
    const isApart = before === undefined || Date.parse(stop.at) - Date.parse(before.at) > pause;
    if (band === undefined || band.by !== stop.by || isApart) {
      bands.push({ by: stop.by, first: place, last: place });
    } else band.last = place;
    if (before === undefined || dayOf(before.at) !== dayOf(stop.at)) days.push({ place, at: stop.at });
  });
  return { stops, bands, days };
}

const dayOf = (iso: string): string => new Date(iso).toDateString();

/** The place of the last stop at or before an LSN; 0 when all are later. */
export function placeOfLsn({ stops }: Track, lsn: number): number {
  return lastPlace(stops, (stop) => stop.lsn <= lsn);
}

/** The place of the last stop at or before a time; 0 when all are later. */
export function placeOfTime({ stops }: Track, iso: string): number {
  const time = Date.parse(iso);
  return lastPlace(stops, (stop) => Date.parse(stop.at) <= time);
}

/** Stops are in order: the last that is still within, or 0. */
function lastPlace(stops: readonly Stop[], isWithin: (stop: Stop) => boolean): number {
  let [low, high] = [0, stops.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const stop = stops[middle];
    if (stop && isWithin(stop)) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** Where a key takes the thumb; null when the key is none of the scrubber's. */
export function placeAfterKey({ stops, bands }: Track, place: number, key: string): number | null {
  const last = stops.length - 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(last, place + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, place - 1);
    case 'PageUp':
      return bands.find((band) => band.last > place)?.last ?? last;
    case 'PageDown':
      return bands.findLast((band) => band.last < place)?.last ?? 0;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The place that lies at a share of the track's length, 0 to 1. */
export function placeAtShare({ stops }: Track, share: number): number {
  return Math.min(stops.length - 1, Math.max(0, Math.floor(share * stops.length)));
}

/** Where the middle of a place lies on the track, 0 to 1. */
export function shareOf({ stops }: Track, place: number): number {
  return (place + 0.5) / Math.max(1, stops.length);
}
