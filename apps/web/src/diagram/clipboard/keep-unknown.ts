import type { ModdleObject } from '../tools/elements.ts';
import type { EventBus, Services } from '../tools/services.ts';

/**
 * Copies take along what bpmn-js does not know: attributes and extension elements of namespaces of other tools. Its own copy leaves them out.
 */
class KeepUnknown {
  static $inject = ['eventBus', 'moddle'];

  constructor(eventBus: EventBus, moddle: Services['moddle']) {
    eventBus.on('moddleCopy.canCopyProperty', 2000, ({ property }) => {
      if (!isGeneric(property)) return undefined;
      return cloneGeneric(property, moddle);
    });
    eventBus.on('moddleCopy.canCopyProperties', 2000, ({ sourceElement, targetElement }) => {
      const from = (sourceElement as ModdleObject).$attrs;
      const to = (targetElement as ModdleObject).$attrs;
      if (from && to) Object.assign(to, from);
      return undefined;
    });
  }
}

function isGeneric(value: unknown): value is ModdleObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    '$descriptor' in value &&
    (value as ModdleObject).$descriptor?.isGeneric === true
  );
}

function cloneGeneric(object: ModdleObject, moddle: Services['moddle']): ModdleObject {
  const own = Object.fromEntries(Object.entries(object).filter(([name]) => !name.startsWith('$')));
  const children = (object.$children ?? []).map((child) => cloneGeneric(child, moddle));
  const copy = moddle.createAny(object.$type, object.$descriptor?.ns?.uri ?? '', {
    ...own,
    ...(object.$body === undefined ? {} : { $body: object.$body }),
    ...(children.length > 0 ? { $children: children } : {}),
  });
  for (const child of children) child.$parent = copy;
  return copy;
}

/** For bpmn-js: copies keep what it does not know. */
export const keepUnknownModule = {
  __init__: ['tidemarkKeepUnknown'],
  tidemarkKeepUnknown: ['type', KeepUnknown],
};
