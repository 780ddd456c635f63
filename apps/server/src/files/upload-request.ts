import type { IncomingMessage } from 'node:http';
import { limits, type Refusal, refuse } from '@tidemark/protocol';
import * as z from 'zod';
import { invalid } from '../http/problems.ts';
import { safeFileName } from './file-name.ts';
import type { Upload } from './shelf.ts';

export const UploadHeaders = z.object({
  'x-file-name': z.string().optional().describe('URI-encoded.'),
  'x-content-sha256': z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'should be 64 hexadecimal digits')
    .optional()
    .describe('What the bytes hash to; other bytes are refused.'),
  'content-length': z.coerce.number().optional(),
});

interface UploadRequest {
  readonly headers: z.infer<typeof UploadHeaders>;
  readonly body: unknown;
}

/** The upload that a request is, before any byte of it is read; or why it is none. */
export function uploadOf(
  { headers, body }: UploadRequest,
  unnamed: string,
): (Upload & { readonly content: IncomingMessage }) | Refusal {
  const name = safeFileName(headers['x-file-name'], unnamed);
  if (name === null) return invalid({ 'x-file-name': 'should be URI-encoded' });
  const content = body as IncomingMessage | undefined;
  if (!content) return refuse('malformed', 'Send the file as the body, as application/octet-stream.');
  if ((headers['content-length'] ?? 0) > limits.fileBytes) {
    return refuse('too-large', `The file is larger than the limit of ${limits.fileBytes} bytes.`);
  }
  return { name, sha256: headers['x-content-sha256'], content };
}

/** Does `receive`; an upload that was cut off meanwhile is a refusal, not a fault. */
export async function whileUploading<T>(
  content: IncomingMessage,
  receive: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await receive();
  } catch (error) {
    if (content.complete) throw error;
    return refuse('malformed', 'The upload was cut off; nothing of it was kept.');
  }
}
