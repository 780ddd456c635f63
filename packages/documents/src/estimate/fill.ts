import type * as Y from 'yjs';
import { createEditor, type Editor, newId, transact, type Write } from '../records/editor.ts';
import type { Finding, Report } from '../records/finding.ts';
import { isObject, type Json } from '../records/json.ts';
import type { Registers } from '../records/register.ts';
import { isRecordId } from '../records/state.ts';
import { isLockedIn } from './lock.ts';
import { linesIn, placeAmong, standing } from './places.ts';
import { calcFamily, estimateSchema, textNames } from './schema.ts';
import { spliceText } from './texts.ts';
import { nearest } from './write.ts';

/**
 * A whole estimate as plain data: what `estimateContent` gives fits, and so does less. Nothing in it is trusted; what can't
 * be read is left out and named. Status and parent are not taken over: what comes from a file is a draft.
 */
export interface EstimateInput {
  readonly meta?: unknown;
  readonly params?: unknown;
  readonly proposal?: unknown;
  readonly review?: unknown;
  /** `{id?, name, lines: [{id?, …, calc?}]}`; an id of null: lines without a section. */
  readonly sections?: unknown;
  readonly risks?: unknown;
  /** `lineId` and `groupId` are ids of this data. */
  readonly actuals?: unknown;
  /** `riskId` likewise. */
  readonly lessons?: unknown;
  readonly scope?: unknown;
  readonly terms?: unknown;
  readonly notes?: unknown;
}

type Plain = { readonly [key: string]: Json };

/** Writes an estimate into a document that has none yet, as one transaction. Returns what was left out or mended. */
export function fillEstimate(doc: Y.Doc, input: EstimateInput, userId: string | null = null): Finding[] {
  return fill(createEditor(doc, estimateSchema, userId), input, 'Import');
}

/**
 * Adds an estimate to the one that is there, after what stands in it, as one step; what it says of the whole (rates, texts) takes the
 * place of what was. Undo takes back all but the texts. Null, with nothing written, when the estimate is not a draft.
 */
export function addEstimate(editor: Editor, input: EstimateInput, label = 'Import'): Finding[] | null {
  return isLockedIn(editor.doc) ? null : fill(editor, input, label);
}

function fill(editor: Editor, input: EstimateInput, label: string): Finding[] {
  const { doc } = editor;
  const findings: Finding[] = [];
  transact(editor, label, (write) => {
    const into = createFill(write, (finding) => findings.push(finding));
    for (const name of ['meta', 'params', 'proposal', 'review'] as const) into.single(name, input[name]);
    const sections = into.list('sections', input.sections);
    const places = placeAmong(write, 'groups', standing(doc, 'groups'), null, sections.length);
    sections.forEach((section, index) => {
      const group = section.id === null ? null : into.record('groups', section, { o: places[index]! });
      const lines = into.list('lines', section.lines);
      const orders = placeAmong(write, 'lines', group === null ? linesIn(doc, null) : [], null, lines.length);
      lines.forEach((line, at) => {
        into.record('lines', line, { g: group, o: orders[at]!, ...into.calc(line.calc) });
      });
    });
    for (const name of ['risks', 'lessons', 'actuals'] as const) {
      const records = into.list(name, input[name]);
      const orders =
        name === 'actuals' ? [] : placeAmong(write, name, standing(doc, name), null, records.length);
      records.forEach((record, at) => {
        into.record(name, record, name === 'actuals' ? {} : { o: orders[at]! });
      });
    }
    for (const name of textNames) {
      const text = input[name];
      if (typeof text === 'string') spliceText(editor, name, text);
    }
  });
  return findings;
}

/** Registers that another record's id stands in, and where that record is. */
const references: Readonly<Record<string, string>> = { lineId: 'lines', groupId: 'groups', riskId: 'risks' };
/** Written by whoever may, never from data. */
const kept = new Set(['schemaVersion', 'status', 'parent', 'g', 'o', 'x']);

function createFill(write: Write, report: Report) {
  /** Collection → id in the data → id in the document. */
  const ids = new Map<string, Map<string, string>>();

  const registersOf = (collection: keyof typeof estimateSchema.collections): Registers =>
    estimateSchema.collections[collection].registers;

  const fields = (collection: keyof typeof estimateSchema.collections, id: string, raw: Plain) => {
    const fit: Record<string, Json> = {};
    for (const [name, register] of Object.entries(registersOf(collection))) {
      const value = kept.has(name) ? undefined : raw[name];
      if (value === undefined || value === null) continue;
      const inside = nearest(register, value);
      if (inside !== undefined) fit[name] = inside;
      if (register.read(value) !== undefined) continue;
      report({
        code: inside === undefined ? 'unreadable' : 'mended',
        collection,
        id,
        register: name,
        detail: `"${name}" can't be ${JSON.stringify(value).slice(0, 100)}.`,
      });
    }
    for (const [name, target] of Object.entries(references)) {
      if (typeof fit[name] === 'string') fit[name] = ids.get(target)?.get(fit[name]) ?? null;
    }
    return fit;
  };

  return {
    single(collection: 'meta' | 'params' | 'proposal' | 'review', raw: unknown) {
      if (!isPlain(raw)) return;
      for (const [name, value] of Object.entries(fields(collection, collection, raw))) {
        write.set(collection, collection, name, value);
      }
    },
    record(
      collection: 'groups' | 'lines' | 'risks' | 'actuals' | 'lessons',
      raw: Plain,
      more: Readonly<Record<string, Json>>,
    ): string {
      const given = typeof raw.id === 'string' && isRecordId(raw.id) ? raw.id : null;
      const known = ids.get(collection) ?? new Map<string, string>();
      ids.set(collection, known);
      const isTaken = given === null || known.has(given) || write.members(collection, given, '').size > 0;
      const id = isTaken ? newId() : given;
      if (given !== null && !known.has(given)) known.set(given, id);
      write.create(collection, id, { ...fields(collection, id, raw), ...more });
      return id;
    },
    list(name: string, raw: unknown): Plain[] {
      if (raw === undefined || raw === null) return [];
      const list = Array.isArray(raw) ? raw : [];
      const plain = list.filter(isPlain);
      if (!Array.isArray(raw) || plain.length < list.length) {
        const detail = `"${name}" holds something else than it should; that is left out.`;
        report({ code: 'wrong-type', collection: name, id: null, register: null, detail });
      }
      return plain;
    },
    calc(raw: Json | undefined): Record<string, Json> {
      if (!isObject(raw)) return {};
      const typed = Object.entries(raw).filter(([, text]) => typeof text === 'string' && text.length <= 500);
      return Object.fromEntries(typed.map(([column, text]) => [calcFamily + column, text]));
    },
  };
}

function isPlain(raw: unknown): raw is Plain {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}
