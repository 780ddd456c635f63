import { isRefusal } from '@tidemark/protocol';
import * as z from 'zod';
import type { Catalogue } from '../documents/catalogue.ts';
import { documentFor } from '../documents/document-routes.ts';
import { bytes, Id } from '../documents/schemas.ts';
import type { Workshop } from '../documents/workshop.ts';
import { attachment } from '../files/file-name.ts';
import { invalid, no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import type { FileWorker } from './file-worker.ts';

interface ExportRoutes {
  readonly catalogue: Catalogue;
  readonly workshop: Workshop;
  readonly worker: FileWorker;
}

export function exportRoutes(app: App, { catalogue, workshop, worker }: ExportRoutes): void {
  app.get(
    '/api/documents/:id/export',
    {
      config: { needs: 'read' },
      schema: {
        summary: 'A diagram as a file',
        description: 'BPMN 2.0 XML in UTF-8, with all extensions of other programs.',
        tags: ['documents'],
        params: Id,
        querystring: z.object({ format: z.enum(['bpmn']) }),
        response: answers(
          'read',
          { 200: { description: 'The file', content: { 'application/xml': { schema: bytes } } } },
          'not-found',
          'invalid',
          'too-large',
          'too-many-requests',
        ),
      },
    },
    async (request, reply) => {
      const entry = await documentFor(catalogue, request.caller, request.params.id);
      if (isRefusal(entry)) return no(entry);
      if (entry.kind !== 'diagram')
        return no(invalid({ format: 'is one of diagrams, which this document is not' }));
      const state = await workshop.state(entry.id);
      if (isRefusal(state)) return no(state);
      const xml = await worker.write(state);
      if (typeof xml !== 'string') return no(xml);
      reply
        .type('application/xml; charset=utf-8')
        .header('cache-control', 'no-store')
        .header('content-disposition', attachment(`${entry.title}.bpmn`));
      return xml;
    },
  );
}
