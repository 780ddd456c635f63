import type { Database } from '@tidemark/database';
import type { ObjectStore } from '@tidemark/files';
import { refuse } from '@tidemark/protocol';
import * as z from 'zod';
import { problems, sendProblem } from './http/problems.ts';
import type { App } from './http/routes.ts';
import type { Metrics } from './metrics.ts';

interface Health {
  readonly database: Pick<Database, 'ready'>;
  readonly store: ObjectStore;
  readonly metrics: Metrics;
  readonly draining: () => boolean;
}

export function healthRoutes(app: App, { database, store, metrics, draining }: Health): void {
  const config = { needs: 'nothing', rateLimit: false } as const;

  app.get(
    '/healthz',
    {
      config,
      schema: {
        summary: 'Whether the process lives',
        tags: ['operation'],
        response: { 200: z.object({ status: z.literal('alive') }) },
      },
    },
    () => ({ status: 'alive' as const }),
  );

  app.get(
    '/readyz',
    {
      config,
      schema: {
        summary: 'Whether the server can store',
        description:
          'Commits a row and writes a file. 503 says which of them failed, or that the server is stopping.',
        tags: ['operation'],
        response: {
          200: z.object({ status: z.literal('ready') }),
          ...problems('cannot-store', 'restarting'),
        },
      },
    },
    async (request, reply) => {
      if (draining()) return sendProblem(reply, refuse('restarting'));
      if (!(await database.ready()))
        return sendProblem(reply, refuse('cannot-store', 'The database takes no commit.'));
      try {
        await store.check();
      } catch (error) {
        request.log.warn({ err: error }, 'the file store cannot be written');
        return sendProblem(reply, refuse('cannot-store', 'The file store cannot be written.'));
      }
      return { status: 'ready' as const };
    },
  );

  app.get(
    '/metrics',
    {
      config,
      schema: {
        summary: 'Figures for Prometheus',
        description: 'See docs/metrics.md.',
        tags: ['operation'],
        response: { 200: { description: 'Text format', content: { 'text/plain': { schema: z.string() } } } },
      },
    },
    async (_request, reply) => {
      reply.type(metrics.registry.contentType);
      return metrics.registry.metrics();
    },
  );
}
