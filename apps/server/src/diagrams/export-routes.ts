import { isRefusal, type Refusal } from '@tidemark/protocol';
import * as z from 'zod';
import type { Catalogue, Entry } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { bytes, Id } from '../documents/schemas.ts';
import { attachment } from '../files/file-name.ts';
import type { Caller } from '../http/caller.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';

export const exportFormats = ['bpmn', 'svg', 'png', 'pdf'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const Asked = z.object({
  format: z.enum(exportFormats),
  diagram: z
    .string()
    .max(500)
    .optional()
    .describe('Id of the BPMNDiagram, for a picture. Default: the first; of a PDF: all, a page each.'),
  scale: z.coerce.number().min(1).max(4).default(1).describe('Of a PNG: pixels per unit of the diagram.'),
  theme: z.enum(['light', 'dark']).default('light').describe('Of a picture.'),
  page: z
    .enum(['diagram', 'a4', 'a3'])
    .default('diagram')
    .describe('Of a PDF: as large as the diagram, or paper in landscape.'),
});

export type Asked = z.infer<typeof Asked>;

/** One file made of a document. */
export interface Exported {
  /** The same for the same bytes. */
  readonly etag: string;
  readonly type: string;
  /** Of the name it is saved under. */
  readonly extension: string;
  /** Makes the bytes; not called when the caller has them already. */
  make(): Promise<Uint8Array | Refusal>;
}

export type Exporter = (entry: Entry, asked: Asked, caller: Caller) => Promise<Exported | Refusal>;

interface ExportRoutes {
  readonly catalogue: Catalogue;
  readonly exporters: Readonly<Record<ExportFormat, Exporter>>;
}

/** A diagram as a file to take away. */
export function exportRoutes(app: App, { catalogue, exporters }: ExportRoutes): void {
  app.get(
    '/api/documents/:id/export',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'A diagram as a file',
        description:
          'BPMN 2.0 XML in UTF-8, with all extensions of other programs; or SVG, PNG or PDF, drawn as the canvas shows it. The same diagram has the same ETag.',
        tags: ['documents'],
        params: Id,
        querystring: Asked,
        response: answers(
          'read',
          {
            200: {
              description: 'The file',
              content: {
                'application/xml': { schema: bytes },
                'image/svg+xml': { schema: bytes },
                'image/png': { schema: bytes },
                'application/pdf': { schema: bytes },
              },
            },
            304: z.null().describe('You have it already.'),
          },
          'not-found',
          'invalid',
          'cannot-draw',
          'too-large',
          'too-many-requests',
          'restarting',
        ),
      },
    },
    async (request, reply) => {
      const { caller, params, query } = request;
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      if (entry.kind !== 'diagram')
        return no(invalid({ format: 'is one of diagrams, which this document is not' }));
      const file = await exporters[query.format](entry, query, caller);
      if (isRefusal(file)) return no(file);
      const etag = `"${file.etag}"`;
      reply.header('etag', etag).header('cache-control', 'private, no-cache');
      reply.header('vary', 'cookie, authorization');
      if (request.headers['if-none-match'] === etag) {
        reply.code(304);
        return null;
      }
      const made = await file.make();
      if (isRefusal(made)) {
        reply.removeHeader('etag');
        return no(made);
      }
      // A picture opened by itself is a page: it may do nothing there.
      reply.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
      reply.type(file.type).header('content-disposition', attachment(`${nameOf(entry)}.${file.extension}`));
      return Buffer.from(made);
    },
  );
}

/** No path, nothing hidden, nothing that turns the ending around. */
function nameOf({ title }: Entry): string {
  const clean = title
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029/\\:*?"<>|]/gu, ' ')
    .replace(/^[.\s]+/, '')
    .trim();
  return clean === '' ? 'Untitled diagram' : clean;
}
