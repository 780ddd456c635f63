/** The start of a file, as much as `mediaTypeOf` looks at. */
export const lookedAt = 4_096;

const signatures: readonly (readonly [string, string])[] = [
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['%PDF-', 'application/pdf'],
  ['PK\x03\x04', 'application/zip'],
  ['PK\x05\x06', 'application/zip'],
  ['\x1f\x8b', 'application/gzip'],
  ['7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
];

/** Formats that are ZIP archives: told apart by the name, which can only choose among them. */
const zipped: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
};

/**
 * What a file is by its first bytes; a name is believed only where the bytes leave it open between harmless types. Markup is
 * named for what it is, so that nobody shows it as a page.
 */
export function mediaTypeOf(start: Uint8Array, name: string): string {
  const latin = Buffer.from(start.subarray(0, lookedAt)).toString('latin1');
  const extension = /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const known = signatures.find(([signature]) => latin.startsWith(signature))?.[1];
  if (known === 'application/zip') return zipped[extension] ?? known;
  if (known) return known;
  if (latin.startsWith('RIFF') && latin.slice(8, 12) === 'WEBP') return 'image/webp';
  const wide = latin.startsWith('\xff\xfe') || latin.startsWith('\xfe\xff');
  const text = wide ? latin.slice(2).replaceAll('\0', '') : latin.replace(/^\xef\xbb\xbf/, '');
  if (!wide && looksBinary(latin)) return 'application/octet-stream';
  if (text.trimStart().startsWith('<')) {
    if (/<(!doctype\s+html|html|head|body|script|iframe)\b/i.test(text)) return 'text/html';
    return /<svg[\s>]/i.test(text) ? 'image/svg+xml' : 'application/xml';
  }
  if (/^\s*[{[]/.test(text) && extension === 'json') return 'application/json';
  if (extension === 'csv') return 'text/csv';
  if (extension === 'md') return 'text/markdown';
  return text.trim() === '' && latin.length === 0 ? 'application/octet-stream' : 'text/plain';
}

function looksBinary(latin: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.test(latin);
}
