import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { ApiTokens } from './api-tokens.ts';

const day = 24 * 60 * 60 * 1000;
const Id = z.object({ id: z.uuid() });
const NewToken = z.object({
  name: z.string().trim().min(1).max(100),
  access: z
    .enum(['edit', 'read'])
    .default('edit')
    .describe('The most the token may do, whatever its maker may.'),
  expiresInDays: z
    .int()
    .min(1)
    .max(3650)
    .optional()
    .describe('Without it the token lasts until it is withdrawn.'),
});
const Token = z.object({
  id: z.string(),
  name: z.string(),
  access: z.enum(['edit', 'read']),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
  lastUsedAt: z.iso.datetime().nullable().describe('To the minute.'),
});

export function tokenRoutes(app: App, tokens: ApiTokens): void {
  app.post(
    '/api/tokens',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Make an API token',
        description: 'The token is shown this once. It acts as its maker, in the company it was made in.',
        tags: ['login'],
        body: NewToken,
        response: answers('edit', { 201: z.object({ id: z.string(), token: z.string() }) }, 'invalid'),
      },
    },
    async (request, reply) => {
      const { name, access, expiresInDays } = request.body;
      const expiresAt = expiresInDays === undefined ? null : new Date(Date.now() + expiresInDays * day);
      reply.code(201);
      return tokens.create(request.caller.tenant, { name, access, expiresAt });
    },
  );

  app.get(
    '/api/tokens',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'List your API tokens',
        tags: ['login'],
        response: answers('read', { 200: z.object({ items: z.array(Token) }) }),
      },
    },
    async (request) => {
      const items = await tokens.list(request.caller.tenant);
      return {
        items: items.map((token) => ({
          ...token,
          createdAt: token.createdAt.toISOString(),
          expiresAt: token.expiresAt?.toISOString() ?? null,
          lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
        })),
      };
    },
  );

  app.delete(
    '/api/tokens/:id',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Withdraw an API token',
        tags: ['login'],
        params: Id,
        response: answers('edit', { 204: z.undefined() }, 'not-found'),
      },
    },
    async (request, reply) => {
      if (!(await tokens.remove(request.caller.tenant, request.params.id))) return no('not-found');
      reply.code(204);
      return undefined;
    },
  );
}
