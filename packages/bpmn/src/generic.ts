import type { Json } from '@tidemark/documents/records';
import type { GenericElement, Moddle } from './moddle.ts';

/**
 * An element of an unknown namespace with all it contains, as one value: its nodes from the outside in, each with its
 * depth. A nested value would be as deep as the file likes, and deep values can't be stored.
 */
interface Node {
  /** Depth; 0 is the element itself. */
  readonly d: number;
  /** Name with prefix, and the namespace the prefix stands for. */
  readonly n: string;
  readonly u: string;
  readonly a?: Readonly<Record<string, Json>>;
  /** Text. */
  readonly b?: string;
}

export function packGeneric(element: GenericElement): Json {
  const nodes: Node[] = [];
  const waiting: { element: GenericElement; depth: number }[] = [{ element, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { $type, $descriptor, $body, $children } = next.element;
    const attributes = attributesOf(next.element);
    nodes.push({
      d: next.depth,
      n: $type,
      u: $descriptor.ns.uri ?? '',
      ...(Object.keys(attributes).length > 0 ? { a: attributes } : {}),
      ...($body === undefined || $body === null ? {} : { b: $body }),
    });
    const depth = next.depth + 1;
    waiting.push(...[...($children ?? [])].reverse().map((child) => ({ element: child, depth })));
  }
  return nodes as unknown as Json;
}

/** Null when the value is nothing that `packGeneric` made. */
export function unpackGeneric(moddle: Moddle, value: Json | undefined): GenericElement | null {
  if (!Array.isArray(value)) return null;
  const path: GenericElement[] = [];
  for (const node of value as readonly Json[]) {
    if (!isNode(node) || node.d > path.length || (node.d === 0 && path.length > 0)) return null;
    const element = moddle.createAny(node.n, node.u, node.a ?? {});
    if (node.b !== undefined) element.$body = node.b;
    const owner = path[node.d - 1];
    path.length = node.d;
    path.push(element);
    if (owner === undefined) continue;
    element.$parent = owner;
    owner.$children = [...(owner.$children ?? []), element];
  }
  return path[0] ?? null;
}

function attributesOf(element: GenericElement): Record<string, Json> {
  const attributes: Record<string, Json> = {};
  for (const [name, value] of Object.entries(element)) {
    if (!name.startsWith('$') && typeof value === 'string') attributes[name] = value;
  }
  return attributes;
}

function isNode(value: Json): value is Json & Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { d, n, u, a, b } = value as Record<string, Json>;
  return (
    Number.isSafeInteger(d) &&
    Number(d) >= 0 &&
    typeof n === 'string' &&
    typeof u === 'string' &&
    (a === undefined || (typeof a === 'object' && a !== null && !Array.isArray(a))) &&
    (b === undefined || typeof b === 'string')
  );
}
