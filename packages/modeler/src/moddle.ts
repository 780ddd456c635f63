import { isModdleElement, type Moddle, type ModdleElement } from '@tidemark/bpmn';

export type { ModdleElement };

/** BPMN ids that are taken in this replica, and new ones that are not. */
export interface Ids {
  next(element?: ModdleElement): string;
  nextPrefixed(prefix: string, element?: ModdleElement): string;
  claim(id: string, element?: ModdleElement): void;
  assigned(id: string): ModdleElement | boolean;
  unclaim(id: string): void;
  clear(): void;
}

/** The moddle of a bpmn-js instance. A viewer has no ids. */
export interface CanvasModdle extends Moddle {
  ids?: Ids;
}

export function isA(element: ModdleElement | null | undefined, type: string): boolean {
  return element?.$instanceOf?.(type) ?? false;
}

export function idOf(element: ModdleElement): string | undefined {
  const id = element.get('id');
  return typeof id === 'string' ? id : undefined;
}

/** What a property holds, be it one or many. Own values only: reading must not make empty lists. */
export function contained(element: ModdleElement, property: string): readonly ModdleElement[] {
  if (!Object.hasOwn(element, property)) return [];
  const value = element.get(property);
  if (Array.isArray(value)) return value.filter(isModdleElement);
  return isModdleElement(value) ? [value] : [];
}
