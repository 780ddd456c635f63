import type { KindName } from '@tidemark/documents';
import { isRefusal, type Refusal } from '@tidemark/protocol';
import * as z from 'zod';
import { attachment } from '../files/file-name.ts';
import type { Caller } from '../http/caller.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Catalogue, Entry } from './catalogue.ts';
import { documentFor } from './document-routes.ts';
import { bytes, Id } from './schemas.ts';

const exportFormats = ['bpmn', 'svg', 'png', 'pdf', 'json', 'xlsx', 'csv'] as const;
type ExportFormat = (typeof exportFormats)[number];

const Asked = z.object({
  format: z.enum(exportFormats),
  diagram: z
    .string()
    .max(500)
    .optional()
    .describe(
      'Id of the BPMNDiagram, for a picture of a diagram. Default: the first; of a PDF: all, a page each.',
    ),
  scale: z.coerce.number().min(1).max(4).default(1).describe('Of a PNG: pixels per unit of the diagram.'),
  theme: z.enum(['light', 'dark']).default('light').describe('Of a picture.'),
  version: z
    .string()
    .max(100)
    .optional()
    .describe('Id of a frozen version, of an estimate. Default: as it is now.'),
  page: z
    .enum(['diagram', 'a4', 'a3'])
    .default('diagram')
    .describe('Of a PDF of a diagram: as large as the diagram, or paper in landscape.'),
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

/** What each kind can be taken away as. */
type Exporters = Readonly<Partial<Record<KindName, Readonly<Partial<Record<ExportFormat, Exporter>>>>>>;

interface ExportRoutes {
  readonly catalogue: Catalogue;
  readonly exporters: Exporters;
}

/** A document as a file to take away: one handler for each kind and format. */
export function exportRoutes(app: App, { catalogue, exporters }: ExportRoutes): void {
  app.get(
    '/api/documents/:id/export',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'A document as a file',
        description:
          'A diagram: BPMN 2.0 XML in UTF-8, with all extensions of other programs; or SVG, PNG or PDF, drawn as the canvas shows it. An estimate: PDF, the proposal for its customer, as its options say and under the profile of the company. The same content has the same ETag.',
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
                'application/json': { schema: bytes },
                'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: bytes },
                'text/csv': { schema: bytes },
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
      const exporter = exporters[entry.kind]?.[query.format];
      if (exporter === undefined) return no(invalid({ format: `is none that a ${entry.kind} has` }));
      if (query.version !== undefined && entry.kind !== 'estimate')
        return no(invalid({ version: 'is one of estimates, which this document is not' }));
      const file = await exporter(entry, query, caller);
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
function nameOf({ kind, title }: Entry): string {
  const clean = title
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029/\\:*?"<>|]/gu, ' ')
    .replace(/^[.\s]+/, '')
    .trim();
  return clean === '' ? `Untitled ${kind}` : clean;
}
