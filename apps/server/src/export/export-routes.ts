import type { Log } from '@tidemark/sync';
import { bytes } from '../documents/schemas.ts';
import { attachment } from '../files/file-name.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { archiveOf } from './archive.ts';
import { type CompanyExport, companyEntries } from './company-export.ts';
import { createExportThreads } from './export-threads.ts';

export function companyExportRoutes(
  app: App,
  { journal, ...parts }: Omit<CompanyExport, 'threads'> & { readonly journal: Log },
): void {
  const world: CompanyExport = { ...parts, threads: createExportThreads() };
  app.addHook('onClose', () => world.threads.close());
  /** Companies of which one is being written: several at once would only wait for each other. */
  const writing = new Set<string>();

  app.get(
    '/api/company/export',
    {
      config: { needs: 'owner' },
      schema: {
        summary: 'The whole company as a ZIP',
        description:
          'Written while it is sent: documents with their state, content, whole log, history, versions, conversation and files; people, spaces, prices, profile. What others have in their own spaces is left out and counted. It is complete when it ends with manifest.json; a fault breaks the connection off. One at a time for each company. docs/export.md describes the files.',
        tags: ['company'],
        response: answers(
          'owner',
          { 200: { description: 'The archive', content: { 'application/zip': { schema: bytes } } } },
          'too-many-requests',
        ),
      },
    },
    async ({ caller }, reply) => {
      const { companyId, companyName } = caller;
      if (writing.has(companyId))
        return no('too-many-requests', 'An export of the company is being written.');
      writing.add(companyId);
      const archive = archiveOf(companyEntries(world, caller), (error) =>
        journal.error('export-failed', { companyId, error }),
      );
      archive.once('close', () => writing.delete(companyId));
      const day = new Date().toISOString().slice(0, 10);
      reply.header('content-type', 'application/zip');
      reply.header('content-disposition', attachment(`${companyName} ${day}.zip`));
      reply.header('cache-control', 'no-store');
      return reply.send(archive) as never;
    },
  );
}
