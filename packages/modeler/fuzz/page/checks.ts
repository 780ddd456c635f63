import { build, createModdle, type ModdleElement, toXml } from '@tidemark/bpmn';
import { type DiagramView, diagram } from '@tidemark/documents/diagram';
import { createReader } from '@tidemark/documents/records';
import type { Get } from './bpmn.ts';
import { compare, disorder, type Picture, pictureOf } from './picture.ts';
import { openPlain } from './plain.ts';
import type { Replica } from './replica.ts';
import { looseEnds } from './tree.ts';

export type Report = (rule: string, text: string) => void;

/** Everything that must hold when all has arrived everywhere. Returns the XML that all agree on. */
export async function check(replicas: readonly Replica[], fresh: Replica, report: Report): Promise<string> {
  const first = replicas[0];
  if (first === undefined) throw new Error('Nobody is there.');
  const xml = await toXml(first.reader.view());
  for (const [index, replica] of replicas.entries()) {
    const who = (text: string) => `canvas ${index}: ${text}`;
    const own = await toXml(replica.reader.view());
    if (own !== xml) report('CANVAS-40', who(firstDifference(xml, own)));
    const full = createReader(replica.doc, diagram);
    if (plain(full.view()) !== plain(replica.reader.view())) {
      report('CANVAS-41', who(firstDifference(plain(full.view()), plain(replica.reader.view()))));
    }
    full.destroy();
    for (const line of await treeDifference(replica)) report('CANVAS-42', who(line));
    for (const line of looseEnds(replica.get)) report('CANVAS-45', who(line));
    for (const line of disorder(replica.get)) report('CANVAS-44', who(line));
    for (const line of vanished(replica.get)) report('CANVAS-49', who(line));
  }
  await checkXml(xml, report);
  await checkPictures(replicas, fresh, xml, report);
  return xml;
}

/** The view as text: the same text for the same view. */
export function plain(view: DiagramView): string {
  const sorted = <V>(map: ReadonlyMap<string, V>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const elements = sorted(view.elements).map(
    ([key, { type, parent, property, values, lists, children }]) =>
      `${key} ${JSON.stringify([type, parent, property, sorted(values), sorted(lists), sorted(children)])}`,
  );
  return [JSON.stringify([view.meta, view.root, view.findings]), ...elements].join('\n');
}

export function firstDifference(one: string, other: string): string {
  const here = one.split('\n');
  const there = other.split('\n');
  const line = here.findIndex((text, index) => text !== there[index]);
  const at = line === -1 ? here.length : line;
  const elsewhere = there.indexOf(here[at] ?? '') + 1;
  return `line ${at + 1} is ${clip(here[at])} instead of ${clip(there[at])}${elsewhere > 0 ? `, which has it in line ${elsewhere}` : ''}`;
}

function clip(text: string | undefined): string {
  return (text ?? 'nothing').slice(0, 400);
}

/** The moddle tree under the canvas, written as it is, against one built anew from the view. */
async function treeDifference(replica: Replica): Promise<string[]> {
  const moddle = createModdle();
  const { definitions } = build(replica.reader.view(), moddle);
  const wanted = (await moddle.toXML(definitions, { format: true })).xml;
  const tree = replica.get('bpmnjs').getDefinitions() as unknown as ModdleElement;
  const found = (await moddle.toXML(tree, { format: true })).xml;
  return wanted === found ? [] : [`the tree under the canvas: ${firstDifference(found, wanted)}`];
}

async function checkXml(xml: string, report: Report): Promise<void> {
  const { warnings } = await createModdle().fromXML(xml);
  for (const { message } of warnings) report('CANVAS-47', `the parser warns: ${message}`);
}

/** Each canvas against bpmn-js alone on the XML, and against a canvas that has just been opened on the document. */
async function checkPictures(
  replicas: readonly Replica[],
  fresh: Replica,
  xml: string,
  report: Report,
): Promise<void> {
  const shown = new Set(replicas.map(({ canvas }) => canvas.shownDiagram()));
  for (const key of shown) {
    const there = replicas.filter(({ canvas }) => canvas.shownDiagram() === key);
    if (key !== null) await fresh.canvas.showDiagram(key);
    const newcomer = pictureOf(fresh.get, { order: true });
    for (const replica of there) {
      const own = pictureOf(replica.get, { order: true });
      tell(report, 'CANVAS-43', replicas.indexOf(replica), 'a canvas just opened', own, newcomer);
    }
    const id = key === null ? null : fresh.reader.view().elements.get(key)?.values.get('@id');
    const alone = await openPlain(xml, typeof id === 'string' ? id : null);
    for (const warning of alone.warnings) report('CANVAS-47', `the import warns: ${warning}`);
    const imported = pictureOf(alone.get, { order: false });
    for (const replica of there) {
      const own = pictureOf(replica.get, { order: false });
      tell(report, 'CANVAS-46', replicas.indexOf(replica), 'a fresh import', own, imported);
    }
    alone.destroy();
  }
}

function tell(report: Report, rule: string, index: number, what: string, own: Picture, other: Picture): void {
  const lines = compare(own, other);
  if (lines.length === 0) return;
  const more = lines.length > 5 ? [`and ${lines.length - 5} more`] : [];
  report(rule, [`canvas ${index} (here) and ${what} (there):`, ...lines.slice(0, 5), ...more].join('\n    '));
}

/** What the hand has that is no longer there. */
function vanished(get: Get): string[] {
  const registry = get('elementRegistry');
  return get('selection')
    .get()
    .filter((element) => registry.get(element.id) !== element)
    .map((element) => `${element.id} is selected and not there`);
}
