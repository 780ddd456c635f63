import { kindOf, kinds } from '@tidemark/documents';
import * as Y from 'yjs';
import { untitled } from '../shell/kind-words.ts';

interface About {
  readonly documentId: string;
  /** Changes in it that the server never confirmed. */
  readonly unsent: number;
  /** The document's life that the copy is of, where known. */
  readonly epoch?: number | null;
}

const stamp = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' ').replace(':', '.')} UTC`;

/** A name that every file system takes. */
export function fileName(title: string, kind: string | null, time: Date): string {
  const words = title
    .replaceAll(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .slice(0, 80)
    .trim();
  return `${words || untitled(kind)}, copy of ${stamp(time)}.json`;
}

/**
 * One file for people and programs: what the document says as plain JSON, and beside it the Yjs update (v1, base64),
 * which holds every change and could be merged by somebody who knows what they do.
 */
export function copyFile(
  update: Uint8Array,
  about: About,
  time = new Date(),
): { name: string; text: string } {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  const kind = kindOf(doc);
  const title = kind === null ? '' : kinds[kind].title(doc);
  const text = JSON.stringify(
    {
      what: 'A copy of a Tidemark document from one device',
      kind,
      title,
      documentId: about.documentId,
      epoch: about.epoch ?? null,
      unsentChanges: about.unsent,
      savedAt: time.toISOString(),
      content: kind === null ? null : kinds[kind].content(doc),
      yjsUpdate: base64(update),
    },
    null,
    2,
  );
  doc.destroy();
  return { name: fileName(title, kind, time), text };
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 8_192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  }
  return btoa(text);
}

/** Hands a copy to the person as a download. */
export function downloadCopy(update: Uint8Array, about: About): void {
  const { name, text } = copyFile(update, about);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
