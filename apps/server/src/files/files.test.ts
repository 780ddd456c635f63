import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { chartData, type DashboardView, type Table } from '@tidemark/documents/dashboard';
import { limits } from '@tidemark/protocol';
import Papa from 'papaparse';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestServer } from '../testing.ts';
import { attachment, safeFileName } from './file-name.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let document: string;

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  document = (
    await company.owner.get<{ id: string }>('POST', '/api/documents', { kind: 'dashboard', title: 'D' })
  ).id;
});
afterAll(() => server.destroy());

const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const table = (text: string) => new TextEncoder().encode(text);
const upload = (bytes: Uint8Array, headers: Record<string, string> = {}) =>
  company.owner.ask('POST', `/api/documents/${document}/files`, bytes, headers);

async function objects(): Promise<string[]> {
  const root = join(server.config.dataDir, 'files');
  expect(await readdir(join(root, 'incoming'))).toEqual([]);
  return (await readdir(join(root, 'objects'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
}

describe('an upload', () => {
  test('is verified, kept compressed, known to the document, and given back byte for byte', async () => {
    const bytes = table(`city,temp\n${'Köln,21\n'.repeat(500)}`);
    const answer = await upload(bytes, {
      'x-file-name': encodeURIComponent('../Zürich "neu".csv'),
      'x-content-sha256': sha(bytes),
    });
    expect(answer.status).toBe(201);
    const file = (await answer.json()) as { id: string };
    expect(file).toMatchObject({
      sha256: sha(bytes),
      size: bytes.length,
      name: 'Zürich "neu".csv',
      rows: 500,
      columns: ['city', 'temp'],
      encoding: 'utf-8',
      delimiter: ',',
    });
    expect(await objects()).toContain(`${sha(bytes)}.gz`);
    expect(await company.viewer.get('GET', `/api/files/${file.id}`)).toEqual(file);
    expect(await company.viewer.get('GET', `/api/documents/${document}/files`)).toMatchObject({
      items: [file],
    });

    for (const encoding of ['gzip', 'identity']) {
      const read = await company.viewer.ask('GET', `/api/files/${file.id}/content`, undefined, {
        'accept-encoding': encoding,
      });
      expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
      expect(read.headers.get('content-encoding')).toBe(encoding === 'gzip' ? 'gzip' : null);
      expect(read.headers.get('etag')).toBe(`"${sha(bytes)}"`);
      expect(read.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
      expect(read.headers.get('content-disposition')).toMatch(/^attachment; /);
      expect(read.headers.get('x-content-type-options')).toBe('nosniff');
    }
    const known = await company.viewer.ask('GET', `/api/files/${file.id}/content`, undefined, {
      'if-none-match': `"${sha(bytes)}"`,
    });
    expect([known.status, await known.text()]).toEqual([304, '']);
  });

  test('sent twice is one file, and the same content elsewhere is one object', async () => {
    const bytes = table('a,b\n1,2\n');
    const first = (await (await upload(bytes)).json()) as { id: string };
    const second = (await (await upload(bytes)).json()) as { id: string };
    expect(second.id).toBe(first.id);
    const other = (await (await upload(bytes, { 'x-file-name': 'other.csv' })).json()) as { id: string };
    expect(other.id).not.toBe(first.id);
    expect((await objects()).filter((name) => name.startsWith(sha(bytes)))).toHaveLength(1);
  });

  test.each<[string, Uint8Array, Record<string, string>, number, string]>([
    [
      'other bytes than announced',
      table('a,b\n1,3\n'),
      { 'x-content-sha256': 'a'.repeat(64) },
      422,
      'checksum-mismatch',
    ],
    ['a hash that is none', table('a,b\n1,4\n'), { 'x-content-sha256': 'abc' }, 422, 'invalid'],
    ['a name that is not encoded', table('a,b\n1,5\n'), { 'x-file-name': '%E0%A4%A' }, 422, 'invalid'],
    ['nothing', new Uint8Array(0), {}, 422, 'not-a-table'],
    ['bytes', new Uint8Array([0, 1, 2, 3]), {}, 422, 'not-a-table'],
    ['JSON said to be JSON', table('{"a":1}'), { 'content-type': 'application/json' }, 400, 'malformed'],
  ])(
    'of %s is refused with a reason, and nothing of it is kept',
    async (_what, bytes, headers, status, code) => {
      const answer = await upload(bytes, headers);
      const problem = (await answer.json()) as Problem;
      expect([answer.status, problem.code]).toEqual([status, code]);
      expect((await objects()).some((name) => name.startsWith(sha(bytes)))).toBe(false);
    },
  );

  test('at the limit is taken, over it refused, also when its length was not announced', async () => {
    const whole = table(`a,b\n${'1,2\n'.repeat(limits.fileBytes / 4)}`).subarray(0, limits.fileBytes);
    expect((await upload(whole)).status).toBe(201);
    const over = new Uint8Array(limits.fileBytes + 1).fill(49);
    expect((await upload(over)).status).toBe(413);
    const streamed = await fetch(`${server.origin}/api/documents/${document}/files`, {
      method: 'POST',
      headers: { cookie: company.owner.cookie, 'content-type': 'text/csv' },
      body: new Blob([over]).stream(),
      duplex: 'half',
    } as RequestInit);
    expect(streamed.status).toBe(413);
    expect((await objects()).some((name) => name.startsWith(sha(over)))).toBe(false);
  });

  test('that is cut off leaves nothing, and no error of ours', async () => {
    const before = (await objects()).length;
    const broken = httpRequest(`${server.origin}/api/documents/${document}/files`, {
      method: 'POST',
      headers: { cookie: company.owner.cookie, 'content-type': 'text/csv', 'content-length': 1_000_000 },
    });
    broken.on('error', () => undefined); // we cut it ourselves
    broken.write('a,b\n1,2\n');
    const incoming = join(server.config.dataDir, 'files/incoming');
    await expect.poll(async () => (await readdir(incoming)).length).toBe(1);
    broken.destroy();
    await expect.poll(async () => (await readdir(incoming)).length).toBe(0);
    expect((await objects()).length).toBe(before);
    expect(server.log.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
  });
});

describe('file names', () => {
  test('lose paths, control characters and dots in front', () => {
    const clean = (name: string) => safeFileName(encodeURIComponent(name));
    expect(clean('..\\..\\C:\\x.csv')).toBe('x.csv');
    expect(clean('.htaccess')).toBe('htaccess');
    expect(clean('a\u0000b\u202Evsc.exe')).toBe('abvsc.exe');
    expect(clean('/')).toBe('table.csv');
    expect(clean('x'.repeat(500))).toHaveLength(200);
    expect(safeFileName(undefined)).toBe('table.csv');
    expect(safeFileName('%')).toBeNull();
    expect(attachment(`a"b'ü.csv`)).toBe(
      `attachment; filename="a_b__.csv"; filename*=UTF-8''a%22b%27%C3%BC.csv`,
    );
  });
});

describe('the sample', () => {
  test('is a dashboard whose every chart has data, on files that are there', async () => {
    const made = await company.editor.get<{ id: string; title: string }>('POST', '/api/documents/sample', {});
    const read = await company.viewer.get<{ content: DashboardView; findings: unknown[] }>(
      'GET',
      `/api/documents/${made.id}/content`,
    );
    const view = read.content;
    expect(read.findings).toEqual([]);
    expect(view.meta.title).toBe(made.title);
    expect(view.datasets).toHaveLength(3);
    expect(view.charts.length).toBeGreaterThanOrEqual(8);
    const tables = new Map<string, Table>();
    for (const dataset of view.datasets) {
      const file = await company.viewer.ask('GET', `/api/files/${dataset.fileId}/content`);
      const text = await file.text();
      expect(sha(table(text))).toBe(dataset.sha256);
      const [, ...rows] = Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
      expect(rows).toHaveLength(dataset.rows);
      tables.set(dataset.id, { columns: dataset.columns, rows });
    }
    for (const chart of view.charts) {
      const { type, mapping, options } = chart;
      const data = chartData({ type, mapping, options, table: tables.get(chart.datasetId!) ?? null });
      expect(data.kind, chart.title).not.toBe('problem');
    }
    expect(new Set(view.charts.map(({ type }) => type)).size).toBeGreaterThanOrEqual(7);
  });

  test('duplicated refers to files of its own, which outlive the original', async () => {
    type Read = { content: DashboardView };
    const made = await company.editor.get<{ id: string }>('POST', '/api/documents/sample', {});
    const copy = await company.editor.get<{ id: string }>('POST', `/api/documents/${made.id}/duplicate`);
    const [first, second] = await Promise.all(
      [made, copy].map(({ id }) => company.editor.get<Read>('GET', `/api/documents/${id}/content`)),
    );
    const fileIds = ({ content }: Read) => content.datasets.map(({ fileId }) => fileId!);
    const of = async (id: string) =>
      (
        await company.editor.get<{ items: { id: string; sha256: string }[] }>(
          'GET',
          `/api/documents/${id}/files`,
        )
      ).items;
    expect((await of(copy.id)).map(({ id }) => id).sort()).toEqual(fileIds(second!).sort());
    expect(fileIds(second!).filter((id) => fileIds(first!).includes(id))).toEqual([]);
    expect(second!.content.datasets.map(({ sha256 }) => sha256)).toEqual(
      first!.content.datasets.map(({ sha256 }) => sha256),
    );
    const client = new pg.Client(server.databaseUrl);
    await client.connect();
    // The tenants' policies hide all rows from the owner of the tables, too.
    await client.query('alter table tidemark.documents no force row level security');
    const { rowCount } = await client.query('delete from tidemark.documents where id = $1', [made.id]); // a purge, to come
    await client.query('alter table tidemark.documents force row level security');
    await client.end();
    expect(rowCount).toBe(1);
    for (const id of fileIds(second!)) {
      expect((await company.viewer.ask('GET', `/api/files/${id}/content`)).status).toBe(200);
    }
  });

  test('has its attribution beside it', async () => {
    const samples = new URL('../../samples/', import.meta.url);
    const attribution = await readFile(new URL('ATTRIBUTION.md', samples), 'utf8');
    for (const name of (await readdir(samples)).filter((file) => file.endsWith('.csv'))) {
      expect(attribution).toContain(name);
    }
  });
});
