import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Items } from './items.ts';
import { mayNotChange } from './rights.ts';
import { Id, Item, ItemFields, ItemListing, NewItem, PriceChange, Seen } from './shapes.ts';

const tags = ['price list'];
const address = '/api/price-list/items';

export function itemRoutes(app: App, items: Items): void {
  app.get(
    address,
    {
      config: { needs: 'read' },
      schema: {
        summary: "The company's prices",
        description: 'Page by page.',
        tags,
        querystring: ItemListing,
        response: answers(
          'read',
          { 200: z.object({ items: z.array(Item), nextCursor: z.string().nullable() }) },
          'invalid',
        ),
      },
    },
    async ({ caller, query }) => {
      const page = await items.list(caller, query);
      return isRefusal(page) ? no(page) : { ...page, items: [...page.items] };
    },
  );

  app.post(
    address,
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Add a price',
        tags,
        body: NewItem,
        response: answers('edit', { 201: Item }, 'invalid', 'read-only', 'already-exists'),
      },
    },
    async ({ caller, body }, reply) => {
      const made = mayNotChange(caller) ?? (await items.create(caller, body));
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
        summary: 'One price',
        tags,
        params: Id,
        response: answers('read', { 200: Item }, 'not-found'),
      },
    },
    async ({ caller, params }) => (await items.find(caller, params.id)) ?? no('not-found'),
  );

  app.patch(
    `${address}/:id`,
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Change a price',
        description:
          '`revision` is that of the item as you have read it. When somebody changed it meanwhile nothing is written; read it again, and decide.',
        tags,
        params: Id,
        body: ItemFields.partial().extend(Seen.shape),
        response: answers(
          'edit',
          { 200: Item },
          'invalid',
          'not-found',
          'read-only',
          'already-exists',
          'changed-meanwhile',
        ),
      },
    },
    async ({ caller, params, body: { revision, ...fields } }) => {
      const done = mayNotChange(caller) ?? (await items.change(caller, params.id, revision, fields));
      return isRefusal(done) ? no(done) : done;
    },
  );

  app.delete(
    `${address}/:id`,
    {
      config: { needs: 'edit' },
      schema: {
        summary: 'Archive a price',
        description:
          'It is offered no more. Estimates and assemblies that refer to it keep it, and it can be brought back.',
        tags,
        params: Id,
        response: answers('edit', { 204: z.null() }, 'not-found', 'read-only'),
      },
    },
    async ({ caller, params }, reply) => {
      const done = mayNotChange(caller) ?? (await items.setArchived(caller, params.id, true));
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
        summary: 'Bring an archived price back',
        tags,
        params: Id,
        response: answers('edit', { 200: Item }, 'not-found', 'read-only', 'already-exists'),
      },
    },
    async ({ caller, params }) => {
      const done = mayNotChange(caller) ?? (await items.setArchived(caller, params.id, false));
      return isRefusal(done) ? no(done) : done;
    },
  );

  app.get(
    `${address}/:id/changes`,
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The prices that an item has had',
        description: 'The newest first.',
        tags,
        params: Id,
        response: answers('read', { 200: z.object({ items: z.array(PriceChange) }) }, 'not-found'),
      },
    },
    async ({ caller, params }) => {
      if ((await items.find(caller, params.id)) === null) return no('not-found');
      return { items: [...(await items.changes(caller, params.id))] };
    },
  );
}
