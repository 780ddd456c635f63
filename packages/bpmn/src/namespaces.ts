import { isGeneric, type ModdleElement } from './moddle.ts';
import { contentsOf } from './tree.ts';

/** Of tools whose attributes travel by copy and paste. */
const known: Readonly<Record<string, string>> = {
  activiti: 'http://activiti.org/bpmn',
  camunda: 'http://camunda.org/schema/1.0/bpmn',
  flowable: 'http://flowable.org/bpmn',
  modeler: 'http://camunda.org/schema/modeler/1.0',
  signavio: 'http://www.signavio.com',
  zeebe: 'http://camunda.org/schema/zeebe/1.0',
};

/**
 * Declares at the root what prefixes of unknown attributes lack a namespace; bpmn-moddle would leave the attributes
 * out. That comes of pasting from another diagram, and of removing a declaration while somebody uses it.
 */
export function declareNamespaces(definitions: ModdleElement): void {
  const missing = new Set<string>();
  const waiting: [ModdleElement, ReadonlySet<string>][] = [[definitions, new Set(['xml', 'xmlns', 'xsi'])]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [element, above] = next;
    const names = Object.keys(element.$attrs ?? {});
    const own = names.filter((name) => name.startsWith('xmlns:')).map((name) => name.slice('xmlns:'.length));
    const declared = own.length === 0 ? above : new Set([...above, ...own]);
    for (const name of names) {
      const [prefix, local] = name.split(':');
      if (prefix !== undefined && local !== undefined && !declared.has(prefix)) missing.add(prefix);
    }
    for (const { elements } of contentsOf(element)) {
      for (const child of elements) if (!isGeneric(child)) waiting.push([child, declared]);
    }
  }
  for (const prefix of [...missing].sort()) {
    const uri = Object.hasOwn(known, prefix) ? known[prefix] : `urn:tidemark:prefix:${prefix}`;
    definitions.$attrs[`xmlns:${prefix}`] ??= uri;
  }
}
