import type { Thing } from '../change.ts';
import { type Copied, choose, copyLabel } from '../copy-things.ts';
import { type Editor, newId, transact } from '../records/editor.ts';
import { isList, isObject, type Json } from '../records/json.ts';
import { isOrderKey, keyBetween } from '../records/order-key.ts';
import type { Past } from '../records/past.ts';
import { readState, type State } from '../records/state.ts';
import { diagramBody } from './anatomy.ts';
import { hasRoom } from './fitting.ts';
import { collectionOf, isOutside, newKey, ownerOfKey } from './key.ts';
import { listPrefix } from './raw.ts';
import { crowds } from './schema.ts';
import { placeOf, type Wholes, wholesOf } from './wholes.ts';
import { localName, textIn } from './words.ts';

/** How far from where it was a copy lies, so that it hides nothing, in pixels. */
const offset = 40;
/** What a copy can't be without. */
const ends = ['&sourceRef', '&targetRef', '&attachedToRef'];
const rooms = new Set(
  [...crowds].filter((name) => !['rootElements', 'diagrams', 'planeElement'].includes(name)),
);

/**
 * Makes elements of an earlier moment anew, as one step, beside where they were: with what draws and details them, what lies in
 * them, and the flows among them. A flow comes with its ends, a boundary event with its host.
 */
export function copyDiagramThings(editor: Editor, then: Past, things: readonly Thing[]): Copied {
  const [was, is] = [wholesOf(then.state), wholesOf(readState(editor.doc, editor.schema))];
  const anatomy = diagramBody.anatomy(then.state);
  const thingAt = (key: string): Thing => {
    const id = was.thingOf(collectionOf(key), key);
    return { collection: collectionOf(id), id };
  };
  const isElement = ({ id }: Thing) => rooms.has(placeOf(was.at(id) ?? new Map())[1]);
  const chosen = choose(editor, then.state, anatomy, things.filter(isElement), ({ id }) => [
    ...ends.flatMap((register) => {
      const end = textIn(was.at(id), register);
      return was.at(end) === null ? [] : [thingAt(end)];
    }),
    // The page of a collapsed subprocess.
    ...was.referrersOf(id).flatMap(([key, register]) => {
      const isPlane = register === '&bpmnElement' && textIn(was.at(key), 't') === 'bpmndi:BPMNPlane';
      return isPlane ? [thingAt(key)] : [];
    }),
  ]);
  const picked = withFlows(was, then.state, chosen.things);
  const keys = newKeys(picked.flatMap((thing) => anatomy.partsOf(thing).map(({ id }) => id)));
  for (const key of [...keys.keys()]) {
    if (homeOf(was, is, keys, key) !== null) continue;
    for (const part of was.partsOf(key)) keys.delete(part);
  }
  const makeRecord = createMaker(was, is, keys);

  const made = transact(
    editor,
    copyLabel(things, (thing) => diagramBody.called(then, thing)),
    (write) => {
      for (const [key, copy] of keys) write.create(collectionOf(copy), copy, makeRecord(key));
      for (const key of keys.keys()) {
        for (const [lane, , value] of was.lanesOf(key)) {
          const claim = `${listPrefix}flowNodeRef/${keys.get(key)}`;
          if (!keys.has(lane) && is.at(lane) !== null) write.set(collectionOf(lane), lane, claim, value);
        }
      }
    },
    { asItWas: true },
  );
  const left = [
    ...chosen.left,
    ...things.filter((thing) => !isElement(thing)),
    ...picked.filter(({ id }) => !keys.has(id)),
  ];
  if (!made) return { copies: [], left };
  const copies = picked.flatMap((of) => {
    const id = keys.get(of.id);
    return id === undefined ? [] : [{ of, copy: { collection: collectionOf(id), id } }];
  });
  return { copies, left };
}

/** And the flows both of whose ends are among them. */
function withFlows(was: Wholes, then: State, things: readonly Thing[]): Thing[] {
  const all = new Map(things.map((thing) => [thing.id, thing]));
  for (const key of then.el?.keys() ?? []) {
    const record = was.at(key);
    const [source, target] = [textIn(record, '&sourceRef'), textIn(record, '&targetRef')];
    if (record === null || was.thingOf('el', key) !== key) continue;
    if (all.has(source) && all.has(target) && rooms.has(placeOf(record)[1]))
      all.set(key, { collection: 'el', id: key });
  }
  return [...all.values()];
}

