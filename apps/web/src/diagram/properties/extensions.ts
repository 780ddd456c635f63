import { listOf, type ModdleObject, objectOf, textOf } from '../tools/elements.ts';

/** Names and values in the form that two families of engines read. */
export interface PropertyTable {
  /** `camunda:properties` or `zeebe:properties`. */
  readonly object: ModdleObject;
  readonly prefix: string;
  readonly rows: readonly PropertyRow[];
}

export interface PropertyRow {
  readonly name: string;
  readonly value: string;
}

const namespaces: Readonly<Record<string, string>> = {
  'camunda:properties': 'http://camunda.org/schema/1.0/bpmn',
  'zeebe:properties': 'http://camunda.org/schema/zeebe/1.0',
};

/** The tables of names and values in an element's extensions. */
export function propertyTables(extensions: ModdleObject | null): readonly PropertyTable[] {
  return listOf(extensions, 'values')
    .filter(({ $type }) => $type in namespaces)
    .map((object) => ({
      object,
      prefix: object.$type.split(':')[0] ?? '',
      rows: childrenOf(object).map((child) => ({
        name: attribute(child, 'name'),
        value: attribute(child, 'value'),
      })),
    }));
}

/** What else hangs in an element's extensions: kept as it is, shown as it is. */
export function otherExtensions(extensions: ModdleObject | null): readonly ModdleObject[] {
  return listOf(extensions, 'values').filter(({ $type }) => !($type in namespaces));
}

type CreateAny = (type: string, uri: string, properties?: Record<string, unknown>) => ModdleObject;

/** A table with these rows. Nobody here knows the namespace, so it is written as it would have been read. */
export function tableObject(
  prefix: string,
  rows: readonly PropertyRow[],
  createAny: CreateAny,
): ModdleObject {
  const type = `${prefix}:properties`;
  const uri = namespaces[type] ?? '';
  const table = createAny(type, uri, {
    $children: rows.map((row) => createAny(`${prefix}:property`, uri, { name: row.name, value: row.value })),
  });
  for (const child of table.$children ?? []) child.$parent = table;
  return table;
}

/** Which of the two a file's new tables are in: the one that it speaks of already. */
export function preferredPrefix(definitions: ModdleObject | null): string {
  const declared = Object.values(definitions?.$attrs ?? {});
  return declared.includes(namespaces['camunda:properties']) &&
    !declared.includes(namespaces['zeebe:properties'])
    ? 'camunda'
    : 'zeebe';
}

/** An element as indented XML, for reading. */
export function asXml(object: ModdleObject, depth = 0): string {
  const indent = '  '.repeat(depth);
  const attributes = Object.entries(attributesOf(object))
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');
  const children = childrenOf(object);
  const body = object.$body?.trim() || textOf(object, 'body');
  if (children.length === 0 && !body) return `${indent}<${object.$type}${attributes} />`;
  const inside = children.map((child) => asXml(child, depth + 1));
  if (body) inside.unshift(`${indent}  ${body}`);
  return [`${indent}<${object.$type}${attributes}>`, ...inside, `${indent}</${object.$type}>`].join('\n');
}

function attribute(object: ModdleObject, name: string): string {
  return attributesOf(object)[name] ?? '';
}

function attributesOf(object: ModdleObject): Readonly<Record<string, string>> {
  const own: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(object), ...Object.entries(object.$attrs ?? {})]) {
    if (name.startsWith('$') || name === 'body') continue;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      own[name] = String(value);
  }
  return own;
}

/** Children of an object of any kind, those that a known type keeps in its properties too. */
function childrenOf(object: ModdleObject): readonly ModdleObject[] {
  if (object.$children) return object.$children;
  return (object.$descriptor?.properties ?? []).flatMap(({ name, isReference }) => {
    if (isReference) return [];
    const one = objectOf(object, name);
    return one ? [one] : listOf(object, name);
  });
}
