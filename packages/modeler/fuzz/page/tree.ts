import { type Drawn, type Get, isConnection, isLabel, type Moddle } from './bpmn.ts';
import { nameOf } from './picture.ts';

/** Everything that is contained in the definitions, themselves included. */
function contentsOf(root: Moddle): Set<Moddle> {
  const found = new Set<Moddle>();
  const visit = (moddle: Moddle) => {
    if (found.has(moddle)) return;
    found.add(moddle);
    if (moddle.$descriptor.isGeneric) return;
    for (const { name, isReference, isVirtual } of moddle.$descriptor.properties) {
      if (isReference || isVirtual || !Object.hasOwn(moddle, name)) continue;
      for (const value of listed(moddle.get(name))) if (isModdle(value)) visit(value);
    }
  };
  visit(root);
  return found;
}

/**
 * Whether canvas and moddle tree are one: each element stands for an object of the tree, nothing refers to an object that
 * has left it, and each connection is drawn between what it means to connect.
 */
export function looseEnds(get: Get): string[] {
  const tree = contentsOf(get('bpmnjs').getDefinitions());
  const lines: string[] = [];
  for (const element of get('elementRegistry').getAll()) {
    if (!element.businessObject) continue;
    const { businessObject, di } = element;
    const name = nameOf(element);
    if (!tree.has(businessObject)) lines.push(`${name} stands for an object that is not in the tree`);
    if (di === undefined || !tree.has(di)) lines.push(`${name} has a shape that is not in the tree`);
    else if (di.get('bpmnElement') !== businessObject)
      lines.push(`the shape of ${name} is of another element`);
    if (!isLabel(element)) lines.push(...ends(element));
  }
  for (const moddle of tree) {
    if (moddle.$descriptor.isGeneric) continue;
    for (const { name, isReference } of moddle.$descriptor.properties) {
      if (!isReference || !Object.hasOwn(moddle, name)) continue;
      for (const value of listed(moddle.get(name))) {
        if (isModdle(value) && !tree.has(value)) {
          lines.push(
            `${moddle.$type} ${moddle.id} refers by ${name} to ${value.id}, which is not in the tree`,
          );
        }
      }
    }
  }
  return lines;
}

function ends(element: Drawn): string[] {
  const lines: string[] = [];
  const { businessObject } = element;
  const agree = (what: string, drawn: Drawn | undefined, meant: unknown) => {
    if (drawn?.businessObject !== meant)
      lines.push(`${nameOf(element)} is drawn with another ${what} than it means`);
  };
  if (isConnection(element)) {
    if (!element.source || !element.target) lines.push(`${nameOf(element)} lacks an end`);
    if (!businessObject.$instanceOf('bpmn:DataAssociation')) {
      agree('source', element.source, businessObject.get('sourceRef'));
      agree('target', element.target, businessObject.get('targetRef'));
    }
  }
  if (businessObject.$instanceOf('bpmn:BoundaryEvent')) {
    agree('host', element.host, businessObject.get('attachedToRef'));
  }
  return lines;
}

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function isModdle(value: unknown): value is Moddle {
  return typeof value === 'object' && value !== null && '$descriptor' in value;
}
