import { isFileRefusal, readTable, readWorkbook } from '@tidemark/estimate-files';
import { calculate } from '@tidemark/estimating';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attachment } from '../files/attachments.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestServer } from '../testing.ts';
import { viewOf } from './figures-of.ts';

interface Imported {
  readonly document: { readonly id: string; readonly title: string; readonly kind: string };
  readonly report: {
    readonly counts: unknown;
    readonly notes: readonly { readonly code: string; readonly line: number }[];
  };
}

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
});
afterAll(() => server.destroy());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array, encoding: string) =>
  new TextDecoder(encoding, { fatal: true }).decode(bytes);
const send = (bytes: Uint8Array, name: string, query = '') =>
  company.editor.ask('POST', `/api/documents/import${query}`, bytes, {
    'x-file-name': encodeURIComponent(name),
  });

async function imported(bytes: Uint8Array, name: string, query = ''): Promise<Imported> {
  const answer = await send(bytes, name, query);
  if (answer.status !== 201) throw new Error(await answer.text());
  return (await answer.json()) as Imported;
}

const download = (id: string, query: string, headers: Record<string, string> = {}) =>
  company.viewer.ask('GET', `/api/documents/${id}/export?${query}`, undefined, headers);

async function fileOf(id: string, query: string): Promise<Uint8Array> {
  const answer = await download(id, query);
  if (!answer.ok) throw new Error(await answer.text());
  return new Uint8Array(await answer.arrayBuffer());
}

const estimate = {
  format: 'tidemark.estimate/1',
  meta: { title: 'Roof, 14 Harbour Street', client: 'Harbour Ltd', currency: 'EUR' },
  params: { marginMode: 'markup', targetBp: 1500, overheadBp: 800, contingencyBp: 0, taxBp: 1900 },
  sections: [
    {
      id: 'g1',
      name: 'Roof',
      lines: [{ id: 'l1', name: '=Shingles', qty: 32_500_000, unitCost: 1_187_500, wasteBp: 1000 }],
    },
  ],
  risks: [{ id: 'r1', title: 'Rot', probBp: 4000, low: 8_000_000, high: 42_000_000 }],
  actuals: [{ id: 'a1', lineId: 'l1', date: '2026-03-04', amount: 41_805_000, fileId: 'elsewhere' }],
  lessons: [{ id: 'k1', text: 'Measure twice', riskId: 'r1' }],
  scope: 'All of it',
  terms: 'Net 30',
  notes: 'Careful',
};

const contentOf = async (id: string) => {
  const { content } = await company.viewer.get<{ content: Record<string, unknown> }>(
    'GET',
    `/api/documents/${id}/content`,
  );
  return content;
};

