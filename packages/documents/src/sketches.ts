import { integer, json, reference, text } from './records/register.ts';
import type { KindSchema } from './records/schema.ts';

/**
 * Estimate and diagram as far as the core needs them: which collections there are and how they lie. Documents
 * of these kinds can be made, synced, stored and read; their views and commands come with their editors.
 * docs/records.md holds the full shapes.
 */

const meta = {
  layout: 'single',
  registers: { title: text('', 500), schemaVersion: integer(0, 0, 1_000_000) },
  families: {},
} as const;

/** Registers that nobody reads yet: kept as they are. */
const records = { layout: 'nested', registers: { o: reference(), x: json() }, families: {} } as const;

export const estimateSchema = {
  kind: 'estimate',
  version: 1,
  collections: {
    meta,
    params: { layout: 'single', registers: {}, families: {} },
    groups: records,
    lines: records,
    risks: records,
    actuals: records,
  },
} as const satisfies KindSchema;

export const diagramSchema = {
  kind: 'diagram',
  version: 1,
  collections: {
    meta,
    el: records,
    // Singletons of an element (`Task_1/extensionElements`): their ids follow from what they are.
    one: { ...records, layout: 'flat' },
  },
} as const satisfies KindSchema;
