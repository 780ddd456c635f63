import { attributeOf, localName, prefixOf, uriOf, type XmlElement } from './xml.ts';

/** As much of a moddle property as reading a file needs. */
export interface Property {
  readonly name: string;
  readonly ns: { readonly localName: string };
  readonly type: string;
  readonly isMany?: boolean;
  readonly isAttr?: boolean;
  readonly isReference?: boolean;
  readonly isVirtual?: boolean;
  readonly default?: unknown;
  readonly xml?: { readonly serialize?: string };
}

export interface Descriptor {
  readonly name: string;
  readonly properties: readonly Property[];
  readonly propertiesByName: Readonly<Record<string, Property>>;
  readonly allTypesByName: Readonly<Record<string, unknown>>;
  readonly bodyProperty?: Property;
  readonly idProperty?: Property;
}

interface Package {
  readonly prefix: string;
  readonly uri: string;
  readonly types?: readonly { readonly name: string; readonly extends?: readonly string[] }[];
  readonly xml?: { readonly tagAlias?: string; readonly typePrefix?: string };
}

/** The part of moddle that knows the BPMN schema. */
export interface Schema {
  getPackage(uriOrPrefix: string): Package | undefined;
  getPackages(): readonly Package[];
  getType(name: string): { readonly $descriptor: Descriptor };
}

/** What an element of a file is to bpmn-moddle. */
export type Meaning =
  | { readonly is: 'typed'; readonly type: Descriptor; readonly property: Property | null }
  /** The plain value of a property, such as `<text>`. */
  | { readonly is: 'value'; readonly property: Property }
  /** `<flowNodeRef>Task_1</flowNodeRef>` */
  | { readonly is: 'reference'; readonly property: Property }
  /** Of another namespace, in a place that may hold such. */
  | { readonly is: 'extension' }
  /** Of another namespace, where the schema has no place for it. */
  | { readonly is: 'foreign' }
  /** Of a namespace of BPMN, where the schema has no place for it. */
  | { readonly is: 'misplaced' };

const simple = new Set(['String', 'Boolean', 'Integer', 'Real']);

export interface Grammar {
  /** Null: the element is no `bpmn:Definitions`. */
  root(element: XmlElement): Meaning | null;
  child(element: XmlElement, of: Descriptor): Meaning;
  /** The property behind an attribute; null: it is not of the schema. */
  attribute(name: string, of: XmlElement, type: Descriptor): Property | null;
  is(type: Descriptor, name: string): boolean;
}

export function createGrammar(schema: Schema): Grammar {
  const known = new Set(
    schema.getPackages().flatMap(({ prefix, types = [] }) =>
      // What extends another type is a set of attributes, no type of an element.
      types.filter((type) => !type.extends).map(({ name }) => `${prefix}:${localName(name)}`),
    ),
  );
  const typeNamed = (name: string) => (known.has(name) ? schema.getType(name).$descriptor : null);

  /** `bpmn:userTask`, whatever prefix the file has for it; null: of another namespace. */
  function ownName({ name, uri }: XmlElement): string | null {
    const found = uri === null ? undefined : schema.getPackage(uri);
    return found ? `${found.prefix}:${localName(name)}` : null;
  }

  /** The type that a tag, or an `xsi:type`, names. */
  function typeOf(name: string): Descriptor | null {
    const from = schema.getPackage(prefixOf(name));
    const local = localName(name);
    const capital =
      from?.xml?.tagAlias === 'lowerCase' ? local.charAt(0).toUpperCase() + local.slice(1) : local;
    return typeNamed(`${prefixOf(name)}:${capital}`);
  }

  function declaredType(element: XmlElement): Descriptor | null {
    const name = element.attributes.find(
      (attribute) =>
        localName(attribute.name) === 'type' && uriOf(element, prefixOf(attribute.name)) === schemaInstance,
    )?.value;
    if (name === undefined) return null;
    const uri = uriOf(element, prefixOf(name));
    const from = uri === null ? undefined : schema.getPackage(uri);
    if (!from) return null;
    const local = localName(name);
    const { typePrefix } = from.xml ?? {};
    const plain = typePrefix && local.startsWith(typePrefix) ? local.slice(typePrefix.length) : local;
    return typeNamed(`${from.prefix}:${plain}`);
  }

  function child(element: XmlElement, of: Descriptor): Meaning {
    const name = ownName(element);
    if (name === null) {
      const place = of.properties.some(({ type, isReference }) => type === 'Element' && !isReference);
      return { is: place ? 'extension' : 'foreign' };
    }
    const property = of.propertiesByName[name];
    if (property && !property.isAttr) {
      if (simple.has(property.type)) return { is: 'value', property };
      if (property.isReference) return { is: 'reference', property };
      const type = (property.xml?.serialize && declaredType(element)) || typeNamed(property.type);
      return type ? { is: 'typed', type, property } : { is: 'misplaced' };
    }
    const type = typeOf(name);
    const holder =
      type &&
      of.properties.find(
        (one) => !one.isVirtual && !one.isReference && !one.isAttr && one.type in type.allTypesByName,
      );
    return type && holder ? { is: 'typed', type, property: holder } : { is: 'misplaced' };
  }

  return {
    child,
    root(element) {
      const type = ownName(element) === 'bpmn:definitions' ? typeNamed('bpmn:Definitions') : null;
      return type && { is: 'typed', type, property: null };
    },
    attribute(name, of, type) {
      const prefix = prefixOf(name);
      if (prefix === '') return type.propertiesByName[name] ?? null;
      const uri = uriOf(of, prefix);
      const from = uri === null ? undefined : schema.getPackage(uri);
      return (from && type.propertiesByName[`${from.prefix}:${localName(name)}`]) ?? null;
    },
    is: (type, name) => name in type.allTypesByName,
  };
}

/** Of a file's element that has one. */
export function idOf(element: XmlElement): string | null {
  const id = attributeOf(element, 'id');
  return id === '' ? null : id;
}

const schemaInstance = 'http://www.w3.org/2001/XMLSchema-instance';
