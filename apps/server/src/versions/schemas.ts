import * as z from 'zod';
import { text } from '../http/text.ts';

export const Note = text(4_000).describe('Why, for those who look back.');
export const VersionName = text(200).min(1);
export const VersionId = z.object({ id: z.uuid(), versionId: z.uuid() });

export const By = z
  .object({ id: z.string().nullable(), name: z.string() })
  .describe('As they were called then; `id` is null when that account is gone.');

const money = z.int().describe("Ten-thousandths of the currency's unit.");
const rate = z.int().nullable().describe('Basis points.');

export const Totals = z
  .object({
    currency: z.string(),
    lines: z.int(),
    base: money,
    contingency: money,
    overhead: money,
    riskExpected: money,
    cost: money,
    bid: money,
    margin: money,
    marginBp: rate,
    markupBp: rate,
    tax: money,
    total: money,
    lowBid: money,
    highBid: money,
  })
  .meta({ id: 'Totals' });

export const Version = z
  .object({
    id: z.string(),
    documentId: z.string(),
    number: z.int().describe('1, 2, 3… within the document.'),
    kind: z.enum(['submitted', 'named']),
    name: z.string(),
    note: z.string(),
    at: z.iso.datetime(),
    by: By,
    totals: Totals.nullable().describe('What it came to; null for kinds that come to nothing.'),
    parent: z
      .object({ id: z.string(), documentId: z.string(), number: z.int() })
      .nullable()
      .describe('The version before it; of another document where this one began with that.'),
  })
  .meta({ id: 'Version' });
