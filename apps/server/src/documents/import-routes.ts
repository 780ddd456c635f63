import { isFileRefusal } from '@tidemark/bpmn';
import { fields } from '@tidemark/estimate-files';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import * as z from 'zod';
import type { Spaces } from '../company/spaces.ts';
import type { TableChoice } from '../estimates/file-jobs.ts';
import { type Attachments, insertAttachment } from '../files/attachments.ts';
import type { FileWorker } from '../files/file-worker.ts';
import { UploadHeaders, uploadOf, whileUploading } from '../files/upload-request.ts';
import type { Caller } from '../http/caller.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { Metrics } from '../metrics.ts';
import type { Catalogue, Entry } from './catalogue.ts';
import { documentFor } from './document-routes.ts';
import { Counts, type ImportReport, type Imports, insertImport } from './imports.ts';
import { Document, Id, SpaceId } from './schemas.ts';
import { listed, titleLength } from './titles.ts';
import type { Workshop } from './workshop.ts';

const fate = z.enum(['kept', 'changed', 'lost']);

const Report = z
  .object({
    encoding: z.string().describe('What the file was read as.'),
    elements: z.int().describe('XML elements, rows or records in the file.'),
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
      .describe('In the order of lines; of very many the first.'),
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

/** What a file was read into. */
interface ReadFile {
  readonly kind: 'diagram' | 'estimate';
  readonly title: string;
  readonly state: Uint8Array;
  readonly report: ImportReport;
}

/** How the columns of a table are to be read, as JSON. */
const Choice = z.object({
  sheet: z.int().min(0).max(100).default(0),
  mapping: z.object({
    headRow: z.int().min(0).max(20_000).nullable(),
    columns: z.array(z.enum(fields).nullable()).max(200),
  }),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

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
          summary: 'Import a file as a new document',
          description:
            'The body is the file; its name says of which kind it is: .json, .xlsx, .csv or .tsv is an estimate, any other a BPMN diagram. The document, the file itself as an attachment, and the report of what was kept, changed and lost appear together, or none of them.',
          tags: ['documents'],
          consumes: ['application/octet-stream', 'application/xml', 'text/xml'],
          querystring: z.object({
            projectId: SpaceId.optional(),
            mapping: z
              .string()
              .max(8_000)
              .optional()
              .describe(
                'Of a table, as JSON: `{sheet, mapping: {headRow, columns}, currency}`; `columns` says for each column what it is for a line, or null. Default: guessed.',
              ),
          }),
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
            'not-an-estimate',
            'not-a-table',
            'password-protected',
            'old-format',
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
        const choice = choiceOf(query.mapping);
        if (isRefusal(choice)) return no(choice);
        const upload = uploadOf(request, 'diagram.bpmn');
        const made = isRefusal(upload)
          ? upload
          : await whileUploading(upload.content, () => take(caller, spaceId, upload, choice));
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
    choice: TableChoice | null,
  ): Promise<{ document: Entry; report: ImportReport; size: number } | Refusal> {
    const read: ReadFile[] = [];
    const refusals: Refusal[] = [];
    const kept = await attachments.keep(upload, async (bytes) => {
      const answer = await readFile(caller, upload.name, bytes, choice);
      if (!isRefusal(answer)) {
        read.push(answer);
        return null;
      }
      refusals.push(answer);
      // The store only has to know that it is refused; the refusal itself, with its line, is the answer.
      const isBroken = isFileRefusal(answer) && 'line' in answer;
      return { refused: isBroken ? answer.refused : 'too-large', detail: answer.detail };
    });
    const [refusal] = refusals;
    if (refusal) return refusal;
    if (isRefusal(kept)) return kept;
    const [file] = read;
    if (!file) throw new Error('A file was kept that was not read');
    const { tenant } = caller;
    const { kind, title, state, report } = file;
    const document = await workshop.adopt(caller, { kind, title, spaceId }, state, async (tx, id) => {
      await insertAttachment(tx, tenant, id, kept);
      await insertImport(tx, tenant, id, kept.id, report);
    });
    return { document, report, size: kept.size };
  }

  async function readFile(
    caller: Caller,
    name: string,
    bytes: Uint8Array,
    choice: TableChoice | null,
  ): Promise<ReadFile | Refusal> {
    const table = /\.(json|xlsx|xlsm|xls|csv|tsv)$/i.exec(name)?.[1]?.toLowerCase();
    const title = titleOf(name, table === undefined ? 'Diagram' : 'Estimate');
    if (table === undefined) {
      const answer = await worker.read(bytes, title);
      return 'state' in answer ? { ...answer, kind: 'diagram', title } : answer;
    }
    const { userId } = caller.tenant;
    const answer = await worker.readEstimate({ bytes, isJson: table === 'json', title, choice, userId });
    return 'state' in answer ? { ...answer, kind: 'estimate', title: listed(answer.title) } : answer;
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
function titleOf(name: string, unnamed: string): string {
  const plain = name.replace(/\.(bpmn20\.xml|bpmn2|bpmn|xml|json|xlsx|xlsm|xls|csv|tsv)$/i, '').trim();
  return (plain === '' ? unnamed : plain).slice(0, titleLength);
}

function choiceOf(asked: string | undefined): TableChoice | null | Refusal {
  if (asked === undefined) return null;
  const wrong = invalid({
    mapping: 'is not such as {"sheet":0,"mapping":{"headRow":0,"columns":["name"]},"currency":"USD"}',
  });
  try {
    const read = Choice.safeParse(JSON.parse(asked));
    return read.success ? read.data : wrong;
  } catch {
    return wrong; // no JSON: the caller's mistake, and said so
  }
}

function answered(report: ImportReport): z.infer<typeof Report> {
  return { ...report, notes: [...report.notes], renamed: { ...report.renamed } };
}
