import { attributeOf, localName, type XmlElement } from './xml.ts';

/** What became of one thing of the file. */
export type Fate = 'kept' | 'changed' | 'lost';

export const noteCodes = [
  'encoding-corrected',
  'id-renamed',
  'id-duplicate',
  'reference-prefix',
  'reference-unresolved',
  'namespace-bound',
  'markup-as-text',
  'text-first',
  'moved-to-extensions',
  'diagram-split',
  'value-corrected',
  'cdata-as-text',
  'comment-lost',
  'instruction-lost',
  'element-lost',
  'attribute-lost',
  'text-lost',
  'value-changed',
  'retagged',
  'drawing-added',
  'drawing-moved',
  'drawing-as-it-was',
] as const;

export type NoteCode = (typeof noteCodes)[number];

export interface NotedElement {
  readonly id: string | null;
  /** Its tag without the prefix, such as `userTask`. */
  readonly type: string;
  readonly name: string | null;
}

export interface FileNote {
  readonly code: NoteCode;
  readonly fate: Fate;
  /** What it is about; null: the file as a whole. */
  readonly element: NotedElement | null;
  readonly line: number | null;
  /** Plain words. */
  readonly detail: string;
}

/** What an import kept, changed and could not keep, element by element. */
export interface FileReport {
  readonly encoding: string;
  /** XML elements in the file. */
  readonly elements: number;
  /** How many notes of each fate there are, also those beyond `notes`. */
  readonly counts: Readonly<Record<Fate, number>>;
  /** In the order of lines; the first of very many. */
  readonly notes: readonly FileNote[];
  /** Ids that the file has and the diagram has not: old → new. */
  readonly renamed: Readonly<Record<string, string>>;
}

/** Notes that a report holds at most; the counts go on. */
export const maxNotes = 2_000;

export function makeReport(
  encoding: string,
  elements: number,
  notes: readonly FileNote[],
  renamed: Readonly<Record<string, string>>,
): FileReport {
  return addNotes(
    { encoding, elements, counts: { kept: 0, changed: 0, lost: 0 }, notes: [], renamed },
    notes,
  );
}

/** A report with what was found later. */
export function addNotes(report: FileReport, notes: readonly FileNote[]): FileReport {
  const counts = { ...report.counts };
  for (const { fate } of notes) counts[fate] += 1;
  const weight = { lost: 0, changed: 1, kept: 2 };
  // What was lost is never what a cut leaves out first.
  const chosen = [...report.notes, ...notes]
    .sort((a, b) => weight[a.fate] - weight[b.fate])
    .slice(0, maxNotes);
  chosen.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  return { ...report, counts, notes: chosen };
}

/** The element that a person would say it is: itself, or the next around it that has an id. */
export function noted(element: XmlElement): NotedElement {
  let at = element;
  while (at.parent && !attributeOf(at, 'id')) at = at.parent;
  return { id: attributeOf(at, 'id'), type: localName(at.name), name: attributeOf(at, 'name') };
}

/** Text of the file inside a note. */
export function quoted(text: string, length = 120): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > length ? `“${flat.slice(0, length)}…”` : `“${flat}”`;
}
