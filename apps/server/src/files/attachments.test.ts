import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from '@tidemark/protocol';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestServer } from '../testing.ts';
import type { Attachment } from './attachments.ts';
import { mediaTypeOf } from './media-type.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let document: string;

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  document = await create('estimate');
});
afterAll(() => server.destroy());

const text = (content: string) => new TextEncoder().encode(content);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function create(kind: string): Promise<string> {
  return (await company.owner.get<{ id: string }>('POST', '/api/documents', { kind, title: 'D' })).id;
}
const attach = (bytes: Uint8Array, headers: Record<string, string> = {}, to = document) =>
  company.owner.ask('POST', `/api/documents/${to}/attachments`, bytes, headers);
const list = async (id = document) =>
  (await company.viewer.get<{ items: Attachment[] }>('GET', `/api/documents/${id}/attachments`)).items;

describe('an attachment', () => {
  test('is verified, listed with who and when, and given back byte for byte as a download', async () => {
    const bytes = text(`<script>alert(1)</script>${'x'.repeat(5_000)}`);
    const answer = await attach(bytes, {
      'x-file-name': encodeURIComponent('../../plan "neu".png'),
      'x-content-sha256': sha(bytes),
    });
    expect(answer.status).toBe(201);
    const added = (await answer.json()) as Attachment;
    expect(added).toMatchObject({
      name: 'plan "neu".png',
      size: bytes.length,
      sha256: sha(bytes),
      mediaType: 'text/html',
      createdBy: { name: 'Olga' },
      removedAt: null,
    });
    expect(await company.viewer.get('GET', `/api/documents/${document}/attachments`)).toEqual({
      items: [added],
      imported: null,
    });
    for (const encoding of ['gzip', 'identity']) {
      const read = await company.viewer.ask('GET', `/api/attachments/${added.id}/content`, undefined, {
        'accept-encoding': encoding,
      });
      expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
      expect(read.headers.get('content-disposition')).toMatch(/^attachment; filename="plan _neu_\.png"/);
      expect(read.headers.get('x-content-type-options')).toBe('nosniff');
      expect(read.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(read.headers.get('etag')).toBe(`"${sha(bytes)}"`);
    }
    const known = await company.viewer.ask('GET', `/api/attachments/${added.id}/content`, undefined, {
      'if-none-match': `"${sha(bytes)}"`,
    });
    expect(known.status).toBe(304);
  });

  test('taken off is unknown to readers, and can be put back', async () => {
    const to = await create('dashboard');
    const { id } = (await (
      await attach(text('note'), { 'x-file-name': 'note.txt' }, to)
    ).json()) as Attachment;
    expect((await company.editor.ask('DELETE', `/api/attachments/${id}`)).status).toBe(204);
    expect(await list(to)).toEqual([]);
    expect((await company.viewer.ask('GET', `/api/attachments/${id}/content`)).status).toBe(404);
    expect(await (await company.editor.ask('GET', `/api/attachments/${id}/content`)).text()).toBe('note');
    const back = await company.editor.get<Attachment>('POST', `/api/attachments/${id}/restore`);
    expect(back.removedAt).toBeNull();
    expect(await list(to)).toEqual([back]);
  });

  test('goes along with a copy of its document, those that were taken off do not', async () => {
    const to = await create('diagram');
    await attach(text('kept'), { 'x-file-name': 'kept.txt' }, to);
    const { id } = (await (await attach(text('off'), {}, to)).json()) as Attachment;
    await company.owner.ask('DELETE', `/api/attachments/${id}`);
    const copy = await company.owner.get<{ id: string }>('POST', `/api/documents/${to}/duplicate`);
    const [copied, ...more] = await list(copy.id);
    expect([copied?.name, copied?.documentId, more]).toEqual(['kept.txt', copy.id, []]);
    expect(copied?.id).not.toBe((await list(to))[0]?.id);
  });

  test.each<[string, Uint8Array, Record<string, string>, number, string]>([
    [
      'other bytes than announced',
      text('a'),
      { 'x-content-sha256': 'a'.repeat(64) },
      422,
      'checksum-mismatch',
    ],
    ['a name that is not encoded', text('b'), { 'x-file-name': '%E0%A4%A' }, 422, 'invalid'],
    ['too many bytes', new Uint8Array(limits.fileBytes + 1), {}, 413, 'too-large'],
    ['JSON said to be JSON', text('{}'), { 'content-type': 'application/json' }, 400, 'malformed'],
  ])(
    'of %s is refused with a reason, and nothing of it is kept',
    async (_what, bytes, headers, status, code) => {
      const before = await list();
      const answer = await attach(bytes, headers);
      expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([status, code]);
      expect(await list()).toEqual(before);
      expect(await readdir(join(server.config.dataDir, 'files/incoming'))).toEqual([]);
    },
  );

  test('beyond a thousand of a document is refused, those that were taken off counted', async () => {
    const to = await create('diagram');
    const { id } = (await (await attach(text('first'), {}, to)).json()) as Attachment;
    await company.owner.ask('DELETE', `/api/attachments/${id}`);
    const database = new pg.Client(server.databaseUrl);
    await database.connect();
    // The tenants' policies hide all rows from the owner of the tables, too.
    await database.query('alter table tidemark.attachments no force row level security');
    const { rowCount } = await database.query(
      `insert into tidemark.attachments (company_id, document_id, sha256, name, media_type, size, stored_size)
         select company_id, document_id, sha256, name, media_type, size, stored_size
         from tidemark.attachments, generate_series(1, 998) where id = $1`,
      [id],
    );
    await database.end();
    expect(rowCount).toBe(998);
    expect((await attach(text('the last'), {}, to)).status).toBe(201);
    const answer = await attach(text('one more'), {}, to);
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([413, 'too-large']);
    expect(await list(to)).toHaveLength(999);
  });

  test('of nothing is one too', async () => {
    const to = await create('diagram');
    const answer = await attach(new Uint8Array(), { 'x-file-name': 'empty.txt' }, to);
    expect([answer.status, (await list(to))[0]?.size]).toEqual([201, 0]);
  });

  test('another company knows nothing of', async () => {
    const { owner } = await foundCompany(server.origin);
    const [{ id } = { id: '' }] = await list();
    expect((await owner.ask('GET', `/api/attachments/${id}/content`)).status).toBe(404);
    expect((await owner.ask('DELETE', `/api/attachments/${id}`)).status).toBe(404);
  });
});

describe('a media type', () => {
  const bytes = (latin: string) => Buffer.from(latin, 'latin1');
  test.each([
    ['a picture', bytes('\x89PNG\r\n\x1a\nrest'), 'x.html', 'image/png'],
    ['another', bytes('\xff\xd8\xff\xe0'), 'x', 'image/jpeg'],
    ['a third', bytes('RIFF\x10\x00\x00\x00WEBPVP8 '), 'x', 'image/webp'],
    ['a PDF', bytes('%PDF-1.7'), 'x.png', 'application/pdf'],
    ['an archive', bytes('PK\x03\x04'), 'x.png', 'application/zip'],
    [
      'a workbook',
      bytes('PK\x03\x04'),
      'x.xlsx',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    ['a page called a picture', bytes('\n<!-- x --><HTML>'), 'x.png', 'text/html'],
    ['a page after a mark', bytes('\xef\xbb\xbf<!DOCTYPE html>'), 'x.txt', 'text/html'],
    ['a page in UTF-16', Buffer.from('\ufeff<html>', 'utf16le'), 'x.txt', 'text/html'],
    ['a drawing', bytes('<?xml version="1.0"?><svg onload="x"/>'), 'x.png', 'image/svg+xml'],
    ['a diagram', bytes('<?xml version="1.0"?><definitions/>'), 'x.bpmn', 'application/xml'],
    ['a table', bytes('a,b\n1,2'), 'x.csv', 'text/csv'],
    ['JSON', bytes('{"a":1}'), 'x.json', 'application/json'],
    ['words', bytes('words'), 'x.exe', 'text/plain'],
    ['a program', bytes('MZ\x90\x00\x03'), 'x.txt', 'application/octet-stream'],
  ])('of %s is told by its content', (_what, start, name, type) => {
    expect(mediaTypeOf(start, name)).toBe(type);
  });
});
