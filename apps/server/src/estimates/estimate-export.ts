import { createHash } from 'node:crypto';
import { isRefusal } from '@tidemark/protocol';
import type { Exporter } from '../documents/export-routes.ts';
import type { FileWorker } from '../files/file-worker.ts';
import type { EstimateSource } from './estimate-source.ts';
import type { EstimateFormat } from './file-jobs.ts';

const types: Readonly<Record<EstimateFormat, string>> = {
  json: 'application/json; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** Changes when the same estimate is written in another way. */
const edition = 1;

interface Desk {
  readonly source: EstimateSource;
  readonly worker: Pick<FileWorker, 'writeEstimate'>;
}

/** An estimate, as it is or as it was frozen, as a file that can be read back. */
export function estimateExporters(desk: Desk): Readonly<Record<EstimateFormat, Exporter>> {
  return { json: exporter('json', desk), xlsx: exporter('xlsx', desk), csv: exporter('csv', desk) };
}

function exporter(format: EstimateFormat, { source, worker }: Desk): Exporter {
  return async ({ id, updatedAt }, { version }, caller) => {
    const estimate = await source(caller, id, version);
    if (isRefusal(estimate)) return estimate;
    const { view, texts } = estimate;
    const parts = [edition, format, updatedAt, texts, view, [...view.lines.values()]];
    return {
      etag: createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
      type: types[format],
      extension: format,
      make: () => worker.writeEstimate({ format, view, texts, at: Date.parse(updatedAt) }),
    };
  };
}
