import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Assemblies } from './assemblies.ts';
import { mayNotChange } from './rights.ts';
import { Assembly, AssemblyFields, AssemblyListing, Id, NewAssembly, Seen } from './shapes.ts';

const tags = ['price list'];
const address = '/api/price-list/assemblies';

export function assemblyRoutes(app: App, assemblies: Assemblies): void {
  app.get(
    address,
    {
      config: { needs: 'read' },
      schema: {
        summary: "The company's assemblies",
        description: 'By name, page by page; each component with its item as it is now.',
        tags,
        querystring: AssemblyListing,
        response: answers(
          'read',
          { 200: z.object({ items: z.array(Assembly), nextCursor: z.string().nullable() }) },
          'invalid',
        ),
      },
    },
    async ({ caller, query }) => {
      const page = await assemblies.list(caller, query);
      return isRefusal(page) ? no(page) : { ...page, items: [...page.items] };
    },
  );

  app.post(
    address,
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Add an assembly',
        tags,
        body: NewAssembly,
        response: answers('edit', { 201: Assembly }, 'invalid', 'read-only'),
      },
    },
    async ({ caller, body }, reply) => {
      const made = mayNotChange(caller) ?? (await assemblies.create(caller, body));
      if (isRefusal(made)) return no(made);
      reply.code(201);
      return made;
    },
  );

  app.get(
    `${address}/:id`,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'One assembly',
        tags,
        params: Id,
        response: answers('read', { 200: Assembly }, 'not-found'),
      },
    },
    async ({ caller, params }) => (await assemblies.find(caller, params.id)) ?? no('not-found'),
  );

  app.patch(
    `${address}/:id`,
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Change an assembly',
        description:
          '`components` are replaced as a whole. `revision` is that of the assembly as you have read it.',
        tags,
        params: Id,
        body: AssemblyFields.partial().extend(Seen.shape),
        response: answers(
          'edit',
          { 200: Assembly },
          'invalid',
          'not-found',
          'read-only',
          'changed-meanwhile',
        ),
      },
    },
    async ({ caller, params, body: { revision, ...fields } }) => {
      const done = mayNotChange(caller) ?? (await assemblies.change(caller, params.id, revision, fields));
      return isRefusal(done) ? no(done) : done;
    },
  );

  app.delete(
    `${address}/:id`,
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Archive an assembly',
        description: 'It is offered no more, and can be brought back.',
        tags,
        params: Id,
        response: answers('edit', { 204: z.null() }, 'not-found', 'read-only'),
      },
    },
    async ({ caller, params }, reply) => {
      const done = mayNotChange(caller) ?? (await assemblies.setArchived(caller, params.id, true));
      if (isRefusal(done)) return no(done);
      reply.code(204);
      return null;
    },
  );

  app.post(
    `${address}/:id/restore`,
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Bring an archived assembly back',
        tags,
        params: Id,
        response: answers('edit', { 200: Assembly }, 'not-found', 'read-only'),
      },
    },
    async ({ caller, params }) => {
      const done = mayNotChange(caller) ?? (await assemblies.setArchived(caller, params.id, false));
      return isRefusal(done) ? no(done) : done;
    },
  );
}
