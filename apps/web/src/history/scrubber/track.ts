import type { Stop } from '../../api/history.ts';

/** Stops in a row that belong to one person's work. Places of the first and the last. */
export interface Band {
  readonly by: string | null;
  readonly first: number;
  readonly last: number;
}

/** Work of whoever was there, from one pause of everybody to the next. */
export interface Period {
  /** Places of its first and its last stop. */
  readonly first: number;
  readonly last: number;
  /** LSNs of its first and its last edit. */
  readonly from: number;
  readonly to: number;
}

/**
 * The stops of a document's history, the oldest first, as the scrubber shows them: each as wide as the other. Where the server spread
 * them out, those that lie between stand between the two, and move none of the others.
 */
export interface Track {
  readonly stops: readonly Stop[];
  /** Where the middle of each stop lies, 0 to 1. */
  readonly shares: readonly number[];
  readonly bands: readonly Band[];
  readonly periods: readonly Period[];
  /** Where another day begins. */
  readonly days: readonly { readonly place: number; readonly at: string }[];
}

/** A pause that ends a session of work, milliseconds. */
const pause = 10 * 60_000;

interface Range {
  readonly after: number;
  readonly upTo: number;
}

/** `between`: further stops of some stretch. `range`: the LSNs that there are, also before the first stop and after the last. */
export function trackOf(
  spread: readonly Stop[],
  between: readonly Stop[] = [],
  { after, upTo }: Range = { after: 0, upTo: 0 },
): Track {
  const stops = merged(spread, between);
  const shares = sharesOf(stops, spread);
  const bands: { by: string | null; first: number; last: number }[] = [];
  const periods: { first: number; last: number; from: number; to: number }[] = [];
  const days: { place: number; at: string }[] = [];
  stops.forEach((stop, place) => {
    const before = stops[place - 1];
    const band = bands.at(-1);
    const period = periods.at(-1);
    const isApart = before === undefined || Date.parse(stop.at) - Date.parse(before.at) > pause;
    if (band === undefined || band.by !== stop.by || isApart) {
      bands.push({ by: stop.by, first: place, last: place });
    } else band.last = place;
    if (period === undefined || isApart) {
      periods.push({ first: place, last: place, from: (before?.lsn ?? after) + 1, to: stop.lsn });
    } else Object.assign(period, { last: place, to: stop.lsn });
    if (before === undefined || dayOf(before.at) !== dayOf(stop.at)) days.push({ place, at: stop.at });
  });
  const last = periods.at(-1);
  if (last) last.to = Math.max(last.to, upTo);
  return { stops, shares, bands, periods, days };
}

function merged(spread: readonly Stop[], between: readonly Stop[]): readonly Stop[] {
  const known = new Set(spread.map(({ lsn }) => lsn));
  const more = between.filter(({ lsn }) => !known.has(lsn));
  return more.length === 0 ? spread : [...spread, ...more].sort((a, b) => a.lsn - b.lsn);
}

function sharesOf(stops: readonly Stop[], spread: readonly Stop[]): number[] {
  const shares: number[] = [];
  let next = 0;
  let waiting = 0;
  for (const stop of stops) {
    if (stop.lsn !== spread[next]?.lsn) {
      waiting += 1;
      continue;
    }
    // The first has nothing before it: what lies there shares its own half.
    const [from, to] = [next === 0 ? 0 : next - 0.5, next + 0.5];
    for (let nth = 1; nth <= waiting; nth += 1) {
      shares.push((from + ((to - from) * nth) / (waiting + 1)) / spread.length);
    }
    shares.push(to / spread.length);
    waiting = 0;
    next += 1;
  }
  // Later than the last one there is nothing: that one always is among the spread.
  for (let nth = 0; nth < waiting; nth += 1) shares.push(1);
  return shares;
}

const dayOf = (iso: string): string => new Date(iso).toDateString();

/** The place of the last stop at or before an LSN; 0 when all are later. */
export function placeOfLsn({ stops }: Pick<Track, 'stops'>, lsn: number): number {
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

/**
 * Where a key takes the thumb; null when the key is none of the scrubber's. It stands at a place, or at `lsn` after it, or before the first:
 * then the place itself is the next one on that side.
 */
export function placeAfterKey(
  { stops, bands }: Pick<Track, 'stops' | 'bands'>,
  place: number,
  key: string,
  lsn: number | null = null,
): number | null {
  const last = stops.length - 1;
  const here = stops[place]?.lsn ?? 0;
  const isBetween = lsn !== null && lsn > here;
  const isBefore = lsn !== null && lsn < here;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return isBefore ? place : Math.min(last, place + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return isBetween ? place : Math.max(0, place - 1);
    case 'PageUp':
      return bands.find((band) => band.last > place)?.last ?? last;
    case 'PageDown':
      return bands.findLast(({ last: end }) => end < place || (isBetween && end === place))?.last ?? 0;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}

/** The place that lies nearest to a share of the track's length, 0 to 1. */
export function placeAtShare({ shares }: Track, share: number): number {
  const after = shares.findIndex((each) => each >= share);
  if (after === -1) return Math.max(0, shares.length - 1);
  const [here, before] = [shares[after] ?? 0, shares[after - 1]];
  return before !== undefined && share - before < here - share ? after - 1 : after;
}

/** Where the middle of a place lies on the track, 0 to 1. */
export function shareOf({ shares }: Track, place: number): number {
  return shares[place] ?? 0.5;
}

/** Where an LSN lies on the track, 0 to 1: between two stops as far as the edits between them go. */
export function shareOfLsn(track: Track, lsn: number): number {
  const place = placeOfLsn(track, lsn);
  const [here, next] = [track.stops[place], track.stops[place + 1]];
  const share = shareOf(track, place);
  if (here !== undefined && lsn < here.lsn) {
    const from = track.periods[0]?.from ?? here.lsn;
    return (share * Math.max(0, lsn - from + 1)) / (here.lsn - from + 1);
  }
  if (here === undefined || next === undefined) return share;
  const part = (lsn - here.lsn) / (next.lsn - here.lsn);
  return share + (shareOf(track, place + 1) - share) * part;
}

/** Where a place begins on the track, halfway from the one before it; that after the last one is the track's end. */
export function edgeOf({ shares }: Track, place: number): number {
  const [before, here] = [shares[place - 1], shares[place]];
  return before === undefined ? 0 : here === undefined ? 1 : (before + here) / 2;
}
