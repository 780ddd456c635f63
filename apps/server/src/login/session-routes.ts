import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { credentialOf } from './credentials.ts';
import type { LoginSessions } from './login-sessions.ts';

const Session = z.object({
  id: z.string(),
  device: z.string().nullable().describe('How the browser called itself when it signed in.'),
  createdAt: z.iso.datetime(),
  renewedAt: z.iso.datetime().describe('About once a day while it is used.'),
  expiresAt: z.iso.datetime(),
  current: z.boolean().describe('The one of this request.'),
});

export function sessionRoutes(app: App, sessions: LoginSessions): void {
  app.get(
    '/api/auth/sessions',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Where you are signed in',
        tags: ['login'],
        response: answers('read', { 200: z.object({ items: z.array(Session) }) }),
      },
    },
    async ({ caller }) => {
      const items = await sessions.list(caller.user.id);
      return {
        items: items.map((session) => ({
          id: session.id,
          device: session.device,
          createdAt: session.createdAt.toISOString(),
          renewedAt: session.renewedAt.toISOString(),
          expiresAt: session.expiresAt.toISOString(),
          current: caller.credential === credentialOf.session(session.id),
        })),
      };
    },
  );

  app.delete(
    '/api/auth/sessions/:id',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Sign out one of your devices',
        description: 'Documents that are open there close within a second (4401).',
        tags: ['login'],
        params: z.object({ id: z.string().min(1).max(100) }),
        response: answers('edit', { 204: z.null() }, 'not-found'),
      },
    },
    async ({ caller, params }, reply) => {
      if (!(await sessions.end(caller.user.id, params.id))) return no('not-found');
      reply.code(204);
      return null;
    },
  );
}
