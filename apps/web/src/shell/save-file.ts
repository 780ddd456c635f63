/** Puts a file among the browser's downloads. */
export function saveFile(content: BlobPart, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Not at once: browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name that every system can save under. */
export function savedName(title: string, extension: string, unnamed: string): string {
  const clean = title
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029/\\:*?"<>|]/gu, ' ')
    .replace(/^[.\s]+/, '')
    .trim();
  return `${clean || unnamed}.${extension}`;
}
