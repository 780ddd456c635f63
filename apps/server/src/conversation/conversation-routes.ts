import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Catalogue, Entry } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { Id } from '../documents/schemas.ts';
import type { Caller } from '../http/caller.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Conversations } from './conversation.ts';
import { Changes, NewMessage, Since, Words } from './schemas.ts';

interface ConversationRoutes {
  readonly catalogue: Catalogue;
  readonly conversations: Conversations;
  readonly lobby: Lobby;
}

const MessageId = Id.extend({ messageId: z.uuid() });
const ThreadId = Id.extend({ threadId: z.uuid() });

/** Changes that one person may make in a minute, in all conversations together. */
const changesPerMinute = 240;
const throttled = {
  max: changesPerMinute,
  timeWindow: 60_000,
  hook: 'preHandler' as const,
  keyGenerator: (request: FastifyRequest) => `conversation ${request.caller.user.id}`,
};

export function conversationRoutes(app: App, { catalogue, conversations, lobby }: ConversationRoutes): void {
  /** A document whose conversation the caller may write in: every one that they may read, as long as it is not in the bin. */
  async function conversationFor(caller: Caller, id: string): Promise<Entry | Refusal> {
    const entry = await documentFor(catalogue, caller, id);
    if (isRefusal(entry) || entry.deletedAt === null) return entry;
    return refuse('not-found', 'The document is in the bin.');
  }

  /** Makes a change and tells everybody who has the document open, if it was one. */
  async function change(
    caller: Caller,
    id: string,
    make: () => Promise<{ readonly changed: boolean } | Refusal>,
    news = true,
  ): Promise<Refusal | null> {
    const entry = await conversationFor(caller, id);
    if (isRefusal(entry)) return entry;
    const made = await make();
    if (isRefusal(made)) return made;
    if (made.changed && news) lobby.tell(id, 'comments');
    return null;
  }

  app.get(
    '/api/documents/:id/conversation',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What changed in the conversation',
        description:
          'Threads and messages as they are now, of which something changed after `since`, in the order of their changes; and how far you have read. Ask again with the `seq` of the answer: nothing is missed.',
        tags: ['conversation'],
        params: Id,
        querystring: Since,
        response: answers('read', { 200: Changes }, 'not-found', 'invalid'),
      },
    },
    async ({ caller, params, query }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      return conversations.since(caller, entry.id, query.since, query.limit);
    },
  );

  app.get(
    '/api/documents/:id/conversation/people',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'Who can be mentioned',
        description: 'The people of the company who may read the document.',
        tags: ['conversation'],
        params: Id,
        response: answers(
          'read',
          { 200: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }) },
          'not-found',
        ),
      },
    },
    async ({ caller, params }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      return { items: [...(await conversations.people(caller, entry.id))] };
    },
  );

  app.put(
    '/api/documents/:id/conversation/messages/:messageId',
    {
      config: { needs: 'edit', rateLimit: throttled },
      schema: {
        summary: 'Say something',
        description:
          'Whoever may read the document may. You choose the id: sent again, nothing is said twice. A new `thread` id begins a thread; an answer in a resolved one reopens it.',
        tags: ['conversation'],
        params: MessageId,
        body: NewMessage,
        response: answers(
          'edit',
          { 204: z.null() },
          'not-found',
          'invalid',
          'already-exists',
          'too-many-requests',
        ),
      },
    },
    async ({ caller, params, body }, reply) => {
      const refusal = await change(caller, params.id, () =>
        conversations.say(caller, params.id, params.messageId, caller.user.name, body),
      );
      if (refusal) return no(refusal);
      reply.code(204);
      return null;
    },
  );

  app.patch(
    '/api/documents/:id/conversation/messages/:messageId',
    {
      config: { needs: 'edit', rateLimit: throttled },
      schema: {
        summary: 'Edit a message',
        description: 'Only its author may.',
        tags: ['conversation'],
        params: MessageId,
        body: Words,
        response: answers(
          'edit',
          { 204: z.null() },
          'not-found',
          'invalid',
          'no-access',
          'too-many-requests',
        ),
      },
    },
    async ({ caller, params, body }, reply) => {
      const refusal = await change(caller, params.id, () =>
        conversations.edit(caller, params.id, params.messageId, body),
      );
      if (refusal) return no(refusal);
      reply.code(204);
      return null;
    },
  );

  app.delete(
    '/api/documents/:id/conversation/messages/:messageId',
    {
      config: { needs: 'edit', rateLimit: throttled },
      schema: {
        summary: 'Delete a message',
        description: 'Only its author may. A stub without its text stays in its place.',
        tags: ['conversation'],
        params: MessageId,
        response: answers('edit', { 204: z.null() }, 'not-found', 'no-access', 'too-many-requests'),
      },
    },
    async ({ caller, params }, reply) => {
      const refusal = await change(caller, params.id, () =>
        conversations.remove(caller, params.id, params.messageId),
      );
      if (refusal) return no(refusal);
      reply.code(204);
      return null;
    },
  );

  app.patch(
    '/api/documents/:id/conversation/threads/:threadId',
    {
      config: { needs: 'edit', rateLimit: throttled },
      schema: {
        summary: 'Resolve a thread, or reopen it',
        tags: ['conversation'],
        params: ThreadId,
        body: z.object({ resolved: z.boolean() }),
        response: answers('edit', { 204: z.null() }, 'not-found', 'invalid', 'too-many-requests'),
      },
    },
    async ({ caller, params, body }, reply) => {
      const refusal = await change(caller, params.id, () =>
        conversations.resolve(caller, params.id, params.threadId, body.resolved),
      );
      if (refusal) return no(refusal);
      reply.code(204);
      return null;
    },
  );

  app.put(
    '/api/documents/:id/conversation/threads/:threadId/mark',
    {
      config: { needs: 'edit', rateLimit: throttled },
      schema: {
        summary: 'Say how far you have read',
        description: 'Yours alone, and never goes back.',
        tags: ['conversation'],
        params: ThreadId,
        body: z.object({ n: z.int().min(0) }),
        response: answers('edit', { 204: z.null() }, 'not-found', 'invalid', 'too-many-requests'),
      },
    },
    async ({ caller, params, body }, reply) => {
      const mark = () => conversations.mark(caller, params.id, params.threadId, body.n);
      const refusal = await change(caller, params.id, mark, false);
      if (refusal) return no(refusal);
      reply.code(204);
      return null;
    },
  );
}
