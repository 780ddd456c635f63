/// <reference path="./bpmn-moddle.d.ts" />
import { BpmnModdle } from 'bpmn-moddle';

/** The parts of bpmn-moddle that this room uses; its own types leave everything open. */
export interface Moddle {
  create(type: string, attributes?: Readonly<Record<string, unknown>>): ModdleElement;
  createAny(name: string, uri: string, attributes?: Readonly<Record<string, unknown>>): GenericElement;
  /** Throws for a type that it does not know. */
  getType(type: string): { readonly $descriptor: Descriptor };
  getPackages(): readonly {
    readonly prefix: string;
    readonly types?: readonly {
      readonly name: string;
      readonly isAbstract?: boolean;
      readonly extends?: readonly string[];
    }[];
  }[];
  fromXML(xml: string): Promise<ParseResult>;
  toXML(element: ModdleElement, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>;
}

export interface ModdleElement {
  readonly $type: string;
  readonly $descriptor: Descriptor;
  /** Attributes that the schema does not know, namespace declarations among them. */
  readonly $attrs: Record<string, unknown>;
  readonly $model: Moddle;
  $parent?: ModdleElement | undefined;
  $instanceOf(type: string): boolean;
  get(name: string): unknown;
  set(name: string, value: unknown): void;
}

/** An element of a namespace that the schema does not know: its attributes are properties of the object. */
export interface GenericElement extends ModdleElement {
  $body?: string | undefined;
  $children?: GenericElement[] | undefined;
}

export interface Descriptor {
  readonly ns: { readonly uri?: string };
  readonly isGeneric?: boolean;
  readonly properties: readonly Property[];
  readonly propertiesByName: Readonly<Record<string, Property>>;
}

export interface Property {
  /** With its namespace where that is not the type's own: 'di:waypoint' is asked for as it stands here. */
  readonly name: string;
  readonly type: string;
  readonly isMany?: boolean;
  readonly isReference?: boolean;
  readonly isVirtual?: boolean;
}

/** In place of an element that a file refers to and does not contain: written back as it was. */
export interface OutsideElement {
  readonly id: string;
}

export interface ParseResult {
  readonly rootElement: ModdleElement;
  readonly elementsById: Readonly<Record<string, ModdleElement>>;
  readonly references: readonly FileReference[];
  readonly warnings: readonly ParseWarning[];
}

export interface FileReference {
  readonly element: ModdleElement;
  readonly property: string;
  readonly id: string;
}

export interface ParseWarning {
  readonly message: string;
  readonly element?: ModdleElement;
  readonly property?: string;
  readonly value?: unknown;
}

/** BPMN 2.0 with its drawing and the colours of bpmn.io and BPMN in Color; all else is kept as it stands in the file. */
export function createModdle(): Moddle {
  return new BpmnModdle() as unknown as Moddle;
}

export function isModdleElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$descriptor' in value;
}

export function isGeneric(element: ModdleElement): element is GenericElement {
  return element.$descriptor.isGeneric === true;
}

/** What was set on this element itself, as opposed to a default of its type. */
export function ownValue(element: ModdleElement, name: string): unknown {
  return Object.hasOwn(element, name) ? (element as unknown as Record<string, unknown>)[name] : undefined;
}
