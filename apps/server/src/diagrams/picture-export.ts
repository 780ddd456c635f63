import { createHash } from 'node:crypto';
import type { Failure, Format, Pictures } from '@tidemark/pictures';
import { isFailure } from '@tidemark/pictures';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Log } from '@tidemark/sync';
import type { Exporter } from '../documents/export-routes.ts';
import { invalid } from '../http/problems.ts';
import type { DiagramSource } from './diagram-source.ts';
import type { PictureCache } from './picture-cache.ts';

const types: Readonly<Record<Format, string>> = {
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  pdf: 'application/pdf',
};

/** Changes when the same diagram is drawn in another way. */
const edition = 1;

interface Studio {
  readonly source: DiagramSource;
  readonly pictures: Pictures;
  readonly cache: PictureCache;
  readonly journal: Log;
}

export function pictureExporters(studio: Studio): Readonly<Record<Format, Exporter>> {
  return {
    svg: pictureExporter('svg', studio),
    png: pictureExporter('png', studio),
    pdf: pictureExporter('pdf', studio),
  };
}

function pictureExporter(format: Format, { source, pictures, cache, journal }: Studio): Exporter {
  return async ({ id, title }, { diagram, scale, theme, page }) => {
    const file = await source(id);
    if (isRefusal(file)) return file;
    const options = {
      format,
      title,
      theme,
      ...(diagram === undefined ? {} : { diagram }),
      ...(format === 'png' ? { scale } : {}),
      ...(format === 'pdf' ? { page } : {}),
    };
    const etag = createHash('sha256')
      .update(JSON.stringify([edition, options]))
      .update(file.xml)
      .digest('hex');
    return {
      etag,
      type: types[format],
      extension: format,
      async make() {
        const known = cache.get(etag);
        if (known !== undefined) return known;
        const drawn = await pictures.draw(file.xml, options);
        if (!isFailure(drawn)) {
          cache.put(etag, drawn);
          return drawn;
        }
        const refusal = refusalOf(drawn);
        if (refusal.refused === 'internal') journal.error('picture-failed', { documentId: id, ...drawn });
        return refusal;
      },
    };
  };
}

function refusalOf({ failed, detail }: Failure): Refusal {
  switch (failed) {
    case 'no-such-diagram':
      return invalid({ diagram: 'is none of this document' });
    case 'too-many-pixels':
      return invalid({ scale: 'makes the picture too large' });
    case 'nothing-to-draw':
    case 'too-large':
    case 'too-wide':
    case 'too-slow':
    case 'out-of-memory':
      return refuse('cannot-draw', detail);
    case 'busy':
      return refuse('too-many-requests', detail);
    case 'closed':
      return refuse('restarting');
    // What the server itself has written cannot be read, or a bug.
    case 'unreadable':
    case 'broken':
      return refuse('internal');
  }
}
