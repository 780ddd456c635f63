import { limits } from '@tidemark/protocol';
import { useSyncExternalStore } from 'react';
import type { Attachment } from '../api/attachments.ts';
import { ApiError, wordsOf } from '../api/http.ts';
import { sendFile } from '../api/send-file.ts';
import { sha256Of } from '../data/sha256.ts';

/** One file on its way to a document. `waiting`: for the network, or for the pause before another try. */
export interface Upload {
  readonly id: string;
  readonly file: File;
  readonly state:
    | { readonly step: 'waiting'; readonly offline: boolean }
    | { readonly step: 'sending'; readonly share: number }
    | { readonly step: 'failed'; readonly words: string; readonly again: boolean };
}

/** Uploads of one document. They go on while panels open and close, and end with the page. */
export interface Uploads {
  all(): readonly Upload[];
  subscribe(listener: () => void): () => void;
  start(files: readonly File[]): void;
  /** Also takes a failed one off the list. */
  cancel(id: string): void;
  retry(id: string): void;
}

/** Milliseconds before another try. */
const pauses = [2_000, 4_000, 8_000, 16_000, 32_000];

const byDocument = new Map<string, Uploads>();

export function uploadsOf(documentId: string, stored: () => void): Uploads {
  const known = byDocument.get(documentId);
  if (known) return known;
  const made = createUploads({
    send: (file, progress, signal) => sendTo(documentId, file, progress, signal),
    pause: pauseFor,
    stored,
  });
  byDocument.set(documentId, made);
  return made;
}

export function useUploads(uploads: Uploads): readonly Upload[] {
  return useSyncExternalStore(uploads.subscribe, uploads.all);
}

interface UploadPort {
  /** Rejects with an ApiError, or when `signal` is aborted. */
  send(file: File, progress: (share: number) => void, signal: AbortSignal): Promise<void>;
  /** Resolves after so many milliseconds, or when it makes no sense to wait any longer. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  stored(): void;
}

export function createUploads({ send, pause, stored }: UploadPort): Uploads {
  let all: readonly Upload[] = [];
  const listeners = new Set<() => void>();
  const running = new Map<string, AbortController>();

  const put = (next: readonly Upload[]) => {
    all = next;
    for (const listener of listeners) listener();
  };
  const set = (id: string, state: Upload['state']) =>
    put(all.map((upload) => (upload.id === id ? { ...upload, state } : upload)));
  const drop = (id: string) => put(all.filter((upload) => upload.id !== id));

  async function run({ id, file }: Upload): Promise<void> {
    const stop = new AbortController();
    running.set(id, stop);
    try {
      for (let attempt = 0; ; attempt += 1) {
        try {
          await send(file, (share) => set(id, { step: 'sending', share }), stop.signal);
          drop(id);
          stored();
          return;
        } catch (error) {
          if (stop.signal.aborted) return;
          const rest = pauses[attempt];
          if (!mayPass(error) || rest === undefined) {
            set(id, { step: 'failed', words: failureWords(error), again: mayPass(error) });
            return;
          }
          set(id, { step: 'waiting', offline: !navigator.onLine });
          await pause(rest, stop.signal);
          if (stop.signal.aborted) return;
        }
      }
    } finally {
      if (running.get(id) === stop) running.delete(id);
    }
  }

  return {
    all: () => all,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start(files) {
      const begun = files.map(
        (file): Upload => ({ id: crypto.randomUUID(), file, state: { step: 'sending', share: 0 } }),
      );
      put([...all, ...begun]);
      for (const upload of begun) void run(upload);
    },
    cancel(id) {
      running.get(id)?.abort();
      drop(id);
    },
    retry(id) {
      const upload = all.find((each) => each.id === id);
      if (upload?.state.step !== 'failed') return;
      set(id, { step: 'sending', share: 0 });
      void run(upload);
    },
  };
}

async function sendTo(
  documentId: string,
  file: File,
  progress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (file.size > limits.fileBytes) {
    const most = limits.fileBytes / 1024 / 1024;
    throw new ApiError(
      'too-large',
      413,
      `The file is larger than ${most} MB, the most that can be attached.`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = await sha256Of(bytes);
  progress(0);
  await sendFile<Attachment>(
    `/api/documents/${encodeURIComponent(documentId)}/attachments`,
    { name: file.name, bytes, sha256 },
    progress,
    signal,
  );
}

/** Whether the same file may be taken at another time. */
function mayPass(error: unknown): boolean {
  return (
    error instanceof ApiError && (error.code === 'offline' || error.status === 429 || error.status >= 500)
  );
}

function failureWords(error: unknown): string {
  // A file that was changed or removed on the device since it was chosen.
  if (error instanceof DOMException) return 'The file can’t be read any more. Choose it again.';
  return wordsOf(error);
}

/** Until the time has passed, the network is back, or `signal` is aborted. */
function pauseFor(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
