import { createHash } from 'node:crypto';
import { isRefusal } from '@tidemark/protocol';
import type { Exporter } from '../documents/export-routes.ts';
import type { DiagramSource } from './diagram-source.ts';

export function bpmnExporter(source: DiagramSource): Exporter {
  return async ({ id }) => {
    const file = await source(id);
    if (isRefusal(file)) return file;
    return {
      etag: createHash('sha256').update(file.xml).digest('hex'),
      type: 'application/xml; charset=utf-8',
      extension: 'bpmn',
      make: async () => new TextEncoder().encode(file.xml),
    };
  };
}
