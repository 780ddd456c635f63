import { isList, isObject, type Json } from '../records/json.ts';

/** Characters that no XML file can hold: most control characters, halves of surrogate pairs. */
const illegal = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
/** XML 1.0, productions 4 and 4a without the colon. */
const start =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F' +
  '\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const plainName = `[${start}][${start}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`;
const name = new RegExp(`^${plainName}(:${plainName})?$`, 'u');

/** Whether an attribute or element of a file can be called so, with or without a prefix. */
export function isXmlName(text: Json | undefined): text is string {
  return typeof text === 'string' && name.test(text);
}

/** The same value with what XML can't hold left out of its texts; the same object when there is nothing. */
export function xmlValue(value: Json): Json {
  if (typeof value === 'string') return value.replace(illegal, '');
  return illegalWithin(value) ? (JSON.parse(JSON.stringify(value), clean) as Json) : value;
}

function illegalWithin(value: Json): boolean {
  if (typeof value === 'string') return value.search(illegal) !== -1;
  if (isList(value)) return value.some(illegalWithin);
  return isObject(value) && Object.values(value).some(illegalWithin);
}

function clean(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(illegal, '') : value;
}

/**
 * An element of a namespace that BPMN does not know, as one value: its nodes from the outside in, each with its
 * depth, name, namespace, attributes and text. Nested values would be as deep as a file likes.
 */
export function isPackedElement(value: Json): value is readonly Json[] {
  if (!isList(value) || value.length === 0) return false;
  let last = -1;
  return value.every((node, index) => {
    if (!isObject(node)) return false;
    const { d, n, u, a, b } = node;
    if (!Number.isSafeInteger(d) || Number(d) > last + 1 || Number(d) < (index === 0 ? 0 : 1)) return false;
    last = Number(d);
    if (!isXmlName(n) || typeof u !== 'string' || (b !== undefined && typeof b !== 'string')) return false;
    if (a === undefined) return true;
    return isObject(a) && Object.entries(a).every(([key, held]) => isXmlName(key) && isScalar(held));
  });
}

export function isScalar(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}
