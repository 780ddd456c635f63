import { type Chance, chanceOf, seedOf } from '../chance.ts';
import { type Drawn, type Get, isConnection, isLabel } from '../page/bpmn.ts';

/** What one person has before them: the canvas, and the chance of this one step. */
export interface Desk {
  readonly get: Get;
  readonly chance: Chance;
  /** Elements of the plane that is shown, labels not among them. */
  elements(): Drawn[];
  /** One of a list, by lot. Each element's lot is its own: who else is there does not move it. */
  pick(list: readonly Drawn[]): Drawn | null;
  /** A handful of a list, by lot. */
  several(list: readonly Drawn[], most: number): Drawn[];
  /** The diagrams of the file, and showing one; a plain bpmn-js has none. */
  readonly diagrams: {
    keys(): readonly string[];
    show(key: string): Promise<void>;
  };
}

/** Does something to the canvas and says what in a few words, or null when there was nothing to do it to. */
export type Operation = (desk: Desk) => string | null | Promise<string | null>;

export function createDesk(get: Get, salt: number, diagrams: Desk['diagrams']): Desk {
  const byLot = (list: readonly Drawn[]) =>
    list
      .map((element) => ({ element, lot: seedOf(salt, element.id) }))
      .sort((a, b) => a.lot - b.lot || (a.element.id < b.element.id ? -1 : 1))
      .map(({ element }) => element);
  const chance = chanceOf(salt);
  return {
    get,
    chance,
    diagrams,
    elements() {
      const canvas = get('canvas');
      const root = canvas.getRootElement();
      return get('elementRegistry')
        .getAll()
        .filter((element) => element.parent && !isLabel(element) && canvas.findRoot(element) === root);
    },
    pick: (list) => byLot(list)[0] ?? null,
    several: (list, most) => byLot(list).slice(0, chance.between(1, most)),
  };
}

export const shapes = (desk: Desk): Drawn[] => desk.elements().filter((element) => !isConnection(element));

export const connections = (desk: Desk): Drawn[] => desk.elements().filter(isConnection);

export const ofType = (list: readonly Drawn[], ...types: readonly string[]): Drawn[] =>
  list.filter((element) => types.some((type) => element.businessObject.$instanceOf(type)));

export const notOfType = (list: readonly Drawn[], ...types: readonly string[]): Drawn[] =>
  list.filter((element) => !types.some((type) => element.businessObject.$instanceOf(type)));

/** Where something may be put down: shapes that can hold others, and the plane itself. */
export function containers(desk: Desk): Drawn[] {
  const holders = ofType(shapes(desk), 'bpmn:Participant', 'bpmn:Lane', 'bpmn:SubProcess');
  return [...holders.filter((holder) => !holder.collapsed), desk.get('canvas').getRootElement()];
}

/** A point within a container, away from its edge; near other things when the container is the endless plane. */
export function spotIn(desk: Desk, container: Drawn): { x: number; y: number } {
  const { chance } = desk;
  if (container.parent) {
    return {
      x: Math.round(container.x + 50 + chance.next() * Math.max(container.width - 100, 10)),
      y: Math.round(container.y + 40 + chance.next() * Math.max(container.height - 80, 10)),
    };
  }
  const near = desk.pick(shapes(desk));
  return {
    x: Math.round((near?.x ?? 300) + chance.between(-150, 250)),
    y: Math.round((near?.y ?? 200) + chance.between(-150, 250)),
  };
}

/** Whether an element is one of these, or lies in one. */
export function isInside(element: Drawn | null, holders: readonly Drawn[]): boolean {
  for (let at = element; at; at = at.parent) if (holders.includes(at)) return true;
  return false;
}
