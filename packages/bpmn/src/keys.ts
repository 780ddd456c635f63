import type { ModdleElement } from './moddle.ts';

/**
 * Which record stands for which element of a moddle tree. An element keeps its key for life; when a new object takes
 * an element's place (a morph makes one), it inherits the key.
 */
export interface Keys {
  keyOf(element: object): string | null;
  elementOf(key: string): ModdleElement | null;
  /** From now on `key` is this element; one that had the key before is a thing of the past. */
  bind(key: string, element: ModdleElement): void;
  /** Gives `heir` the key of `old`, if it has one. */
  inherit(heir: ModdleElement, old: ModdleElement): void;
  forget(key: string): void;
}

export function createKeys(): Keys {
  const keys = new WeakMap<object, string>();
  const elements = new Map<string, ModdleElement>();
  const bind = (key: string, element: ModdleElement) => {
    keys.set(element, key);
    elements.set(key, element);
  };
  return {
    keyOf: (element) => keys.get(element) ?? null,
    elementOf: (key) => elements.get(key) ?? null,
    bind,
    inherit(heir, old) {
      const key = keys.get(old);
      if (key !== undefined) bind(key, heir);
    },
    forget: (key) => elements.delete(key),
  };
}
