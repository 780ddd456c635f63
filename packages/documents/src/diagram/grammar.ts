import { grammarTable } from './grammar-table.ts';

/** What BPMN says of a type of element, what it inherits included. */
export interface ElementType {
  readonly name: string;
  /** Nothing is of this type itself. */
  readonly isAbstract: boolean;
  /** Its own name and the names of all that it is also. */
  readonly kinds: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, PropertyType>;
}

export interface PropertyType {
  /** As in the table: plain, plain values, drawing value, reference, references, contains one, contains many. */
  readonly holds: '@' | '#' | '$' | '&' | '&*' | '.' | '*';
  /** Of plain values 'b', 'n' or ''; of what is contained the type's name; 'Element' takes every other namespace too. */
  readonly type: string;
}

interface Line {
  readonly isAbstract: boolean;
  readonly parents: readonly string[];
  readonly properties: readonly string[];
}

const lines = new Map<string, Line>();
const types = new Map<string, ElementType>();
const line = /^(abstract )?(\S+)(?: < ([^|]*))? \|(.*)$/gm;
for (const [, isAbstract, name = '', parents = '', properties = ''] of grammarTable.matchAll(line)) {
  lines.set(fullName(name), {
    isAbstract: isAbstract !== undefined,
    parents: words(parents).map(fullName),
    properties: words(properties),
  });
}

/** Null for a type that BPMN does not know. */
export function typeOf(name: string): ElementType | null {
  const known = types.get(name);
  if (known !== undefined) return known;
  const own = lines.get(name);
  if (own === undefined) return null;
  const kinds = new Set<string>();
  const properties = new Map<string, PropertyType>();
  for (const parent of own.parents) {
    const type = typeOf(parent);
    for (const kind of type?.kinds ?? []) kinds.add(kind);
    for (const [property, held] of type?.properties ?? []) properties.set(property, held);
  }
  kinds.add(name);
  for (const written of own.properties) {
    const [, holds = '', property = '', type = ''] = /^(&\*|[&@#$.*])([^:]+):?(.*)$/.exec(written) ?? [];
    properties.set(property, { holds, type: /^[.*]$/.test(holds) ? fullName(type) : type } as PropertyType);
  }
  const made = { name, isAbstract: own.isAbstract, kinds, properties };
  types.set(name, made);
  return made;
}

/** Names of all types. */
export function typeNames(): Iterable<string> {
  return lines.keys();
}

function fullName(name: string): string {
  return name === 'Element' || name.includes(':') ? name : `bpmn:${name}`;
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
