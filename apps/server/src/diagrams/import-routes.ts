import { type FileReport, isFileRefusal } from '@tidemark/bpmn';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import * as z from 'zod';
import type { Spaces } from '../company/spaces.ts';
import type { Catalogue, Entry } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { Document, Id, SpaceId } from '../documents/schemas.ts';
import { titleLength } from '../documents/titles.ts';
import type { Workshop } from '../documents/workshop.ts';
import { type Attachments, insertAttachment } from '../files/attachments.ts';
import { UploadHeaders, uploadOf, whileUploading } from '../files/upload-request.ts';
import type { Caller } from '../http/caller.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Metrics } from '../metrics.ts';
import type { FileWorker } from './file-worker.ts';
import { Counts, type Imports, insertImport } from './imports.ts';

const fate = z.enum(['kept', 'changed', 'lost']);

const Report = z
  .object({
    encoding: z.string().describe('What the file was read as.'),
    elements: z.int().describe('XML elements in the file.'),
    counts: Counts.describe('Of all notes.'),
    notes: z
      .array(
        z.object({
          code: z.string(),
          fate: fate.describe('`kept`: in another form; `changed`: differs from the file; `lost`: left out.'),
          element: z
            .object({ id: z.string().nullable(), type: z.string(), name: z.string().nullable() })
            .nullable()
            .describe('What it is about; null: the file as a whole.'),
          line: z.int().nullable(),
          detail: z.string(),
        }),
      )
      .describe('In the order of lines; of very many the first, losses before all others.'),
    renamed: z
      .record(z.string(), z.string())
      .describe('Ids that the document has under another name: old → new.'),
  })
  .meta({ id: 'ImportReport' });

interface ImportRoutes {
  readonly catalogue: Catalogue;
  readonly workshop: Workshop;
  readonly spaces: Spaces;
  readonly attachments: Attachments;
  readonly imports: Imports;
  readonly worker: FileWorker;
  readonly metrics: Metrics;
}

type ReadDiagram = { readonly state: Uint8Array; readonly report: FileReport };

export function importRoutes(
  app: App,
  { catalogue, workshop, spaces, attachments, imports, worker, metrics }: ImportRoutes,
): void {
  app.register(async (scope) => {
    // An upload is never held in memory as it comes: the body is the stream itself.
    scope.addContentTypeParser(
      ['application/octet-stream', 'application/xml', 'text/xml'],
      (_request, payload, done) => done(null, payload),
    );
    (scope as App).post(
      '/api/documents/import',
      {
        config: { needs: 'edit' },
        schema: {
          summary: 'Import a BPMN file as a new diagram',
          description:
            'The body is the file. The diagram, the file itself as an attachment, and the report of what was kept, changed and lost appear together, or none of them.',
          tags: ['documents'],
          consumes: ['application/octet-stream', 'application/xml', 'text/xml'],
          querystring: z.object({ projectId: SpaceId.optional() }),
          headers: UploadHeaders,
          response: answers(
            'edit',
            { 201: z.object({ document: Document, report: Report }) },
            'not-found',
            'read-only',
            'malformed',
            'too-large',
            'checksum-mismatch',
            'unknown-encoding',
            'not-xml',
            'unsafe-xml',
            'not-bpmn',
            'invalid',
            'too-many-requests',
            'restarting',
          ),
        },
      },
      async (request, reply) => {
        const { caller, query } = request;
        const spaceId = await spaces.forNewDocument(caller, query.projectId);
        if (isRefusal(spaceId)) return no(spaceId);
        const upload = uploadOf(request, 'diagram.bpmn');
        const made = isRefusal(upload)
          ? upload
          : await whileUploading(upload.content, () => take(caller, spaceId, upload));
        metrics.uploaded(isRefusal(made) ? made.refused : 'stored', isRefusal(made) ? 0 : made.size);
        if (isRefusal(made)) return no(made);
        reply.code(201);
        return { document: made.document, report: answered(made.report) };
      },
    );
  });

  async function take(
    caller: Caller,
    spaceId: string,
    upload: Parameters<Attachments['keep']>[0],
  ): Promise<{ document: Entry; report: FileReport; size: number } | Refusal> {
    const title = titleOf(upload.name);
    const read: ReadDiagram[] = [];
    const refusals: Refusal[] = [];
    const kept = await attachments.keep(upload, async (bytes) => {
      const answer = await worker.read(bytes, title);
      if ('state' in answer) {
        read.push(answer);
        return null;
      }
      refusals.push(answer);
      // The store only has to know that it is refused; the refusal itself, with its line, is the answer.
      return {
        refused: isFileRefusal(answer) && 'line' in answer ? answer.refused : 'too-large',
        detail: answer.detail,
      };
    });
    const [refusal] = refusals;
    if (refusal) return refusal;
    if (isRefusal(kept)) return kept;
    const [diagram] = read;
    if (!diagram) throw new Error('A file was kept that was not read');
    const { tenant } = caller;
    const document = await workshop.adopt(
      caller,
      { kind: 'diagram', title, spaceId },
      diagram.state,
      async (tx, id) => {
        await insertAttachment(tx, tenant, id, kept);
        await insertImport(tx, tenant, id, kept.id, diagram.report);
      },
    );
    return { document, report: diagram.report, size: kept.size };
  }

  app.get(
    '/api/documents/:id/import-report',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'What the import of a document kept, changed and lost',
        tags: ['documents'],
        params: Id,
        response: answers(
          'read',
          {
            200: z.object({
              attachmentId: z.string().describe('The file as it was uploaded.'),
              importedAt: z.iso.datetime(),
              report: Report,
            }),
          },
          'not-found',
        ),
      },
    },
    async ({ caller, params }) => {
      const entry = await documentFor(catalogue, caller, params.id);
      if (isRefusal(entry)) return no(entry);
      const found = await imports.find(caller, entry.id);
      if (!found) return no(refuse('not-found', 'This document was not imported.'));
      return { ...found, report: answered(found.report) };
    },
  );
}

/** What people know it by: the name of the file, without what says of which type it is. */
function titleOf(name: string): string {
  const plain = name.replace(/\.(bpmn20\.xml|bpmn2|bpmn|xml)$/i, '').trim();
  return (plain === '' ? 'Diagram' : plain).slice(0, titleLength);
}

function answered(report: FileReport): z.infer<typeof Report> {
  return { ...report, notes: [...report.notes], renamed: { ...report.renamed } };
}
