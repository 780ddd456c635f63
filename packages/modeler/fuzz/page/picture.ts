import { type Drawn, type Get, isLabel } from './bpmn.ts';

/** What a canvas shows: each element by name, each fact about it as text. */
export type Picture = ReadonlyMap<string, Readonly<Record<string, string>>>;

export interface PictureOptions {
  /**
   * Order of children, and parents of labels. bpmn-js forgets both in a file: it draws in the order of meaning when it
   * imports, so only canvases of the same document can be compared in this.
   */
  readonly order: boolean;
}

export function pictureOf(get: Get, options: PictureOptions): Picture {
  const picture = new Map<string, Readonly<Record<string, string>>>();
  for (const element of get('elementRegistry').getAll()) {
    // The plane that diagram-js makes when there is nothing to show.
    if (!element.businessObject) continue;
    picture.set(nameOf(element), factsOf(get, element, options));
  }
  return picture;
}

/** Where two pictures differ, one line each. */
export function compare(one: Picture, other: Picture): string[] {
  const lines: string[] = [];
  for (const name of [...new Set([...one.keys(), ...other.keys()])].sort()) {
    const here = one.get(name);
    const there = other.get(name);
    if (here === undefined || there === undefined) {
      lines.push(`${name}: only ${here === undefined ? 'there' : 'here'} (${(here ?? there)?.type})`);
      continue;
    }
    for (const fact of new Set([...Object.keys(here), ...Object.keys(there)])) {
      const [own, other] = [here[fact] ?? '', there[fact] ?? ''];
      if (own !== other)
        lines.push(`${name}: ${fact} is ${excerpt(own, other)} here, ${excerpt(other, own)} there`);
    }
  }
  return lines;
}

export function nameOf(element: Drawn): string {
  if (isLabel(element)) return `label of ${element.labelTarget?.id}`;
  return element.parent ? element.id : `plane ${element.id}`;
}

function factsOf(get: Get, element: Drawn, { order }: PictureOptions): Record<string, string> {
  const label = isLabel(element);
  const facts: Record<string, string> = { type: element.type, business: element.businessObject.id ?? '' };
  if (element.parent) {
    if (!label || order) facts.parent = nameOf(element.parent);
    if (element.waypoints) {
      facts.waypoints = element.waypoints.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`).join(' ');
      facts.source = element.source?.id ?? '';
      facts.target = element.target?.id ?? '';
    } else {
      facts.box = [element.x, element.y, element.width, element.height].map(Math.round).join(' ');
    }
    facts.host = element.host?.id ?? '';
    facts.hidden = String(Boolean(element.hidden));
    facts.collapsed = String(Boolean(element.collapsed));
    facts.visual = visualOf(get, element);
  }
  if (order && element.children) facts.children = element.children.map(nameOf).join(', ');
  for (const list of ['attachers', 'incoming', 'outgoing', 'labels'] as const) {
    facts[list] = (element[list] ?? []).map(nameOf).sort().join(', ');
  }
  facts.drilldown = String(get('overlays').get({ element, type: 'drilldown' }).length);
  return facts;
}

/** A text without letters is put where the browser measures it, and it measures what is not shown otherwise. */
const emptyTexts = /<text[^>]*>(<tspan[^>]*><\/tspan>)*<\/text>/g;

/** What is drawn. Arrowheads have names that are counted per page; labels lie on halves of a pixel until a file is read. */
function visualOf(get: Get, element: Drawn): string {
  const graphics = get('elementRegistry').getGraphics(element);
  if (!graphics) return 'none';
  const place = (graphics.getAttribute('transform') ?? '').replaceAll(
    /-?\d+\.\d+/g,
    (n) => `${Math.round(Number(n))}`,
  );
  const visual = graphics.querySelector(':scope > .djs-visual')?.innerHTML ?? '';
  return `${place} ${graphics.getAttribute('display') ?? ''} ${visual.replaceAll(/marker-[0-9a-z]+/g, 'marker').replaceAll(emptyTexts, '')}`;
}

/** The part of a text where it begins to differ from another. */
function excerpt(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  const from = Math.max(at - 60, 0);
  const part = text.slice(from, at + 160);
  return `${from > 0 ? '…' : ''}${part}${from + part.length < text.length ? '…' : ''}` || 'nothing';
}

/** Whether what is drawn lies in the page in the order of the elements: what comes later covers what comes before. */
export function disorder(get: Get): string[] {
  const registry = get('elementRegistry');
  const lines: string[] = [];
  for (const parent of registry.getAll()) {
    let before: Element | null = null;
    for (const child of parent.children ?? []) {
      const group = registry.getGraphics(child)?.closest('.djs-group') ?? null;
      if (before && group && !(before.compareDocumentPosition(group) & Node.DOCUMENT_POSITION_FOLLOWING)) {
        lines.push(`${nameOf(child)} is drawn below what comes before it in ${nameOf(parent)}`);
      }
      before = group;
    }
  }
  return lines;
}
