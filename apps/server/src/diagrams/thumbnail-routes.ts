import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { bytes, Id } from '../documents/schemas.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Thumbnails } from './thumbnails.ts';

interface ThumbnailRoutes {
  readonly catalogue: Catalogue;
  readonly thumbnails: Thumbnails;
}

export function thumbnailRoutes(app: App, { catalogue, thumbnails }: ThumbnailRoutes): void {
  app.get(
    '/api/documents/:id/thumbnail',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'How a document looks, small',
        description:
          'The newest there is, at once; it follows the last change by a few seconds. With `v`, the `thumbnail` of the document, it may be kept for good.',
        tags: ['documents'],
        params: Id,
        querystring: z.object({
          theme: z.enum(['light', 'dark']).default('light'),
          v: z.string().max(64).optional().describe('The version that you know of.'),
        }),
        response: answers(
          'read',
          {
            200: {
              description: 'At most 480 by 300 pixels',
              content: { 'image/png': { schema: bytes } },
            },
            304: z.null().describe('You have it already.'),
          },
          'not-found',
          'invalid',
        ),
      },
    },
    async (request, reply) => {
      const { caller, params, query } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const found = await thumbnails.find(caller, entry.id, query.theme);
      if (found === null) return no('not-found', 'There is no thumbnail of this document.');
      const etag = `"${found.version}-${query.theme}"`;
      const lasting = query.v === found.version ? 'max-age=31536000, immutable' : 'no-cache';
      reply.header('etag', etag).header('cache-control', `private, ${lasting}`);
      reply.header('vary', 'cookie, authorization');
      if (request.headers['if-none-match'] === etag) {
        reply.code(304);
        return null;
      }
      reply.type('image/png');
      return Buffer.from(found.png);
    },
  );
}
