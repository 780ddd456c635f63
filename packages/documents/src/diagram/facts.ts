import type { Fact } from '../describe.ts';
import { isList, isObject, type Json } from '../records/json.ts';
import type { RecordState } from '../records/state.ts';
import { typeOf } from './grammar.ts';
import { ownerOfKey } from './key.ts';
import { listPrefix } from './raw.ts';
import { placeOf, type Wholes } from './wholes.ts';
import { callAt, localName, spelled, textIn, typeWords } from './words.ts';

/** What a person can see of one record of a diagram. */

/** Of one that is a part, the labels say of what; `isPart` is false for the element that the thing is called after. */
export function factsOf(wholes: Wholes, key: string, record: RecordState, isPart: boolean): Fact[] {
  const type = textIn(record, 't');
  if (isDrawing(type)) return drawingFacts(record);
  const property = ownerOfKey(key)?.[1] ?? placeOf(record)[1];
  if (!isPart) return [typeFact(record, type), ownerFact(wholes, record), ...plainFacts(wholes, record, '')];
  if (record.has('g')) return extensionFacts(record.get('g')!);
  if (property === 'documentation') {
    return [{ label: 'Documentation', raw: record.get('@text'), words: () => textIn(record, '@text') }];
  }
  if (property === 'extensionElements') return plainFacts(wholes, record, '');
  if (property === 'eventDefinitions') {
    const kind = spelled(localName(type).replace(/EventDefinition$/, ''));
    return [{ label: 'Event', raw: type, words: () => kind }, ...plainFacts(wholes, record, `${kind}: `)];
  }
  const isExpression = typeOf(type)?.kinds.has('bpmn:Expression') === true;
  const label = property === '' ? typeWords(type) : spelled(property);
  if (isExpression) {
    const rest = plainFacts(wholes, record, `${label}: `).filter(({ label: of }) => of !== `${label}: body`);
    return [{ label, raw: record.get('@body'), words: () => textIn(record, '@body') || 'empty' }, ...rest];
  }
  return [{ label, raw: type, words: () => typeWords(type) }, ...plainFacts(wholes, record, `${label}: `)];
}

export function isDrawing(type: string): boolean {
  return type.startsWith('bpmndi:') && type !== 'bpmndi:BPMNDiagram';
}

function typeFact(record: RecordState, type: string): Fact {
  return { label: 'Type', raw: record.get('t'), words: () => typeWords(type) };
}

function ownerFact(wholes: Wholes, record: RecordState): Fact {
  const [owner] = placeOf(record);
  return {
    label: 'Lies in',
    raw: owner,
    words: () => (owner === '' ? null : callAt(wholes, wholes.thingOf('el', owner))),
  };
}

const labels: Readonly<Record<string, string>> = {
  '@id': 'Id',
  '&sourceRef': 'From',
  '&targetRef': 'To',
  '&attachedToRef': 'Attached to',
  '&default': 'Default flow',
  '&processRef': 'Process',
  '@isExecutable': 'Executable',
  '@cancelActivity': 'Interrupting',
  '@isInterrupting': 'Interrupting',
  '@triggeredByEvent': 'Event subprocess',
};

/** Follow from the flows, or are written beside what says the same. */
const derived = new Set(['incoming', 'outgoing', 'boundaryEventRefs']);

function plainFacts(wholes: Wholes, record: RecordState, prefix: string): Fact[] {
  const facts: Fact[] = [];
  const lists = new Map<string, string[]>();
  for (const [register, raw] of record) {
    if (register.startsWith(listPrefix)) {
      const at = register.indexOf('/');
      const name = register.slice(listPrefix.length, at);
      if (at !== -1 && !derived.has(name))
        lists.set(name, [...(lists.get(name) ?? []), register.slice(at + 1)]);
      continue;
    }
    const sign = register.charAt(0);
    if (!'@&#~'.includes(sign) || register.length === 1) continue;
    const name = register.slice(1);
    const plain = Object.hasOwn(labels, register)
      ? labels[register]!
      : sign === '~'
        ? name
        : spelled(name.replace(/Ref$/, ''));
    const label = prefix === '' ? plain : prefix + plain.charAt(0).toLowerCase() + plain.slice(1);
    facts.push({
      label,
      raw,
      words: () => (sign === '&' && typeof raw === 'string' ? callAt(wholes, raw) : plainWords(raw)),
    });
  }
  for (const [name, members] of lists) {
    const label = prefix + (name === 'flowNodeRef' ? 'Holds' : spelled(name.replace(/Refs?$/, '')));
    const sorted = members.sort();
    facts.push({
      label,
      raw: sorted,
      words: () => sorted.map((member) => callAt(wholes, member)).join(', '),
    });
  }
  return facts;
}

/** Of a drawing people see its size and its colours; where it lies is a move. */
function drawingFacts(record: RecordState): Fact[] {
  const bounds = record.get('$bounds');
  const size = isObject(bounds) ? `${bounds.width} × ${bounds.height}` : null;
  const colour = (label: string, ...registers: readonly string[]): Fact => {
    const raw = registers.map((register) => record.get(register)).find((value) => value !== undefined);
    return { label, raw, words: () => plainWords(raw) };
  };
  return [
    { label: 'Size', raw: size ?? undefined, words: () => size },
    colour('Fill', '@background-color', '@fill'),
    colour('Outline', '@border-color', '@stroke'),
    colour('Label colour', '@color'),
    colour('Expanded', '@isExpanded'),
    colour('Horizontal', '@isHorizontal'),
    colour('Marker', '@isMarkerVisible'),
    { label: 'Font', raw: record.get('$font'), words: () => plainWords(record.get('$font')) },
  ];
}

const tables = new Set(['camunda:properties', 'zeebe:properties']);

/** Names and values of a table of properties each by itself; anything else of another namespace as one. */
function extensionFacts(packed: Json): Fact[] {
  const nodes = isList(packed) ? packed.filter(isObject) : [];
  const name = String(nodes[0]?.n ?? '');
  if (!tables.has(name)) {
    return [{ label: `Extension ${name}`, raw: packed, words: () => nodes.map(nodeWords).join(' ') }];
  }
  return nodes.slice(1).map((node): Fact => {
    const attributes = isObject(node.a) ? node.a : {};
    return {
      label: `Property “${String(attributes.name ?? '')}”`,
      raw: node,
      words: () => plainWords(attributes.value),
    };
  });
}

function nodeWords({ n, a, b }: { readonly [key: string]: Json }): string {
  const attributes = isObject(a)
    ? Object.entries(a).map(([name, value]) => ` ${name}="${String(value)}"`)
    : [];
  const body = typeof b === 'string' ? b.trim() : '';
  return `<${String(n)}${attributes.join('')}>${body}`;
}

function plainWords(raw: Json | undefined): string | null {
  if (raw === undefined || raw === null || raw === '') return null;
  if (typeof raw === 'boolean') return raw ? 'yes' : 'no';
  if (isList(raw)) return raw.map((part) => plainWords(part) ?? '').join(', ');
  return typeof raw === 'object' ? JSON.stringify(raw) : String(raw);
}
