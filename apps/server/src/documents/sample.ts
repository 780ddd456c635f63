import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { kinds } from '@tidemark/documents';
import { type Column, inferColumns } from '@tidemark/documents/dashboard';
import { createEditor } from '@tidemark/documents/records';
import { isRefusal, type Refusal } from '@tidemark/protocol';
import Papa from 'papaparse';
import type { Reader } from '../company/reader.ts';
import type { Shelf, Verified } from '../files/shelf.ts';
import type { Entry } from './catalogue.ts';
import { furnishSample, type SampleTable, sampleTables, sampleTitle } from './sample-charts.ts';
import type { Workshop } from './workshop.ts';

const directory = fileURLToPath(new URL('../../samples/', import.meta.url));

/** A new dashboard on real data. Its files go the way of every upload; they and the document appear together. */
export async function createSample(
  { workshop, shelf }: { workshop: Workshop; shelf: Shelf },
  reader: Reader,
  spaceId: string,
): Promise<Entry | Refusal> {
  const weather = await verify(shelf, 'weather');
  const stocks = await verify(shelf, 'stocks');
  const server = await verify(shelf, 'server');
  if (isRefusal(weather)) return weather;
  if (isRefusal(stocks)) return stocks;
  if (isRefusal(server)) return server;
  const files = { weather, stocks, server };
  return workshop.create(
    reader,
    { kind: 'dashboard', title: sampleTitle, spaceId },
    {
      furnish: (doc) => furnishSample(createEditor(doc, kinds.dashboard.schema, reader.tenant.userId), files),
      files: [weather.file, stocks.file, server.file],
    },
  );
}

async function verify(
  shelf: Shelf,
  table: SampleTable,
): Promise<{ file: Verified; columns: readonly Column[] } | Refusal> {
  const { file: name } = sampleTables[table];
  const file = await shelf.verify({ name, content: createReadStream(`${directory}${name}`) });
  if (isRefusal(file)) return file;
  const [header = [], ...rows] = Papa.parse<string[]>(await readFile(`${directory}${name}`, 'utf8'), {
    skipEmptyLines: true,
  }).data;
  const columns = inferColumns(header, rows, file.delimiter).map(({ name: column, type, format }) => ({
    name: column,
    type,
    format,
  }));
  return { file, columns };
}
