import { type ModdleObject, objectOf, textOf } from '../tools/elements.ts';
import type { CopiedElement, CopiedTree } from '../tools/services.ts';

/**
 * Copied elements as text, for the system's clipboard: they can be pasted into another diagram, in another tab, or by somebody else.
 *
 * An object is `{t: type, p: {property: value}, a: unknown attributes}`, one of an unknown namespace `{g: type, u: uri, p, c: children,
 * b: text}`. Ids of objects are left out, since each paste makes new ones; those of the copied shapes stay, by which they name each other.
 */
interface TextForm {
  readonly tidemark: 'bpmn';
  readonly version: 1;
  readonly tree: Readonly<Record<string, readonly Plain[]>>;
}

type Value = string | number | boolean | null | readonly Value[] | Plain;
interface Plain {
  readonly [name: string]: Value;
}

/** Text is read back only up to this length: a clipboard can hold anything. */
const longest = 20_000_000;
/** Deeper than any file that is taken. */
const deepest = 200;

/** References that a copy takes along: what an event or a task speaks of. */
const carried = new Set(['errorRef', 'escalationRef', 'messageRef', 'signalRef']);

export function toText(tree: CopiedTree): string {
  const levels = Object.entries(tree).map(([depth, branch]) => [depth, branch.map(descriptorToPlain)]);
  const form: TextForm = { tidemark: 'bpmn', version: 1, tree: Object.fromEntries(levels) };
  return JSON.stringify(form);
}

function descriptorToPlain(descriptor: CopiedElement): Plain {
  const plain: Record<string, Value> = {};
  for (const [name, value] of Object.entries(descriptor)) {
    const kept = toPlain(value, 0);
    if (kept !== undefined) plain[name] = kept;
  }
  return plain;
}

