import * as z from 'zod';
import { type App, answers } from '../http/routes.ts';
import { fewestDays, mostDays, type Retentions } from './retention.ts';

const address = '/api/company/history';

const days = z.int().min(fewestDays).max(mostDays);

const Retention = z
  .object({
    detailDays: days.nullable().describe('Days for which every edit can be looked at; null: for good.'),
    thins: z
      .object({
        before: z.iso.datetime().describe('Of edits stored before this time only versions stay.'),
        documents: z.int(),
        entries: z.int().describe('Entries of their logs.'),
      })
      .nullable()
      .describe('What the next night removes, as things stand now; null when nothing is ever removed.'),
  })
  .meta({ id: 'HistoryRetention' });

/** How long the company keeps every edit: everybody in it reads it, owners change it. */
export function retentionRoutes(app: App, retentions: Retentions): void {
  app.get(
    address,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'How long every edit is kept',
        description:
          'What is older is thinned at night: named, submitted and the last automatic version of each day stay. Ask with `detailDays` for what another number would remove.',
        tags: ['company'],
        querystring: z.object({
          detailDays: z.coerce
            .number()
            .int()
            .min(fewestDays)
            .max(mostDays)
            .optional()
            .describe('Another number of days than the one in force, for `thins`.'),
        }),
        response: answers('read', { 200: Retention }, 'invalid'),
      },
    },
    ({ caller, query }) => retentions.find(caller, query.detailDays),
  );

  app.put(
    address,
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'Say how long every edit is kept',
        description:
          'Nothing is removed at once: the next night does it. What was thinned does not come back.',
        tags: ['company'],
        body: z.object({ detailDays: days.nullable() }),
        response: answers('owner', { 200: Retention }, 'invalid', 'read-only'),
      },
    },
    ({ caller, body }) => retentions.set(caller, body.detailDays),
  );
}
