import type { EstimateData } from '../estimate-data.ts';
import { type FileRefusal, refuseFile } from '../file-refusal.ts';
import { estimateFormat } from '../format.ts';
import { type FileNote, type FileReport, makeReport } from '../report.ts';
import { type Check, shapes } from './shape.ts';

export interface ReadEstimate {
  readonly data: EstimateData;
  readonly report: FileReport;
}

/** Characters of a text of the estimate. */
const maxText = 1_000_000;
const maxRecords = 50_000;
const singles = ['meta', 'params', 'proposal', 'review'] as const;
const lists = ['sections', 'risks', 'actuals', 'lessons'] as const;
const texts = ['scope', 'terms', 'notes'] as const;
/** Derived, or said for readers: not taken over. */
const told = new Set(['format', 'units', 'totals']);

/**
 * Reads what `writeJson` writes. Strict: the first member that is not as it should be is named by its path and refuses the file.
 * Members that nobody here knows are left out and reported. What is absent takes its default.
 */
export function readJson(text: string): ReadEstimate | FileRefusal {
  const file = parse(text);
  if (typeof file === 'string') return refuseFile('not-an-estimate', file);
  const wrong = wrongFormat(file);
  if (wrong !== null) return refuseFile('not-an-estimate', wrong);
  const notes: FileNote[] = [];
  const found = look(file, notes);
  if (found.wrong !== null) return refuseFile('not-an-estimate', found.wrong);
  const data = { ...empty, ...Object.fromEntries(Object.entries(file).filter(([name]) => name in empty)) };
  return { data: data as EstimateData, report: makeReport('utf-8', found.records, notes) };
}

const empty: EstimateData = {
  meta: {},
  params: {},
  proposal: {},
  review: {},
  sections: [],
  risks: [],
  actuals: [],
  lessons: [],
  scope: '',
  terms: '',
  notes: '',
};

type Plain = Readonly<Record<string, unknown>>;

function parse(text: string): Plain | string {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isPlain(value) ? value : 'The file is no estimate: it holds no object.';
  } catch (error) {
    // The message names the place; that the text is broken is the answer.
    return `The file is no JSON: ${error instanceof Error ? error.message : 'it cannot be read'}`;
  }
}

function wrongFormat({ format }: Plain): string | null {
  if (format === estimateFormat) return null;
  if (typeof format === 'string' && /^tidemark\.estimate\/\d+$/.test(format)) {
    return `format: "${format}" is newer than this version of Tidemark, which reads "${estimateFormat}".`;
  }
  return `format: is not "${estimateFormat}", so this is no estimate that Tidemark has written.`;
}

function look(file: Plain, notes: FileNote[]): { readonly wrong: string | null; readonly records: number } {
  let records = 0;
  const unknown = (path: string) =>
    notes.push({
      code: 'member-unknown',
      fate: 'lost',
      element: null,
      line: null,
      detail: `${path}: nothing of that name is known here.`,
    });
  const members = (path: string, value: unknown, shape: Readonly<Record<string, Check>>): string | null => {
    if (!isPlain(value)) return `${path}: is no object`;
    for (const [name, inside] of Object.entries(value)) {
      const check = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (check === undefined) unknown(`${path}.${name}`);
      const wrong = check?.(inside) ?? null;
      if (wrong !== null) return `${path}.${name}: ${wrong}`;
    }
    return null;
  };
  const list = (path: string, value: unknown, shape: Readonly<Record<string, Check>>): string | null => {
    if (!Array.isArray(value)) return `${path}: is no list`;
    records += value.length;
    if (records > maxRecords) return `${path}: there are more than ${maxRecords} records`;
    for (const [index, item] of value.entries()) {
      const wrong = members(`${path}[${index}]`, item, shape);
      if (wrong !== null) return wrong;
    }
    return null;
  };
  for (const name of Object.keys(file)) if (!told.has(name) && !(name in empty)) unknown(name);
  const problems = function* () {
    for (const name of singles) if (file[name] !== undefined) yield members(name, file[name], shapes[name]);
    for (const name of lists) if (file[name] !== undefined) yield list(name, file[name], shapes[name]);
    for (const [index, section] of asList(file.sections).entries()) {
      if (isPlain(section) && section.lines !== undefined) {
        yield list(`sections[${index}].lines`, section.lines, shapes.lines);
      }
    }
    for (const name of texts) yield textProblem(name, file[name]);
  };
  for (const wrong of problems()) if (wrong !== null) return { wrong, records };
  return { wrong: null, records };
}

function textProblem(name: string, value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') return `${name}: is no text`;
  return value.length > maxText ? `${name}: is longer than ${maxText} characters` : null;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
