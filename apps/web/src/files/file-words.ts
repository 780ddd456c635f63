const types: Readonly<Record<string, string>> = {
  'application/pdf': 'PDF',
  'application/zip': 'ZIP archive',
  'application/gzip': 'Archive',
  'application/x-7z-compressed': 'Archive',
  'application/xml': 'XML',
  'application/json': 'JSON',
  'application/x-ole-storage': 'Office document',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'Word document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'Excel workbook',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'PowerPoint',
  'application/vnd.oasis.opendocument.text': 'Text document',
  'application/vnd.oasis.opendocument.spreadsheet': 'Spreadsheet',
  'image/svg+xml': 'SVG drawing',
  'text/csv': 'CSV table',
  'text/html': 'Web page',
  'text/markdown': 'Markdown',
  'text/plain': 'Text',
};

/** What people call a file of this type. */
export function typeWords(mediaType: string, name: string): string {
  if (mediaType === 'application/xml' && /\.bpmn2?$/i.test(name)) return 'BPMN diagram';
  if (types[mediaType]) return types[mediaType];
  if (mediaType.startsWith('image/')) return 'Picture';
  return 'File';
}
