/** What bpmn-js does to a file when it opens it, done once and for all, and shapes for what has none. */
import { layOutMissing, layOutUndrawn, nameDiagrams } from './layout/layout.ts';
import { Pen } from './layout/shapes.ts';
import { type Failure, fail } from './request.ts';
import { withFile } from './sheet.ts';
import type { Definitions, Moddle, ModdleFactory, Parsed } from './viewer.ts';

export function normalise(xml: string): Promise<string | Failure> {
  return withFile(xml, async (viewer, { rootElement, references }) => {
    const moddle = viewer.get('moddle');
    const before = await write(moddle, rootElement);
    const kept = unresolvedOf(references);

    layOutUndrawn(rootElement, new Pen(moddle, rootElement));
    const [first] = (rootElement.diagrams ?? []).filter(({ plane }) => plane !== undefined);
    if (first === undefined) return fail('nothing-to-draw', 'There is no process and no collaboration.');
    // Moves what is in closed subprocesses to planes of its own, and finds what a plane is of.
    await viewer.importDefinitions(rootElement, first);
    const pen = new Pen(moddle, rootElement);
    layOutMissing(rootElement, pen);
    nameDiagrams(rootElement, pen);

    if ((await write(moddle, rootElement)) === before) return xml;
    for (const restore of kept) restore();
    return write(moddle, rootElement);
  });
}

async function write(moddle: ModdleFactory, definitions: Definitions): Promise<string> {
  return (await moddle.toXML(definitions, { format: true })).xml;
}

/**
 * References to what is not in the file. The writer would leave them out; what is done with them is for the reader of the file to
 * say. Each answer puts them back.
 */
function unresolvedOf(references: Parsed['references']): (() => void)[] {
  const byElement = Map.groupBy(references, ({ element }) => element);
  return [...byElement].flatMap(([element, own]) => {
    const byProperty = Map.groupBy(own, ({ property }) => property);
    return [...byProperty].flatMap(([property, list]) => restoringOf(element, property, list));
  });
}

function restoringOf(element: Moddle, property: string, list: Parsed['references']): (() => void)[] {
  const value = element.get(property);
  if (!Array.isArray(value)) {
    const [last] = list.slice(-1);
    return value === undefined && last !== undefined ? [() => element.set(property, { id: last.id })] : [];
  }
  const found = value as Moddle[];
  if (found.length >= list.length) return [];
  const known = new Map(found.map((target) => [target.id, target]));
  const whole = list.map(({ id }) => known.get(id) ?? ({ id } as Moddle));
  return [() => found.splice(0, found.length, ...whole)];
}
