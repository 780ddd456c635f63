import type { Descriptor } from '@tidemark/bpmn';
import type { CanvasModdle } from './moddle.ts';

/** Whether a BPMN type is, or inherits from, another. */
export type IsType = (type: string, base: string) => boolean;

/** Asks moddle once for each type; a type it does not know inherits from nothing. */
export function createTypes(moddle: CanvasModdle): IsType {
  const ancestors = new Map<string, ReadonlySet<string>>();
  const of = (type: string): ReadonlySet<string> => {
    let known = ancestors.get(type);
    if (known === undefined) {
      known = new Set(read(moddle, type));
      ancestors.set(type, known);
    }
    return known;
  };
  return (type, base) => type === base || of(type).has(base);
}

function read(moddle: CanvasModdle, type: string): string[] {
  try {
    const descriptor: Descriptor & { allTypesByName?: object } = moddle.getType(type).$descriptor;
    return Object.keys(descriptor.allTypesByName ?? {});
  } catch {
    return [];
  }
}
