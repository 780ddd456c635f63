import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Past } from './past.ts';
import { PastFilter } from './past-query.ts';
import { PastLesson, PastPage, PastProject, PastRiskCase, Patterns } from './past-shapes.ts';

const tags = ['estimates'];
const address = '/api/estimates/patterns';
const { shape: filter } = PastFilter;
const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** What past projects say, of those that the caller may open. */
export function pastRoutes(app: App, past: Past): void {
  app.get(
    address,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What past projects say about risks and costs',
        description:
          'Estimates that were won, with the outcomes of their risks and their actual costs. Only what the caller may open counts. `currency` says whose money is told; projects in others still count for how often.',
        tags,
        querystring: PastFilter,
        response: answers('read', { 200: Patterns }, 'invalid'),
      },
    },
    ({ caller, query }) => past.patterns(caller, query),
  );

  app.get(
    `${address}/projects`,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Past projects: what was bid, what it was to cost, what it cost',
        description: 'The latest decided first, page by page.',
        tags,
        querystring: z.object({ ...filter, status: z.enum(['won', 'lost']).optional(), ...PastPage }),
        response: answers('read', { 200: pageOf(PastProject) }, 'invalid'),
      },
    },
    async ({ caller, query: { cursor, limit, ...wanted } }) => {
      const page = await past.projects(caller, wanted, { cursor, limit });
      return isRefusal(page) ? no(page) : page;
    },
  );

  app.get(
    `${address}/risks`,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The risks behind a pattern, and what became of them',
        tags,
        querystring: z.object({
          ...filter,
          decided: z.stringbool().default(false).describe('Those that struck or were avoided alone.'),
          ...PastPage,
        }),
        response: answers('read', { 200: pageOf(PastRiskCase) }, 'invalid'),
      },
    },
    async ({ caller, query: { cursor, limit, ...wanted } }) => {
      const page = await past.risks(caller, wanted, { cursor, limit });
      return isRefusal(page) ? no(page) : page;
    },
  );

  app.get(
    `${address}/lessons`,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Issues and lessons of past projects',
        description:
          'The latest decided first, page by page. `category` is that of the risk that they are about.',
        tags,
        querystring: z.object({
          ...filter,
          q: filter.q.describe('Words of the text, of its risk, or of title or client.'),
          kind: z.enum(['issue', 'lesson']).optional(),
          ...PastPage,
        }),
        response: answers('read', { 200: pageOf(PastLesson) }, 'invalid'),
      },
    },
    async ({ caller, query: { cursor, limit, ...wanted } }) => {
      const page = await past.lessons(caller, wanted, { cursor, limit });
      return isRefusal(page) ? no(page) : page;
    },
  );
}
