import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Members } from './members.ts';

const Role = z.enum(['owner', 'editor', 'viewer']);
const Member = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  joinedAt: z.iso.datetime(),
});
const Id = z.object({ id: z.string().min(1).max(100).describe('Of the person.') });

export function memberRoutes(app: App, members: Members): void {
  app.get(
    '/api/company/members',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Who belongs to the company',
        tags: ['company'],
        response: answers('read', { 200: z.object({ items: z.array(Member) }) }),
      },
    },
    async ({ caller }) => ({ items: [...(await members.list(caller))] }),
  );

  app.patch(
    '/api/company/members/:id',
    {
      config: { needs: 'owner' },
      schema: {
        summary: "Change a member's role",
        description: 'Documents that they have open turn read-only, or editable, within a second.',
        tags: ['company'],
        params: Id,
        body: z.object({ role: Role }),
        response: answers('owner', { 200: Member }, 'invalid', 'not-found', 'read-only', 'last-owner'),
      },
    },
    async ({ caller, params, body }) => {
      const member = await members.appoint(caller, params.id, body.role);
      return isRefusal(member) ? no(member) : member;
    },
  );

  app.delete(
    '/api/company/members/:id',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Remove a member, or leave',
        description:
          'An owner may remove anybody, everybody may leave. Documents that they have open close (4403), their API tokens for this company end. Their personal space waits for them.',
        tags: ['company'],
        params: Id,
        response: answers('edit', { 204: z.null() }, 'no-access', 'not-found', 'last-owner'),
      },
    },
    async ({ caller, params }, reply) => {
      if (caller.role !== 'owner' && params.id !== caller.user.id) {
        return no('no-access', 'Only an owner of the company may remove others.');
      }
      const refusal = await members.remove(caller, params.id);
      if (refusal) return no(refusal);
      reply.code(204);
      return null;
    },
  );
}
