import type { Elements } from './element.ts';

/** Anything that has elements with types, owners and registers. */
interface Things {
  keys(): readonly string[];
  type(key: string): string;
  owner(key: string): string | null;
  read(key: string, register: string): unknown;
  /** Sorts among its siblings. */
  place(key: string): string;
}

/**
 * For each drawing that stands on another page than that of what its element lies in, that page; found in the plainest
 * way.
 */
export function plainPagesOfDrawings(things: Things): Map<string, string> {
  const all = [...things.keys()].sort();
  const drawings = all.filter((key) => /BPMN(Shape|Edge)$/.test(things.type(key)) && !key.includes('/'));
  const subjectOf = (key: string) => things.read(key, '&bpmnElement');
  const placeOf = (plane: string) => things.place(things.owner(plane) ?? '');
  const planes = all
    .filter((key) => /BPMNPlane$/.test(things.type(key)) && things.owner(things.owner(key) ?? '') !== null)
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
  const planeOf = (subject: string) => planes.find((plane) => subjectOf(plane) === subject);
  const shows = (plane: string | null) =>
    plane !== null && planes.includes(plane) ? String(subjectOf(plane)) : '';

  const wanted = (drawing: string): string | null => {
    const plane = things.owner(drawing);
    const element = String(subjectOf(drawing));
    if (!/Task|SubProcess|Event$|Flow$|Association$/.test(things.type(element))) return plane;
    if (/MessageFlow$/.test(things.type(element))) return plane;
    const way: string[] = [];
    for (let at = things.owner(element); at !== null && !way.includes(at); at = things.owner(at)) {
      way.push(at);
      if (shows(plane) === at) return plane;
      const shapes = drawings.filter((key) => subjectOf(key) === at);
      const isClosed = shapes.length > 0 && shapes.every((key) => things.read(key, '@isExpanded') !== true);
      const page = planeOf(at);
      if (/SubProcess$/.test(things.type(at)) && isClosed && page !== undefined) return page;
      if (!/:Process$/.test(things.type(at))) continue;
      if (shows(plane) !== '' && !/SubProcess$/.test(things.type(shows(plane)))) return plane;
      const pools = all.filter(
        (key) => /Participant$/.test(things.type(key)) && things.read(key, '&processRef') === at,
      );
      const subjects = [at, ...pools.map((pool) => things.owner(pool) ?? '')];
      return subjects.map(planeOf).find((home) => home !== undefined) ?? plane;
    }
    return plane;
  };

  const pages = new Map<string, string>();
  for (const drawing of drawings) {
    const page = wanted(drawing);
    if (page === null || page === things.owner(drawing)) continue;
    const twins = drawings.filter((key) => key !== drawing && subjectOf(key) === subjectOf(drawing));
    if (twins.some((key) => things.owner(key) === page || (key < drawing && wanted(key) === page))) continue;
    pages.set(drawing, page);
  }
  return pages;
}

export function thingsIn(elements: Elements): Things {
  return {
    keys: () => [...elements.keys()],
    type: (key) => elements.get(key)?.type ?? '',
    owner: (key) => elements.get(key)?.parent ?? null,
    read: (key, register) => elements.get(key)?.values.get(register),
    place: (key) => {
      const { parent, property } = elements.get(key) ?? { parent: null, property: null };
      const siblings = elements.get(parent ?? '')?.children.get(property ?? '') ?? [];
      return String(siblings.indexOf(key)).padStart(9, '0');
    },
  };
}
