import type { Descriptor, Grammar, Meaning } from './grammar.ts';
import { repairContent } from './repair-content.ts';
import { type Entry, repairIds } from './repair-ids.ts';
import { repairMixed } from './repair-mixed.ts';
import { repairNames } from './repair-names.ts';
import { repairValues } from './repair-values.ts';
import { type FileNote, noted, quoted } from './report.ts';
import { localName, walk, type XmlDocument, type XmlElement } from './xml.ts';

export interface Repaired {
  readonly notes: readonly FileNote[];
  readonly renamed: Readonly<Record<string, string>>;
}

/**
 * Changes the tree so that bpmn-moddle keeps all that can be kept of it. Whatever is changed is noted, and what has no place in
 * the model at all (comments, processing instructions) too.
 */
export function repair(
  document: XmlDocument,
  grammar: Grammar,
  meaning: Meaning & { is: 'typed' },
): Repaired {
  const { root } = document;
  const notes: FileNote[] = [];
  repairNames(root, notes);
  visit(root, meaning.type, grammar, (element, type) => {
    repairContent(element, type, grammar, notes);
    repairMixed(element, type, grammar, notes);
  });
  noteMarkup(document, notes);
  const entries: Entry[] = [];
  visit(root, meaning.type, grammar, (element, type) => {
    repairValues(element, type, grammar, notes);
    entries.push({ element, type });
  });
  const renamed = repairIds(root, entries, grammar, notes);
  return { notes, renamed };
}

/** Elements of the schema's types, parents first. */
function visit(
  element: XmlElement,
  type: Descriptor,
  grammar: Grammar,
  take: (element: XmlElement, type: Descriptor) => void,
): void {
  take(element, type);
  for (const child of element.children) {
    if (child.kind !== 'element') continue;
    const meaning = grammar.child(child, type);
    if (meaning.is === 'typed') visit(child, meaning.type, grammar, take);
  }
}

/** What XML has and a model of BPMN has not. */
function noteMarkup({ root, around }: XmlDocument, notes: FileNote[]): void {
  for (const node of around) {
    if (node.kind === 'comment') notes.push(commentLost(node.value, node.line, null));
    if (node.kind === 'instruction') notes.push(instructionLost(node.value, node.line, null));
  }
  for (const element of walk(root)) {
    for (const { kind, ...node } of element.children) {
      if (!('value' in node)) continue;
      if (kind === 'comment') notes.push(commentLost(node.value, node.line, element));
      if (kind === 'instruction') notes.push(instructionLost(node.value, node.line, element));
      if (kind === 'cdata') {
        notes.push({
          code: 'cdata-as-text',
          fate: 'kept',
          element: noted(element),
          line: node.line,
          detail: 'The text of a CDATA section is kept as ordinary text.',
        });
      }
    }
  }
}

function commentLost(text: string, line: number, element: XmlElement | null): FileNote {
  return {
    code: 'comment-lost',
    fate: 'lost',
    element: element && noted(element),
    line,
    detail: `A comment is left out: ${quoted(text)}.`,
  };
}

function instructionLost(text: string, line: number, element: XmlElement | null): FileNote {
  return {
    code: 'instruction-lost',
    fate: 'lost',
    element: element && noted(element),
    line,
    detail: `A processing instruction is left out: ${quoted(localName(text))}.`,
  };
}