/** Old key → new one; what an owner has one of keeps its property. */
function newKeys(keys: readonly string[]): Map<string, string> {
  const made = new Map<string, string>();
  for (const key of keys) if (ownerOfKey(key) === null) made.set(key, newKey());
  for (const key of keys) {
    const at = key.indexOf('/');
    const owner = at === -1 ? undefined : made.get(key.slice(0, at));
    if (owner !== undefined) made.set(key, owner + key.slice(at));
  }
  return made;
}

type Registers = Record<string, Json | undefined>;

/** Makes the registers of a copy: references among what is copied go to the copies, others stay while they lead anywhere. */
function createMaker(was: Wholes, is: Wholes, keys: ReadonlyMap<string, string>) {
  const last = new Map<string, string | null>();

  const orderIn = (owner: string, property: string): string => {
    const at = `${owner}/${property}`;
    const before = last.has(at) ? last.get(at)! : lastOrder(is, owner, property);
    const order = keyBetween(before, null);
    last.set(at, order);
    return order;
  };
  return (key: string): Registers => {
    const record = was.at(key)!;
    const registers: Registers = {};
    for (const [register, value] of record) {
      if (register.startsWith(listPrefix)) {
        const at = register.indexOf('/');
        const member = register.slice(at + 1);
        const isOwn = register.startsWith(`${listPrefix}flowNodeRef/`);
        const target = keys.get(member) ?? (!isOwn && leads(is, member) ? member : null);
        if (at !== -1 && target !== null) registers[`${register.slice(0, at)}/${target}`] = value;
      } else if (register.startsWith('&') && typeof value === 'string') {
        registers[register] = keys.get(value) ?? (leads(is, value) ? value : undefined);
      } else if (register === '@id')
        registers[register] = `${localName(textIn(record, 't'))}_${newId().slice(0, 7)}`;
      else if (register === '$bounds') registers[register] = movedBounds(value);
      else if (register === '$waypoint') registers[register] = movedPoints(value);
      else registers[register] = value;
    }
    const [owner, property] = placeOf(record);
    if (owner !== '') {
      const home = homeOf(was, is, keys, key) ?? '';
      registers.pf = [home, property];
      if (!keys.has(owner)) registers.o = orderIn(home, property);
    }
    return registers;
  };
}

/** Whether a reference still leads somewhere. */
function leads(is: Wholes, target: string): boolean {
  return isOutside(target) || is.at(target) !== null;
}

/** The order key of the last in a list as it is now. */
function lastOrder(is: Wholes, owner: string, property: string): string | null {
  let last: string | null = null;
  for (const [key, of] of is.contentsOf(owner)) {
    const order = textIn(is.at(key), 'o');
    if (of === property && isOrderKey(order) && (last === null || order > last)) last = order;
  }
  return last;
}

/**
 * What a copy lies in: the copy of what its original lay in, or that itself where it can hold it still, or else the first process, plane or collaboration that
 * there is. Null when there is none; '' for what its key says the owner of.
 */
function homeOf(was: Wholes, is: Wholes, keys: ReadonlyMap<string, string>, key: string): string | null {
  const record = was.at(key);
  const [owner, property] = record === null ? ['', ''] : placeOf(record);
  if (owner === '' || ownerOfKey(key) !== null) return '';
  const holder = is.at(owner);
  const home = keys.get(owner) ?? (holder !== null && hasRoom(textIn(holder, 't'), property) ? owner : null);
  if (home !== null) return home;
  const type = property === 'planeElement' ? 'bpmndi:BPMNPlane' : (typesOfRooms[property] ?? 'bpmn:Process');
  return is.firstOf(type);
}

const typesOfRooms: Readonly<Record<string, string>> = {
  participants: 'bpmn:Collaboration',
  messageFlows: 'bpmn:Collaboration',
  rootElements: 'bpmn:Definitions',
  diagrams: 'bpmn:Definitions',
};

function movedBounds(value: Json): Json {
  if (!isObject(value) || typeof value.x !== 'number' || typeof value.y !== 'number') return value;
  return { ...value, x: value.x + offset, y: value.y + offset };
}

function movedPoints(value: Json): Json {
  if (!isList(value)) return value;
  return value.map((point) => {
    if (!isList(point)) return point;
    const [x, y, ...rest] = point;
    return typeof x === 'number' && typeof y === 'number' ? [x + offset, y + offset, ...rest] : point;
  });
}
