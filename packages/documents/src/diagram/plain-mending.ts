import type { Json } from '../records/json.ts';
import type { RecordState } from '../records/state.ts';
import { plainPagesOfDrawings } from './plain-drawings.ts';

type Records = ReadonlyMap<string, RecordState>;

/** The records as they are shown, found in the plainest way: all of it anew, each rule after the other. */
export function plainlyMended(written: Records, root: string): Records {
  const shown = new Map([...written].map(([key, record]) => [key, new Map(record)]));
  const put = (key: string, register: string, value: Json) => shown.get(key)!.set(register, value);
  const read = (key: string, register: string) => String(written.get(key)?.get(register));
  const typed = (type: RegExp) => [...written.keys()].filter((key) => type.test(read(key, 't'))).sort();
  const subjects = new Map(typed(/BPMNPlane$/).map((plane) => [plane, read(plane, '&bpmnElement')]));

  for (const [key, home] of plainHomes(written, root)) put(key, 'pf', [home, 'flowElements']);
  for (const event of typed(/BoundaryEvent$/)) {
    const host = shown.get(read(event, '&attachedToRef'));
    if (/Task|SubProcess/.test(String(host?.get('t')))) put(event, 'pf', host!.get('pf')!);
  }

  const poolsIn = (owner: string) =>
    typed(/Participant$/).filter((pool) => plainOwner(written, pool) === owner);
  const planeOf = (collaboration: string) =>
    poolsIn(collaboration).flatMap((pool) =>
      typed(/BPMNShape$/)
        .filter((shape) => read(shape, '&bpmnElement') === pool)
        .map((shape) => plainOwner(written, shape)),
    )[0];
  const loose = typed(/Collaboration$/).filter((key) => ![...subjects.values()].includes(key));
  for (const [plane, subject] of subjects) {
    const group = loose.filter((key) => planeOf(key) === plane);
    const isProcess = read(subject, 't') === 'bpmn:Process';
    const main = isProcess
      ? group.find((key) => poolsIn(key).some((pool) => read(pool, '&processRef') === subject))
      : subject;
    if (main === undefined || read(main, 't') !== 'bpmn:Collaboration') continue;
    put(plane, '&bpmnElement', main);
    const pools = new Map(poolsIn(main).map((pool) => [read(pool, '&processRef'), pool]));
    for (const collaboration of group.filter((key) => key !== main)) {
      put(collaboration, 'pf', null);
      for (const key of [...written.keys()].sort()) {
        if (key.includes('/') || plainOwner(written, key) !== collaboration) continue;
        const process = read(key, '&processRef');
        const twin = pools.get(process);
        const isPool = read(key, 't') === 'bpmn:Participant';
        const property = (written.get(key)!.get('pf') as readonly Json[])[1]!;
        put(key, 'pf', isPool && (twin !== undefined || !written.has(process)) ? null : [main, property]);
        if (!isPool || !written.has(process)) continue;
        if (twin === undefined) pools.set(process, key);
        for (const flow of twin === undefined ? [] : written.keys()) {
          for (const end of ['&sourceRef', '&targetRef']) if (read(flow, end) === key) put(flow, end, twin!);
        }
      }
    }
  }
  for (const subject of typed(/SubProcess$/)) {
    const pages = [...subjects.keys()]
      .filter((plane) => subjects.get(plane) === subject && plane.endsWith('/plane'))
      .map((plane) => plane.slice(0, -'/plane'.length))
      .filter((page) => written.has(page) && plainOwner(written, page) === root)
      .sort((a, b) => (`${read(a, 'o')} ${a}` < `${read(b, 'o')} ${b}` ? -1 : 1));
    const drawnOn = (page: string) =>
      [...written.keys()].filter((key) => plainOwner(written, key) === `${page}/plane`).sort();
    const there = new Set(drawnOn(pages[0] ?? '').map((di) => read(di, '&bpmnElement')));
    for (const page of pages.slice(1)) {
      const stays = drawnOn(page).filter((di) => {
        const drawn = read(di, '&bpmnElement');
        if (there.has(drawn) || drawn === 'undefined') return true;
        there.add(drawn);
        put(di, 'pf', [`${pages[0]}/plane`, 'planeElement']);
        return false;
      });
      if (stays.length === 0) put(page, 'pf', null);
    }
    const isOpen = typed(/BPMNShape$/).some(
      (di) => read(di, '&bpmnElement') === subject && read(di, '@isExpanded') === 'true',
    );
    if (pages[0] !== undefined && there.size === 0 && isOpen) put(pages[0], 'pf', null);
  }
  const pages = plainPagesOfDrawings({
    keys: () => [...shown.keys()],
    place: (key) => `${read(key, 'o')} ${key}`,
    type: (key) => String(shown.get(key)?.get('t')),
    owner: (key) => plainOwner(shown, key),
    read: (key, register) => shown.get(key)?.get(register),
  });
  for (const [key, page] of pages) put(key, 'pf', [page, 'planeElement']);
  return shown;
}

export function plainOwner(records: Records, key: string): string | null {
  if (key.includes('/')) return key.slice(0, key.lastIndexOf('/'));
  const place = records.get(key)?.get('pf');
  return Array.isArray(place) ? String(place[0]) : null;
}

/** Where circles are opened. */
function plainHomes(written: Records, root: string): Map<string, string> {
  const wayUp = (key: string): string[] => {
    const way: string[] = [];
    for (let at: string | null = key; at !== null && !way.includes(at); at = plainOwner(written, at)) {
      way.push(at);
    }
    return way;
  };
  const typeOf = (key: string) => String(written.get(key)?.get('t'));
  const isHome = (key: string) => /:(Sub)?Process$/.test(typeOf(key)) && wayUp(key).includes(root);
  const homes = new Map<string, string>();
  for (const key of [...written.keys()].sort()) {
    const circle = wayUp(key);
    if (plainOwner(written, circle.at(-1)!) !== key) continue;
    const movable = circle.filter((member) => /Task|SubProcess|Event$|Flow$/.test(typeOf(member)));
    if (movable.sort()[0] !== key) continue;
    const subjects = [...written.keys()]
      .filter((di) => /BPMNShape/.test(typeOf(di)) && written.get(di)!.get('&bpmnElement') === key)
      .sort()
      .map((di) => written.get(plainOwner(written, di) ?? '')?.get('&bpmnElement'));
    const home = [...subjects, 'process'].find((subject) => typeof subject === 'string' && isHome(subject));
    if (home !== undefined) homes.set(key, String(home));
  }
  return homes;
}
