import { limits } from '@tidemark/protocol';
import { useSyncExternalStore } from 'react';
import type { Imported } from '../api/attachments.ts';
import { ApiError, wordsOf } from '../api/http.ts';
import { sendFile } from '../api/send-file.ts';
import { sha256Of } from '../data/sha256.ts';
import type { TableChoice } from '../estimate/files/table-file.ts';

/** A file that could not be imported, and why. */
export interface RefusedFile {
  readonly name: string;
  readonly words: string;
  readonly line: number | null;
}

export type ImportState =
  | { readonly step: 'idle' }
  /** `share` 1: all is sent and the server reads it. */
  | {
      readonly step: 'sending';
      readonly name: string;
      readonly nth: number;
      readonly of: number;
      readonly share: number;
    }
  | { readonly step: 'refused'; readonly files: readonly RefusedFile[] }
  | {
      readonly step: 'report';
      readonly documentId: string;
      readonly made: Imported | null;
    };

/**
 * Files on their way into documents, one at a time. It outlives pages: what was begun on Home is told over the
 * document that it made.
 */
export interface ImportDesk {
  state(): ImportState;
  subscribe(listener: () => void): () => void;
  /** Resolves with the documents that were made; the files that were not are shown. `choice`: how tables are read. */
  take(
    files: readonly File[],
    spaceId: string | null,
    choice?: TableChoice | null,
  ): Promise<readonly Imported[]>;
  /** Ends what is under way. What was made stays. */
  cancel(): void;
  tell(made: Imported): void;
  show(documentId: string): void;
  close(): void;
}

function createImportDesk(): ImportDesk {
  let state: ImportState = { step: 'idle' };
  let stop: AbortController | null = null;
  const listeners = new Set<() => void>();
  const become = (next: ImportState) => {
    state = next;
    for (const listener of listeners) listener();
  };
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async take(files, spaceId, choice = null) {
      if (stop) return [];
      const current = new AbortController();
      stop = current;
      const made: Imported[] = [];
      const refused: RefusedFile[] = [];
      for (const [index, file] of files.entries()) {
        const about = { step: 'sending', name: file.name, nth: index + 1, of: files.length } as const;
        become({ ...about, share: 0 });
        try {
          made.push(
            await send(file, { spaceId, choice }, (share) => become({ ...about, share }), current.signal),
          );
        } catch (error) {
          if (current.signal.aborted) break;
          refused.push(refusalOf(file, error));
        }
      }
      stop = null;
      become(refused.length > 0 ? { step: 'refused', files: refused } : { step: 'idle' });
      return made;
    },
    cancel() {
      stop?.abort();
    },
    tell: (made) => become({ step: 'report', documentId: made.document.id, made }),
    show: (documentId) => become({ step: 'report', documentId, made: null }),
    close: () => become({ step: 'idle' }),
  };
}

export const importDesk = createImportDesk();

export function useImportState(): ImportState {
  return useSyncExternalStore(importDesk.subscribe, importDesk.state);
}

async function send(
  file: File,
  { spaceId, choice }: { spaceId: string | null; choice: TableChoice | null },
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<Imported> {
  if (file.size > limits.fileBytes) {
    throw new ApiError(
      'too-large',
      413,
      `The file is larger than ${limits.fileBytes / 1024 / 1024} MB, the most that can be imported.`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = await sha256Of(bytes);
  const query = new URLSearchParams();
  if (spaceId !== null) query.set('projectId', spaceId);
  if (choice !== null) query.set('mapping', JSON.stringify(choice));
  return sendFile<Imported>(
    `/api/documents/import?${query}`,
    { name: file.name, bytes, sha256 },
    progress,
    signal,
  );
}

function refusalOf({ name }: File, error: unknown): RefusedFile {
  return { name, words: wordsOf(error), line: error instanceof ApiError ? error.line : null };
}
