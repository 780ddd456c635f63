import { isJson, type Json } from '@tidemark/documents/records';
import { isModdleElement, type Moddle, type ModdleElement, ownValue } from './moddle.ts';

/**
 * Values that BPMN writes as elements and that nobody edits in halves: bounds, points and fonts lie in the record
 * of the shape, edge or label.
 */
const valueTypes = ['dc:Bounds', 'dc:Font', 'dc:Point'] as const;
export type ValueType = (typeof valueTypes)[number];

export function isValueType(type: string): type is ValueType {
  return valueTypes.includes(type as ValueType);
}

export function packValue(value: unknown): Json | undefined {
  if (!Array.isArray(value)) return isModdleElement(value) ? packOne(value) : undefined;
  return value.filter(isModdleElement).map((point): Json => {
    const { x, y, ...rest } = packOne(point);
    return Object.keys(rest).length === 0 ? [x ?? 0, y ?? 0] : [x ?? 0, y ?? 0, rest];
  });
}

export function unpackValue(
  moddle: Moddle,
  type: ValueType,
  value: Json,
  owner: ModdleElement,
): ModdleElement | ModdleElement[] {
  if (type !== 'dc:Point') return unpackOne(moddle, type, value, owner);
  const points = Array.isArray(value) ? (value as readonly Json[]) : [];
  return points.map((point) => {
    const [x, y, rest] = Array.isArray(point) ? (point as readonly Json[]) : [];
    return unpackOne(moddle, type, { x: x ?? 0, y: y ?? 0, ...(isRecord(rest) ? rest : {}) }, owner);
  });
}

/** Unknown attributes stand under '$'. */
function packOne(element: ModdleElement): Record<string, Json> {
  const packed: Record<string, Json> = {};
  for (const { name } of element.$descriptor.properties) {
    const value = ownValue(element, name);
    if (value !== null && isJson(value)) packed[name] = value;
  }
  const attributes = Object.entries(element.$attrs).filter(([, value]) => isJson(value));
  if (attributes.length > 0) packed.$ = Object.fromEntries(attributes) as Json;
  return packed;
}

function unpackOne(moddle: Moddle, type: ValueType, value: Json, owner: ModdleElement): ModdleElement {
  const { $, ...properties } = isRecord(value) ? value : {};
  const element = moddle.create(type, properties);
  if (isRecord($)) Object.assign(element.$attrs, $);
  element.$parent = owner;
  return element;
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
