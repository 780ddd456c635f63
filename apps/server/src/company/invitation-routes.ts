import { type Database, inTenant } from '@tidemark/database';
import { isRefusal } from '@tidemark/protocol';
import type { FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { hashCode, newCode } from '../login/codes.ts';
import type { Accounts } from './accounts.ts';

const days = 7;
const InvitedRole = z.enum(['editor', 'viewer']);
const Code = z.object({ code: z.string().min(1).max(200) });
type State = 'open' | 'used' | 'withdrawn' | 'expired';
const Invitation = z.object({
  id: z.string(),
  role: InvitedRole,
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  state: z.enum(['open', 'used', 'withdrawn', 'expired']),
});
const NewInvitation = z.object({
  id: z.string(),
  code: z.string().describe('Shown this once.'),
  url: z.string().describe('The link to send.'),
  role: InvitedRole,
  expiresAt: z.iso.datetime(),
});

export function invitationRoutes(
  app: App,
  {
    database,
    accounts,
    publicUrl,
  }: { database: Pick<Database, 'app'>; accounts: Accounts; publicUrl: URL | null },
): void {
  app.post(
    '/api/invitations',
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'Invite somebody to the company',
        description: `The link lets one person in and lasts ${days} days.`,
        tags: ['company'],
        body: z.object({ role: InvitedRole }),
        response: answers('owner', { 201: NewInvitation }, 'invalid', 'read-only'),
      },
    },
    async (request, reply) => {
      const { caller, body } = request;
      const code = newCode('');
      const made = await inTenant(database.app, caller.tenant, (tx) =>
        tx
          .insertInto('invitations')
          .values({
            company_id: caller.companyId,
            code_hash: hashCode(code),
            role: body.role,
            created_by: caller.user.id,
            expires_at: sql<Date>`now() + make_interval(days => ${days})`,
          })
          .returning(['id', 'expires_at as expiresAt'])
          .executeTakeFirstOrThrow(),
      );
      reply.code(201);
      const url = `${originOf(request, publicUrl)}/invite/${code}`;
      return { id: made.id, code, url, role: body.role, expiresAt: made.expiresAt.toISOString() };
    },
  );

  app.get(
    '/api/invitations',
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'List the invitations',
        tags: ['company'],
        response: answers('owner', { 200: z.object({ items: z.array(Invitation) }) }, 'read-only'),
      },
    },
    async ({ caller }) => {
      const rows = await inTenant(database.app, caller.tenant, (tx) =>
        tx.selectFrom('invitations').selectAll().orderBy('created_at', 'desc').limit(200).execute(),
      );
      return {
        items: rows.map((row) => ({
          id: row.id,
          role: row.role,
          createdAt: row.created_at.toISOString(),
          expiresAt: row.expires_at.toISOString(),
          state: stateOf(row),
        })),
      };
    },
  );

  app.delete(
    '/api/invitations/:id',
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'Withdraw an invitation',
        tags: ['company'],
        params: z.object({ id: z.uuid() }),
        response: answers('owner', { 204: z.null() }, 'not-found', 'read-only'),
      },
    },
    async ({ caller, params }, reply) => {
      const gone = await inTenant(database.app, caller.tenant, (tx) =>
        tx
          .updateTable('invitations')
          .set({ withdrawn_at: sql<Date>`coalesce(withdrawn_at, now())` })
          .where('id', '=', params.id)
          .returning('id')
          .executeTakeFirst(),
      );
      if (!gone) return no('not-found');
      reply.code(204);
      return null;
    },
  );

  app.get(
    '/api/invitations/:code',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'What an invitation is for',
        description: 'Anybody who has the code may ask.',
        tags: ['company'],
        params: Code,
        response: answers(
          'nothing',
          {
            200: z.object({
              company: z.object({ name: z.string() }),
              inviter: z.object({ name: z.string() }).nullable(),
              role: InvitedRole,
            }),
          },
          'not-found',
          'already-used',
        ),
      },
    },
    async ({ params }) => {
      const found = await accounts.invitation(params.code);
      if (isRefusal(found)) return no(found);
      const inviter = found.inviter === null ? null : { name: found.inviter };
      return { company: { name: found.companyName }, inviter, role: found.role };
    },
  );

  app.post(
    '/api/invitations/:code/accept',
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Join the company of an invitation',
        description: 'For somebody who is signed in. Harmless for a member.',
        tags: ['company'],
        params: Code,
        response: answers('edit', { 200: z.object({ companyId: z.string() }) }, 'not-found', 'already-used'),
      },
    },
    async ({ caller, params }) => {
      const joined = await accounts.accept(caller.user.id, params.code);
      return isRefusal(joined) ? no(joined) : joined;
    },
  );
}

function stateOf(row: {
  withdrawn_at: Date | null;
  uses: number;
  max_uses: number;
  expires_at: Date;
}): State {
  if (row.withdrawn_at !== null) return 'withdrawn';
  if (row.uses >= row.max_uses) return 'used';
  return row.expires_at.getTime() <= Date.now() ? 'expired' : 'open';
}

function originOf(request: FastifyRequest, publicUrl: URL | null): string {
  return publicUrl?.origin ?? `${request.protocol}://${request.host}`;
}
