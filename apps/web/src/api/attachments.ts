import { queryOptions } from '@tanstack/react-query';
import type { FileReport } from '@tidemark/bpmn';
import { request } from './http.ts';
import type { DocumentSummary } from './types.ts';

/** A file of any type on a document. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly mediaType: string;
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly name: string } | null;
}

/** That a document came from a file. */
export interface ImportedFrom {
  readonly attachmentId: string;
  readonly importedAt: string;
  readonly counts: FileReport['counts'];
}

interface AttachmentList {
  /** The newest first. */
  readonly items: readonly Attachment[];
  readonly imported: ImportedFrom | null;
}

export const attachmentsQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['attachments', documentId],
    queryFn: ({ signal }) => {
      const path = `/api/documents/${encodeURIComponent(documentId)}/attachments`;
      return request<AttachmentList>('GET', path, undefined, signal);
    },
  });

/** What an import kept, changed and lost, and the file it came from. */
export interface ImportOf {
  readonly attachmentId: string;
  readonly importedAt: string;
  readonly report: FileReport;
}

export interface Imported {
  readonly document: DocumentSummary;
  readonly report: FileReport;
}

/** Of a document that was imported. It never changes. */
export const importQuery = (documentId: string) =>
  queryOptions({
    queryKey: ['import', documentId],
    queryFn: ({ signal }) =>
      request<ImportOf>(
        'GET',
        `/api/documents/${encodeURIComponent(documentId)}/import-report`,
        undefined,
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const removeAttachment = (id: string) => request<unknown>('DELETE', `/api/attachments/${id}`);
export const restoreAttachment = (id: string) =>
  request<Attachment>('POST', `/api/attachments/${id}/restore`, {});

export const attachmentContent = (id: string) => `/api/attachments/${encodeURIComponent(id)}/content`;
