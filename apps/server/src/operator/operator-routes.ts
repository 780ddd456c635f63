import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Operators } from './operators.ts';

const Operator = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  appointedBy: z.string().nullable().describe('Null for the first one.'),
  appointedAt: z.iso.datetime(),
});

/** Who looks after the server. */
export function operatorRoutes(app: App, operators: Operators): void {
  const tags = ['operator'];
  app.get(
    '/api/operator/operators',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'The operators of the server',
        tags,
        response: answers('operator', { 200: z.object({ items: z.array(Operator) }) }),
      },
    },
    async ({ caller }) => ({ items: [...(await operators.list(caller.user.id))] }),
  );

  app.post(
    '/api/operator/operators',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'Appoint an operator',
        description: 'Somebody with an account here, by email address.',
        tags,
        body: z.object({ email: z.email() }),
        response: answers('operator', { 204: z.null() }, 'invalid', 'not-found'),
      },
    },
    async ({ caller, body }, reply) => {
      const refusal = await operators.appoint(caller.user.id, body.email);
      if (refusal !== null) return no(refusal);
      reply.code(204);
      return null;
    },
  );

  app.delete(
    '/api/operator/operators/:id',
    {
      config: { needs: 'operator' },
      schema: {
        summary: 'Dismiss an operator',
        description: 'Also oneself; the last one stays.',
        tags,
        params: z.object({ id: z.string() }),
        response: answers('operator', { 204: z.null() }, 'invalid', 'not-found'),
      },
    },
    async ({ caller, params }, reply) => {
      const refusal = await operators.dismiss(caller.user.id, params.id);
      if (refusal !== null) return no(refusal);
      reply.code(204);
      return null;
    },
  );
}
