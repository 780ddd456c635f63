import { type Database, inTenant } from '@tidemark/database';
import * as z from 'zod';
import { type App, answers } from '../http/routes.ts';
import type { Operators } from '../operator/operators.ts';
import type { Spaces } from './spaces.ts';

const Role = z.enum(['owner', 'editor', 'viewer']);
const Company = z.object({ id: z.string(), name: z.string(), role: Role.describe('Yours.') });
const Me = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  company: Company.describe('The one this request works in; another by the header X-Tidemark-Company.'),
  companies: z.array(Company),
  operator: z.boolean().describe('Whether you look after this server.'),
  spaces: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(['company', 'personal']),
      name: z.string(),
      access: z.enum(['edit', 'read']),
    }),
  ),
});

interface Desk {
  readonly database: Pick<Database, 'app'>;
  readonly spaces: Spaces;
  readonly operators: Operators;
}

export function companyRoutes(app: App, { database, spaces, operators }: Desk): void {
  app.get(
    '/api/me',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Who you are and where you work',
        tags: ['company'],
        response: answers('read', { 200: Me }),
      },
    },
    async ({ caller }) => ({
      user: { ...caller.user },
      company: { id: caller.companyId, name: caller.companyName, role: caller.role },
      companies: caller.companies.map(({ companyId, companyName, role }) => ({
        id: companyId,
        name: companyName,
        role,
      })),
      operator: await operators.is(caller.user.id),
      spaces: [...(await spaces.list(caller))],
    }),
  );

  app.patch(
    '/api/company',
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'Rename the company',
        tags: ['company'],
        body: z.object({ name: z.string().trim().min(1).max(200) }),
        response: answers('owner', { 200: Company }, 'invalid', 'read-only'),
      },
    },
    async ({ caller, body }) => {
      await inTenant(database.app, caller.tenant, async (tx) => {
        await tx
          .updateTable('companies')
          .set({ name: body.name })
          .where('id', '=', caller.companyId)
          .execute();
        // The shared space bears the company's name.
        await tx.updateTable('spaces').set({ name: body.name }).where('kind', '=', 'company').execute();
      });
      return { id: caller.companyId, name: body.name, role: caller.role };
    },
  );
}
