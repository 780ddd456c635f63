import { type FileNote, noted } from './report.ts';
import { isDeclaration, prefixOf, uriOf, walk, type XmlElement } from './xml.ts';

/** Gives every prefix something that it is bound to, and takes out elements whose names bpmn-moddle can't read. */
export function repairNames(root: XmlElement, notes: FileNote[]): void {
  for (const element of walk(root)) {
    for (const attribute of element.attributes) {
      // XML namespaces 1.0 knows no prefix that is bound to nothing; some programs write it all the same.
      if (attribute.name.startsWith('xmlns:') && attribute.value === '') {
        attribute.value = standIn(attribute.name.slice('xmlns:'.length));
        notes.push(bound(attribute.name.slice('xmlns:'.length), element));
      }
    }
    for (const { name } of [element, ...element.attributes.filter((one) => !isDeclaration(one))]) {
      const prefix = prefixOf(name);
      if (prefix === '' || uriOf(element, prefix) !== null) continue;
      root.attributes.push({ name: `xmlns:${prefix}`, value: standIn(prefix) });
      notes.push(bound(prefix, element));
    }
    element.uri = uriOf(element, prefixOf(element.name));
    element.children = element.children.filter((child) => {
      if (child.kind !== 'element' || readable.test(child.name)) return true;
      notes.push({
        code: 'element-lost',
        fate: 'lost',
        element: noted(element),
        line: child.line,
        detail: `<${child.name}> is left out: its name has letters that can't be read.`,
      });
      return false;
    });
  }
}

const readable = /^[A-Za-z_][\w.:-]*$/;

function standIn(prefix: string): string {
  return `urn:unbound:${prefix}`;
}

function bound(prefix: string, element: XmlElement): FileNote {
  return {
    code: 'namespace-bound',
    fate: 'changed',
    element: noted(element),
    line: element.line,
    detail: `The prefix "${prefix}" stood for nothing. It now stands for "${standIn(prefix)}", so that what bears it is kept.`,
  };
}
