import { integer, json, reference, text } from './records/register.ts';
import type { KindSchema } from './records/schema.ts';

/**
 * The estimate as far as the core needs it: which collections there are and how they lie. Documents of this kind
 * can be made, synced, stored and read; view and commands come with the editor.
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