function toPlain(value: unknown, depth: number): Value | undefined {
  if (depth > deepest) return undefined;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (Array.isArray(value)) return value.flatMap((each) => toPlain(each, depth + 1) ?? []);
  if (typeof value !== 'object') return undefined;
  if ('$type' in value) return objectToPlain(value as ModdleObject, depth);
  const entries = Object.entries(value).map(([name, part]) => [name, toPlain(part, depth + 1)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

function objectToPlain(object: ModdleObject, depth: number): Plain {
  const { $type, $descriptor } = object;
  if ($descriptor?.isGeneric) {
    const own = Object.entries(object).filter(([name]) => !name.startsWith('$'));
    return {
      g: $type,
      u: $descriptor.ns?.uri ?? '',
      p: Object.fromEntries(own.flatMap(([name, value]) => keep(name, toPlain(value, depth + 1)))),
      c: (object.$children ?? []).map((child) => objectToPlain(child, depth + 1)),
      b: object.$body ?? '',
    };
  }
  const properties = ($descriptor?.properties ?? []).flatMap(({ name, isReference }) => {
    const local = name.replace(/^bpmn:/, '');
    if (local === 'id' || (isReference && !carried.has(local))) return [];
    if (!Object.hasOwn(object, local) && !Object.hasOwn(object, name)) return [];
    return keep(name, toPlain(object.get?.(name), depth + 1));
  });
  const attributes = Object.entries(object.$attrs ?? {}).flatMap(([name, value]) =>
    keep(name, toPlain(value, depth + 1)),
  );
  return { t: $type, p: Object.fromEntries(properties), a: Object.fromEntries(attributes) };
}

function keep(name: string, value: Value | undefined): [string, Value][] {
  return value === undefined ? [] : [[name, value]];
}

/** How objects are made again where they are pasted. */
export interface Maker {
  create(type: string, properties?: Record<string, unknown>): ModdleObject;
  createAny(type: string, uri: string, properties?: Record<string, unknown>): ModdleObject;
  /** What the diagram has already of what is named and referred to; null when it must be made. */
  known(type: string, name: string): ModdleObject | null;
}

/** The copied elements in text; null for text that is anything else, or that names types nobody knows. */
export function fromText(text: string, maker: Maker): CopiedTree | null {
  const form = readForm(text);
  if (form === null) return null;
  try {
    const levels = Object.entries(form.tree).map(([depth, branch]) => [
      depth,
      branch.map((plain) => descriptorFrom(plain, maker)),
    ]);
    return Object.fromEntries(levels) as CopiedTree;
  } catch {
    // A type that moddle does not know: text of another program, or of a later version.
    return null;
  }
}

function readForm(text: string): TextForm | null {
  if (text.length > longest || !text.startsWith('{"tidemark":"bpmn"')) return null;
  try {
    const form = JSON.parse(text) as TextForm;
    const sound =
      form.version === 1 &&
      isPlain(form.tree) &&
      Object.entries(form.tree).every(
        ([depth, branch]) => /^\d{1,4}$/.test(depth) && Array.isArray(branch) && branch.every(isDescriptor),
      );
    return sound ? form : null;
  } catch {
    // Not JSON: text of anybody.
    return null;
  }
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDescriptor(value: unknown): value is Plain {
  return isPlain(value) && typeof value.id === 'string';
}

function descriptorFrom(plain: Plain, maker: Maker): CopiedElement {
  const parts = Object.entries(plain).map(([name, value]) => [name, revive(value, maker)]);
  return Object.fromEntries(parts) as CopiedElement;
}

function revive(value: Value, maker: Maker): unknown {
  if (Array.isArray(value)) return value.map((each: Value) => revive(each, maker));
  if (!isPlain(value)) return value;
  if (typeof value.t === 'string' && isPlain(value.p)) return reviveTyped(value, value.t, value.p, maker);
  if (typeof value.g === 'string' && isPlain(value.p)) return reviveGeneric(value, value.g, value.p, maker);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revive(part, maker)]));
}

function reviveTyped(value: Plain, type: string, properties: Plain, maker: Maker): ModdleObject {
  const known = typeof properties.name === 'string' ? maker.known(type, properties.name) : null;
  if (known) return known;
  const made = maker.create(type);
  for (const [name, part] of Object.entries(properties)) {
    const revived = revive(part, maker);
    // What is only referred to belongs to the file.
    if (!carried.has(name.replace(/^bpmn:/, ''))) adopt(revived, made);
    (made as ModdleObject & { set(name: string, value: unknown): void }).set(name, revived);
  }
  const attributes = isPlain(value.a) ? value.a : {};
  for (const [name, part] of Object.entries(attributes)) {
    if (typeof part === 'string') (made.$attrs as Record<string, unknown>)[name] = part;
  }
  return made;
}

function reviveGeneric(value: Plain, type: string, properties: Plain, maker: Maker): ModdleObject {
  const children = Array.isArray(value.c) ? value.c.map((child: Value) => revive(child, maker)) : [];
  const made = maker.createAny(type, typeof value.u === 'string' ? value.u : '', {
    ...properties,
    ...(children.length > 0 ? { $children: children } : {}),
    ...(typeof value.b === 'string' && value.b !== '' ? { $body: value.b } : {}),
  });
  adopt(children, made);
  return made;
}

function adopt(value: unknown, parent: ModdleObject): void {
  for (const each of Array.isArray(value) ? value : [value]) {
    if (typeof each !== 'object' || each === null || !('$type' in each)) continue;
    const object = each as ModdleObject;
    // What is known already belongs to somebody.
    if (object.$parent === undefined) object.$parent = parent;
  }
}

/** Finds root elements of a file by type and name. */
export function knownIn(rootElements: readonly ModdleObject[]): Maker['known'] {
  return (type, name) =>
    rootElements.find((each) => each.$type === type && isNamedOnce(each) && textOf(each, 'name') === name) ??
    null;
}

/** Processes and collaborations have names too, and are never shared. */
function isNamedOnce(object: ModdleObject): boolean {
  return (
    ['bpmn:Message', 'bpmn:Signal', 'bpmn:Error', 'bpmn:Escalation'].includes(object.$type) &&
    objectOf(object, 'extensionElements') === null
  );
}
