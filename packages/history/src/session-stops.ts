type Stop = readonly [lsn: number, at: number];

const mostStops = 60;
/** A burst ends where nothing follows for so long, in milliseconds. */
const burstMs = 1_000;
/** Of a stretch without pauses, a stop for so many entries. */
const stride = 100;

/**
 * Ends of bursts of edits, at most 60, the last entry always among them. Where there are more, or hardly any, the session is cut into parts
 * of as many, and each gives the one with the longest pause after it.
 */
export function sessionStops(entries: readonly Stop[]): Stop[] {
  const pauses = entries.map(([, at], index) => (entries[index + 1]?.[1] ?? Number.POSITIVE_INFINITY) - at);
  const ends = entries.flatMap((_, index) => ((pauses[index] ?? 0) >= burstMs ? [index] : []));
  const wanted = Math.min(mostStops, Math.max(ends.length, Math.ceil(entries.length / stride)));
  const among = ends.length < wanted ? entries.map((_, index) => index) : ends;
  const stops: Stop[] = [];
  for (let part = 0; part < wanted; part += 1) {
    const from = Math.floor((part * among.length) / wanted);
    const to = Math.floor(((part + 1) * among.length) / wanted);
    let best = among[from] ?? 0;
    for (const index of among.slice(from, to)) if ((pauses[index] ?? 0) >= (pauses[best] ?? 0)) best = index;
    const stop = entries[best];
    if (stop !== undefined) stops.push(stop);
  }
  return stops;
}
