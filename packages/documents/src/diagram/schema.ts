import { isList, type Json } from '../records/json.ts';
import { flag, integer, object, type Register, reference, text } from '../records/register.ts';
import type { CollectionSchema, KindSchema } from '../records/schema.ts';
import { ownerOfKey } from './key.ts';
import { isPackedElement } from './xml-text.ts';

/**
 * A diagram's records (docs/records.md): one for each element of the BPMN tree, each shape and each edge too.
 *
 * - `el`: elements of which their owner has many. Their keys are random.
 * - `one`: what an owner has at most one of. The key is `<owner's key>/<property>`, so that two people who add it
 *   meet in one record.
 */
export const metaRegisters = {
  title: text('', 500),
  root: reference(),
  schemaVersion: integer(0, 0, 1_000_000),
};

/** Where an element is contained: the key of its owner and the owner's property, as one register. */
const place: Register<readonly [owner: string, property: string] | null> = {
  fallback: null,
  read: (raw) => {
    if (!isList(raw) || raw.length !== 2) return undefined;
    const [owner, property] = raw;
    return isName(owner) && isName(property) ? [owner, property] : undefined;
  },
};

const bounds = object<Json>(null, (raw) =>
  [raw.x, raw.y, raw.width, raw.height].every((part) => typeof part === 'number') ? raw : undefined,
);

/** `[x, y]`, with the attributes the file gave the point, if any, as a third part. */
const waypoints: Register<readonly Json[]> = {
  fallback: [],
  read: (raw) =>
    isList(raw) &&
    raw.every((point) => isList(point) && typeof point[0] === 'number' && typeof point[1] === 'number')
      ? raw
      : undefined,
};

/** Key of another element, or `?` and the id that a file refers to and does not contain. */
const target: Register<string> = {
  fallback: '',
  read: (raw) => (isName(raw) ? raw : undefined),
};

const scalar: Register<Json> = {
  fallback: null,
  read: (raw) => (typeof raw === 'object' && raw !== null ? undefined : raw),
};

const list: Register<readonly Json[]> = { fallback: [], read: (raw) => (isList(raw) ? raw : undefined) };

const packed: Register<readonly Json[]> = {
  fallback: [],
  read: (raw) => (isPackedElement(raw) ? raw : undefined),
};

export const elementRegisters = {
  t: text('', 200),
  pf: place,
  o: reference(),
  x: flag(),
  $bounds: bounds,
  $waypoint: waypoints,
  $font: object<Json>(null, (raw) => raw),
  /** Names of the '~' attributes in the order of the file; those not named follow by name. */
  '~': list,
  g: packed,
} as const;

/** The longest prefix first: `&*` is also `&`. */
export const elementFamilies: Readonly<Record<string, Register<Json>>> = {
  '&*': reference() as Register<Json>,
  '&': target as Register<Json>,
  '@': scalar,
  '#': list as Register<Json>,
  '~': scalar,
};

const element = { registers: elementRegisters, families: elementFamilies } as unknown as Omit<
  CollectionSchema,
  'layout'
>;

export const diagramSchema = {
  kind: 'diagram',
  version: 1,
  collections: {
    meta: { layout: 'single', registers: metaRegisters, families: {} },
    el: { layout: 'nested', ...element, list: 'pf' },
    one: { layout: 'flat', ...element },
  },
  partOf,
} as const satisfies KindSchema;

/** A shape is part of what it draws, a detail part of its owner. */
function partOf(_collection: string, id: string, registers: ReadonlyMap<string, Json>): string | null {
  const drawn = registers.get('&bpmnElement');
  if (typeof drawn === 'string') return drawn;
  const only = ownerOfKey(id);
  if (only !== null) return only[0];
  const [owner, property] = place.read(registers.get('pf') ?? null) ?? [];
  return owner === undefined || property === undefined || crowds.has(property) ? null : owner;
}

/** Properties whose elements have lives of their own. */
export const crowds: ReadonlySet<string> = new Set([
  'rootElements',
  'diagrams',
  'planeElement',
  'flowElements',
  'artifacts',
  'laneSets',
  'lanes',
  'participants',
  'messageFlows',
]);

function isName(raw: Json | undefined): raw is string {
  return typeof raw === 'string' && raw !== '' && raw.length <= 10_000;
}
