import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { type SyncTokens, syncTokenLife } from '../login/sync-tokens.ts';
import type { Catalogue } from './catalogue.ts';
import { documentFor } from './document-routes.ts';
import { bytes, Id } from './schemas.ts';
import type { Workshop } from './workshop.ts';

interface ContentRoutes {
  readonly catalogue: Catalogue;
  readonly workshop: Workshop;
  readonly syncTokens: SyncTokens;
  readonly publicUrl: URL | null;
}

/** A document's content, once as JSON, once as Yjs bytes, and live. */
export function contentRoutes(app: App, { catalogue, workshop, syncTokens, publicUrl }: ContentRoutes): void {
  app.get(
    '/api/documents/:id/content',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The document as JSON',
        description: 'The typed view that screens show. `findings` names what was hidden or mended, and why.',
        tags: ['documents'],
        params: Id,
        response: answers(
          'read',
          {
            200: z.object({
              id: z.string(),
              kind: z.string(),
              content: z.unknown(),
              findings: z.array(z.unknown()),
            }),
          },
          'not-found',
        ),
      },
    },
    async (request) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id);
      if (isRefusal(entry)) return no(entry);
      const read = await workshop.content(entry.id, entry.kind);
      if (isRefusal(read)) return no(read);
      return { id: entry.id, kind: entry.kind, content: read.content, findings: [...read.findings] };
    },
  );

  app.get(
    '/api/documents/:id/state',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'The Yjs state as one v1 update',
        tags: ['documents'],
        params: Id,
        response: answers(
          'read',
          {
            200: {
              description: 'Y.encodeStateAsUpdate',
              content: { 'application/octet-stream': { schema: bytes } },
            },
          },
          'not-found',
        ),
      },
    },
    async (request, reply) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id);
      if (isRefusal(entry)) return no(entry);
      const state = await workshop.state(entry.id);
      if (isRefusal(state)) return no(state);
      reply.type('application/octet-stream').header('cache-control', 'no-store');
      return Buffer.from(state);
    },
  );

  app.post(
    '/api/documents/:id/sync-token',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'A short-lived token to sync one document',
        description:
          'Opens `/sync/{id}` for fifteen minutes, with at most the access asked for. `url` can be given as it is to a WebSocket or to a y-websocket client.',
        tags: ['documents'],
        params: Id,
        body: z.object({ access: z.enum(['edit', 'read']).optional() }).nullish(),
        response: answers(
          'read',
          { 200: z.object({ token: z.string(), url: z.string(), expiresAt: z.iso.datetime() }) },
          'not-found',
          'invalid',
        ),
      },
    },
    async (request) => {
      const { caller } = request;
      const entry = await documentFor(catalogue, caller, request.params.id);
      if (isRefusal(entry)) return no(entry);
      if (entry.deletedAt !== null) return no('not-found', 'The document is in the bin.');
      const asked = request.body?.access ?? 'edit';
      const atMost = caller.atMost === 'read' ? 'read' : asked;
      const expiresAt = Date.now() + syncTokenLife;
      const { credential, user } = caller;
      const token = syncTokens.issue({
        documentId: entry.id,
        userId: user.id,
        atMost,
        credential,
        expiresAt,
      });
      const origin = publicUrl ?? new URL(`${request.protocol}://${request.host}`);
      const scheme = origin.protocol === 'https:' ? 'wss' : 'ws';
      return {
        token,
        url: `${scheme}://${origin.host}/sync/${entry.id}?token=${token}`,
        expiresAt: new Date(expiresAt).toISOString(),
      };
    },
  );
}
