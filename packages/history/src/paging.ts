import type { HistoryPage, PageCursor, PageItem, Stop } from './history.ts';
import type { HistoryPlace, HistoryStore } from './ports.ts';

/** Versions of one moment: as many as there are reasons. */
const mostReasons = 6;

/** Sessions and automatic versions merged by time, the newest first. */
export async function pageOf(
  store: HistoryStore,
  documentId: string,
  { head, settled, thinned }: HistoryPlace,
  cursor: PageCursor | null,
  limit: number,
): Promise<HistoryPage> {
  const [sessions, versions] = await Promise.all([
    store.sessions(documentId, cursor?.session ?? null, limit + 1),
    store.automaticVersions(documentId, cursor?.automatic ?? null, limit + mostReasons + 1),
  ]);
  const items: PageItem[] = [];
  let [s, v] = [0, 0];
  // Versions of one moment stay together: the next page begins with another.
  const isCut = () => v > 0 && versions[v]?.lsn === versions[v - 1]?.lsn;
  while (items.length < limit || isCut()) {
    const session = isCut() ? undefined : sessions[s];
    const version = versions[v];
    if (version !== undefined && (session === undefined || version.at >= session.to)) {
      items.push({ type: 'automatic', version });
      v += 1;
    } else if (session !== undefined) {
      items.push({ type: 'session', session });
      s += 1;
    } else break;
  }
  const isLast = s >= sessions.length && v >= versions.length;
  const [lastSession, lastVersion] = [sessions[s - 1], versions[v - 1]];
  // A clock that was set back must not give a moment of time to two pages.
  const time = Math.min(cursor?.time ?? Number.POSITIVE_INFINITY, ...items.slice(-1).map(timeOf));
  const next: PageCursor = {
    time,
    session: lastSession ? { to: lastSession.to, first: lastSession.first } : (cursor?.session ?? null),
    automatic: lastVersion?.lsn ?? cursor?.automatic ?? null,
  };
  return {
    ...{ items, head, settled, thinned },
    since: isLast ? null : time,
    before: cursor?.time ?? null,
    next: isLast ? null : next,
  };
}

/** At most `most` of the stops, spread evenly, the last one always. */
export function spread(stops: readonly Stop[], most: number): Stop[] {
  if (stops.length <= most) return [...stops];
  return Array.from({ length: most }, (_, index) => {
    const stop = stops[Math.floor(((index + 1) * stops.length) / most) - 1];
    if (stop === undefined) throw new RangeError(`${most} is no number of stops.`);
    return stop;
  });
}

function timeOf(item: PageItem): number {
  return item.type === 'session' ? item.session.to : item.version.at;
}
