import type { Anatomy, Body, Claim } from '../anatomy.ts';
import type { Thing } from '../change.ts';
import { quoted } from '../describe.ts';
import type { Editor } from '../records/editor.ts';
import type { Past } from '../records/past.ts';
import { isRemoved } from '../records/schema.ts';
import type { RecordState, State } from '../records/state.ts';
import { type Restored, restoreThings, type Wish } from '../restore-things.ts';
import { collectionOf, isKeyOf, isOutside, ownerOfKey } from './key.ts';
import { refitFlow } from './refit.ts';
import { isHeld, roomFor } from './room.ts';
import { crowds, diagramSchema } from './schema.ts';
import { placeOf, sourceList, wholesOf } from './wholes.ts';
import { nameAt, textIn, whatAt } from './words.ts';

/**
 * How the things of a diagram hang together: an element with what draws and details it lies in another, a flow has two ends, a
 * boundary event its host, a shape its page.
 */
export const diagramBody: Body = {
  schema: diagramSchema,
  anatomy,
  called,
  isHeld,
  room: roomFor,
  fit: refitFlow,
};

/** References that an element shows without. */
const loose = new Set(['&default']);
/** References that what shows goes with. */
const ends = new Set(['&sourceRef', '&targetRef', '&attachedToRef', '&bpmnElement']);
/** References of what runs from one element to another. */
const flowEnds = new Set(['&sourceRef', '&targetRef', sourceList]);

function anatomy(state: State): Anatomy {
  const wholes = wholesOf(state);
  const thingAt = (key: string): Thing => {
    const id = wholes.thingOf(collectionOf(key), key);
    return { collection: collectionOf(id), id };
  };
  const isThere = ({ collection, id }: Thing) => {
    const record = state[collection]?.get(id);
    return record !== undefined && !isRemoved(record);
  };
  const partsOf = (thing: Thing): readonly Thing[] => {
    if (!isElement(thing)) return isThere(thing) ? [thing] : [];
    return [...wholes.partsOf(thing.id), ...slotsOf(thing.id)].map((key) => ({
      collection: collectionOf(key),
      id: key,
    }));
  };
  const others = (thing: Thing, keys: Iterable<string>): Thing[] => {
    const found = new Map<string, Thing>();
    for (const key of keys) {
      if (wholes.at(key) === null) continue;
      const other = thingAt(key);
      if (other.id !== thing.id) found.set(other.id, other);
    }
    return [...found.values()];
  };

  /** The slots of its task that a data association fills or reads, with what holds them there. */
  const slotsOf = (key: string): string[] => {
    const record = wholes.at(key);
    if (record === null || !isDataFlow(record)) return [];
    const task = thingAt(key).id;
    const slots = [...record].flatMap(([register, value]) => {
      if (register.startsWith(`${sourceList}/`)) return [register.slice(sourceList.length + 1)];
      return register === '&targetRef' && typeof value === 'string' ? [value] : [];
    });
    return slots.flatMap((slot) => {
      const path: string[] = [];
      for (let at = slot; at !== task && wholes.thingOf(collectionOf(at), at) === task; ) {
        const here = wholes.at(at);
        if (here === null || path.includes(at)) break;
        path.push(at);
        at = ownerOfKey(at)?.[0] ?? placeOf(here)[0];
      }
      return path;
    });
  };
  /** A flow, or a data association: that is a part of its task, and yet another one's connection. */
  const flowAt = (key: string): Thing[] => {
    const isOwn = wholes.thingOf(collectionOf(key), key) === key;
    const record = wholes.at(key);
    return isOwn || (record !== null && isDataFlow(record))
      ? [{ collection: collectionOf(key), id: key }]
      : [];
  };

  return {
    partsOf,
    needs(thing) {
      const keys: string[] = [];
      if (!isElement(thing)) return [];
      for (const { id } of partsOf(thing)) {
        const record = wholes.at(id);
        if (record === null) continue;
        keys.push(ownerOfKey(id)?.[0] ?? placeOf(record)[0]);
        for (const [register, value] of record) {
          if (register.startsWith(`${sourceList}/`)) keys.push(register.slice(sourceList.length + 1));
          else if (register.startsWith('&') && !register.startsWith('&*') && !loose.has(register)) {
            if (typeof value === 'string' && !isOutside(value)) keys.push(value);
          }
        }
      }
      return others(thing, keys);
    },
    holds: (thing) =>
      isElement(thing)
        ? others(
            thing,
            partsOf(thing).flatMap(({ id }) => [
              ...wholes.contentsOf(id).flatMap(([key, property]) => (isInside(property) ? [key] : [])),
              ...wholes
                .referrersOf(id)
                .flatMap(([key, register]) => (register === '&attachedToRef' ? [key] : [])),
            ]),
          )
        : [],
    offers: (thing) =>
      isElement(thing)
        ? partsOf(thing).flatMap(({ id }) =>
            wholes.referrersOf(id).flatMap(([key, register]) => (flowEnds.has(register) ? flowAt(key) : [])),
          )
        : [],
    dependents(record) {
      if (!isElement(record)) return [];
      const { id } = record;
      const self = wholes.at(id);
      const [owner, property] = self === null ? ['', ''] : placeOf(self);
      return others(thingAt(id), [
        ...wholes.contentsOf(id).map(([key]) => key),
        ...wholes.referrersOf(id).flatMap(([key, register]) => (ends.has(register) ? [key] : [])),
        // Without its last pool a collaboration shows nothing.
        ...(property === 'participants' && poolsIn(owner) === 1 ? [owner] : []),
      ]);
    },
    claims: (thing) =>
      isElement(thing)
        ? wholes.lanesOf(thing.id).map(
            ([lane, register, value]): Claim => ({
              collection: collectionOf(lane),
              id: lane,
              register,
              value,
            }),
          )
        : [],
  };

  function poolsIn(collaboration: string): number {
    return wholes.contentsOf(collaboration).filter(([, property]) => property === 'participants').length;
  }
}

function isDataFlow(record: RecordState): boolean {
  return /:Data(Input|Output)Association$/.test(textIn(record, 't'));
}

function isElement({ collection, id }: Thing): boolean {
  return (collection === 'el' || collection === 'one') && isKeyOf(collection, id);
}

/** What lies in an element as in a room, and not beside it in a list of all there is. */
function isInside(property: string): boolean {
  return (
    crowds.has(property) &&
    property !== 'rootElements' &&
    property !== 'diagrams' &&
    property !== 'planeElement'
  );
}

function called({ state }: Past, { collection, id }: Thing): string {
  if (collection === 'meta') return 'title';
  const wholes = wholesOf(state);
  return wholes.at(id) === null ? 'one thing' : quoted(nameAt(wholes, id), whatAt(wholes, id) || 'element');
}

/** Brings single things back to what they were then, as one step; one that was not there is removed. */
export function restoreDiagramThings(
  editor: Editor,
  then: Past,
  things: readonly Thing[],
  wish?: Wish,
): Restored {
  return restoreThings(editor, diagramBody, then, things, wish);
}
