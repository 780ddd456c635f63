/**
 * What the tools need of bpmn-js, cut no wider than they use it. bpmn-js types its elements as `any`; these shapes are the ones that
 * its importer and modeling produce.
 */

/** An object of the BPMN tree. Of a namespace nobody knows, it has its attributes and children as they came. */
export interface ModdleObject {
  readonly $type: string;
  $parent?: ModdleObject;
  readonly $attrs?: Readonly<Record<string, unknown>>;
  readonly $children?: readonly ModdleObject[];
  readonly $body?: string;
  readonly $descriptor?: {
    readonly isGeneric?: boolean;
    readonly properties?: readonly PropertyDescriptor[];
    readonly ns?: { readonly prefix?: string; readonly localName?: string; readonly uri?: string };
  };
  $instanceOf?(type: string): boolean;
  get?(name: string): unknown;
}

interface PropertyDescriptor {
  readonly name: string;
  readonly ns?: { readonly localName?: string };
  readonly isReference?: boolean;
  readonly isMany?: boolean;
}

/** A shape, connection, label or root of the canvas. */
export interface CanvasElement {
  readonly id: string;
  readonly type: string;
  readonly businessObject: ModdleObject;
  readonly di?: ModdleObject;
  readonly parent?: CanvasElement | null;
  readonly children?: readonly CanvasElement[];
  readonly incoming?: readonly CanvasElement[];
  readonly outgoing?: readonly CanvasElement[];
  readonly attachers?: readonly CanvasElement[];
  readonly labelTarget?: CanvasElement | null;
  readonly source?: CanvasElement;
  readonly target?: CanvasElement;
  readonly waypoints?: readonly Point[];
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly width: number;
  readonly height: number;
}

export function is(object: ModdleObject | null | undefined, type: string): boolean {
  return object?.$instanceOf?.(type) ?? false;
}

export function isAny(object: ModdleObject | null | undefined, types: readonly string[]): boolean {
  return types.some((type) => is(object, type));
}

/** A property that is text; anything else reads as ''. */
export function textOf(object: ModdleObject | null | undefined, name: string): string {
  const value = object?.get?.(name);
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

export function flagOf(object: ModdleObject | null | undefined, name: string): boolean {
  return object?.get?.(name) === true;
}

export function objectOf(object: ModdleObject | null | undefined, name: string): ModdleObject | null {
  const value = object?.get?.(name);
  return isObject(value) ? value : null;
}

export function listOf(object: ModdleObject | null | undefined, name: string): readonly ModdleObject[] {
  const value = object?.get?.(name);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is ModdleObject {
  return typeof value === 'object' && value !== null && '$type' in value;
}

/** `bpmn:Definitions` above an object; null when it hangs in the air. */
export function definitionsOf(object: ModdleObject): ModdleObject | null {
  let above: ModdleObject | undefined = object;
  // The length of a chain of parents is bounded by the depth that a file may have.
  for (let step = 0; above && step < 1000; step++) {
    if (above.$type === 'bpmn:Definitions') return above;
    above = above.$parent;
  }
  return null;
}

/** What a label belongs to; anything else is itself. */
export function bearer(element: CanvasElement): CanvasElement {
  return element.labelTarget ?? element;
}