describe('FILE-30 an estimate comes from a file and goes into one', () => {
  test('JSON: with all it holds, its original beside it', async () => {
    const bytes = bytesOf(JSON.stringify(estimate));
    const { document, report } = await imported(bytes, 'roof.json');
    expect(document).toMatchObject({ kind: 'estimate', title: 'Roof, 14 Harbour Street' });
    expect(report.counts).toEqual({ kept: 0, changed: 0, lost: 0 });
    expect(await contentOf(document.id)).toMatchObject({
      meta: estimate.meta,
      params: estimate.params,
      sections: estimate.sections,
      actuals: [{ lineId: 'l1', amount: 41_805_000, fileId: null }],
      lessons: estimate.lessons,
      scope: 'All of it',
      notes: 'Careful',
    });
    const { items, imported: from } = await company.viewer.get<{ items: Attachment[]; imported: unknown }>(
      'GET',
      `/api/documents/${document.id}/attachments`,
    );
    expect(items).toMatchObject([{ name: 'roof.json', size: bytes.length }]);
    expect(from).toMatchObject({ attachmentId: items[0]?.id, counts: report.counts });
  });

  test('what was exported as JSON or as a workbook is imported as the same estimate', async () => {
    const { document } = await imported(bytesOf(JSON.stringify(estimate)), 'roof.json');
    const before = await contentOf(document.id);
    for (const format of ['json', 'xlsx']) {
      const again = await imported(await fileOf(document.id, `format=${format}`), `other.${format}`);
      const after = await contentOf(again.document.id);
      const { findings: _, ...same } = before;
      expect(withoutOrder(after)).toMatchObject(withoutOrder(same) as object);
    }
  });

  test('a workbook says what the document comes to; the same estimate has the same ETag', async () => {
    const { document } = await imported(bytesOf(JSON.stringify(estimate)), 'roof.json');
    const first = await download(document.id, 'format=xlsx');
    expect(first.headers.get('content-disposition')).toMatch(/filename="Roof_ 14 Harbour Street\.xlsx"/);
    const table = await readTable(new Uint8Array(await first.arrayBuffer()), { decode });
    if (isFileRefusal(table)) throw new Error(table.detail);
    const total = table.sheets[0]?.rows.find((row) => row[1] === 'Total')?.[8];
    const read = await server.lobby.read(document.id, (doc) => calculate(viewOf(doc)).total);
    expect(total).toBe(Number(read) / 10_000);
    expect(readWorkbook(table)).toMatchObject({ data: { meta: { client: 'Harbour Ltd' } } });
    const etag = first.headers.get('etag') ?? '';
    expect((await download(document.id, 'format=xlsx', { 'if-none-match': etag })).status).toBe(304);
    expect((await download(document.id, 'format=csv')).headers.get('etag')).not.toBe(etag);
    expect(new TextDecoder().decode(await fileOf(document.id, 'format=csv'))).toContain(
      "'=Shingles,Material,32.5",
    );
    expect((await download(document.id, 'format=bpmn')).status).toBe(422);
  });

  test('a frozen version goes out as it was frozen', async () => {
    const { document } = await imported(bytesOf(JSON.stringify(estimate)), 'roof.json');
    await company.editor.get('POST', `/api/documents/${document.id}/status`, { to: 'submitted' });
    await company.editor.get('POST', `/api/documents/${document.id}/status`, { to: 'draft' });
    await company.editor.get('PATCH', `/api/documents/${document.id}`, { title: 'Later' });
    const { items } = await company.viewer.get<{ items: { id: string }[] }>(
      'GET',
      `/api/documents/${document.id}/versions`,
    );
    const frozen = JSON.parse(
      new TextDecoder().decode(await fileOf(document.id, `format=json&version=${items[0]?.id}`)),
    );
    expect(frozen.meta.title).toBe(estimate.meta.title);
    expect(JSON.parse(new TextDecoder().decode(await fileOf(document.id, 'format=json'))).meta.title).toBe(
      'Later',
    );
    expect((await download(document.id, 'format=json&version=none')).status).toBe(422);
  });
});

describe('FILE-31 a table becomes an estimate by its columns', () => {
  const csv = bytesOf('Was;Wieviel;Je\r\nDach;;\r\nZiegel;1.200,5;2,35\r\nSumme;;\r\n');

  test('guessed, or as they are named', async () => {
    const plain = await imported(bytesOf('Description,Qty,Unit cost\nNails,2,4.5\nTotal,,9\n'), 'Nails.csv');
    expect(plain.document).toMatchObject({ kind: 'estimate', title: 'Nails' });
    expect(plain.report.notes).toMatchObject([{ code: 'summary-row', line: 3 }]);
    const choice = { mapping: { headRow: 0, columns: ['name', 'qty', 'unitCost'] }, currency: 'EUR' };
    const named = await imported(csv, 'Dach.csv', `?mapping=${encodeURIComponent(JSON.stringify(choice))}`);
    expect(await contentOf(named.document.id)).toMatchObject({
      meta: { title: 'Dach', currency: 'EUR' },
      sections: [{ name: 'Dach', lines: [{ name: 'Ziegel', qty: 1_200_500_000, unitCost: 23_500 }] }],
    });
  });

  test.each<[string, Uint8Array, string, string, string]>([
    ['columns that cannot be told', csv, 'a.csv', '', 'not-a-table'],
    ['a choice that is none', csv, 'a.csv', '?mapping=%7B', 'invalid'],
    [
      'a sheet that is not there',
      csv,
      'a.csv',
      `?mapping=${encodeURIComponent('{"sheet":7,"mapping":{"headRow":0,"columns":["name","qty"]},"currency":"USD"}')}`,
      'invalid',
    ],
    ['broken JSON', bytesOf('{"format":'), 'a.json', '', 'not-an-estimate'],
    ['JSON of something else', bytesOf('{"a":1}'), 'a.json', '', 'not-an-estimate'],
    ['an old workbook', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0, 0, 0]), 'a.xls', '', 'old-format'],
    ['a workbook that is none', bytesOf('PK\u0003\u0004'), 'a.xlsx', '', 'not-a-table'],
  ])('%s leaves no document', async (_name, bytes, name, query, code) => {
    const count = async () =>
      (await company.owner.get<{ items: unknown[] }>('GET', '/api/documents?limit=100')).items.length;
    const before = await count();
    const answer = await send(bytes, name, query);
    const problem = (await answer.json()) as Problem;
    expect([answer.status, problem.code]).toEqual([422, code]);
    expect(await count()).toBe(before);
  });
});

/** Order keys are made anew. */
function withoutOrder(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (name, inside) => (name === 'order' ? undefined : inside)));
}
