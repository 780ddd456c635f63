import { kindNames } from '@tidemark/documents';
import * as z from 'zod';
import { storableText } from '../http/text.ts';
import { titleLength } from './titles.ts';

/** A live document could hold any; its row in the database can't. */
export const Title = storableText().trim().min(1).max(titleLength);
export const Id = z.object({ id: z.uuid() });
export const SpaceId = z
  .uuid()
  .describe('A space of GET /api/me: the shared one of the company, or your own.');

export const Document = z
  .object({
    id: z.string(),
    kind: z.enum(kindNames),
    title: z.string(),
    projectId: z.string().describe('The space it is in.'),
    access: z.enum(['edit', 'read']).describe('What you may do with it.'),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime().describe('Of the last change, within a second.'),
    updatedBy: z.object({ id: z.string(), name: z.string() }).nullable(),
    deletedAt: z.iso.datetime().nullable().describe('Since when it is in the bin.'),
    purgeAt: z.iso.datetime().nullable().describe('When it is deleted for good, if it stays in the bin.'),
    thumbnail: z.string().nullable().describe('Version of its thumbnail; null when it has none.'),
    template: z.boolean().describe('Others begin with it; ordinary lists leave it out.'),
    figures: z
      .object({
        status: z.enum(['draft', 'submitted', 'won', 'lost']),
        client: z.string(),
        bid: z
          .int()
          .nullable()
          .describe("Ten-thousandths of the currency's unit; null: it cannot be reckoned."),
        currency: z.string(),
      })
      .nullable()
      .describe('Of estimates; they follow the content by a few seconds.'),
  })
  .meta({ id: 'Document' });

export const bytes = z.any().meta({ type: 'string', format: 'binary' });
