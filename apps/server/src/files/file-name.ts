const longest = 200;

/**
 * A name that is safe to show and to save under: no path, no control characters, not hidden, not too long. Null when
 * the header is not URI-encoded text; `unnamed` when it names nothing.
 */
export function safeFileName(header: string | undefined, unnamed = 'table.csv'): string | null {
  if (header === undefined) return unnamed;
  let name: string;
  try {
    name = decodeURIComponent(header);
  } catch {
    return null; // an answer of the caller's, not a fault of ours
  }
  const base = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // Control characters, and the marks that turn "fdp.exe" around.
  const clean = base
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
    .replace(/^[.\s]+/, '')
    .trim();
  return clean === '' ? unnamed : clean.slice(0, longest);
}

/** For `Content-Disposition`, RFC 6266. */
export function attachment(name: string): string {
  const ascii = name.replaceAll(/[^\w .()-]/g, '_');
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", '%27')}`;
}
