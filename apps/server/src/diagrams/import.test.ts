import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileReport } from '@tidemark/bpmn';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Attachment } from '../files/attachments.ts';
import { createFileWorker } from '../files/file-worker.ts';
import type { Problem } from '../http/problems.ts';
import { foundCompany, startTestServer, type TestServer } from '../testing.ts';

interface Imported {
  readonly document: { readonly id: string; readonly title: string; readonly kind: string };
  readonly report: FileReport;
}

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
});
afterAll(() => server.destroy());

const fixture = (name: string) =>
  readFile(new URL(`../../../../packages/bpmn/fixtures/${name}.bpmn`, import.meta.url));
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
const send = (bytes: Uint8Array, name = 'Order to cash.bpmn', headers: Record<string, string> = {}) =>
  company.owner.ask('POST', '/api/documents/import', bytes, {
    'x-file-name': encodeURIComponent(name),
    ...headers,
  });

async function imported(bytes: Uint8Array, name?: string): Promise<Imported> {
  const answer = await send(bytes, name);
  if (answer.status !== 201) throw new Error(await answer.text());
  return (await answer.json()) as Imported;
}

async function documents(): Promise<number> {
  return (await company.owner.get<{ items: unknown[] }>('GET', '/api/documents?limit=100')).items.length;
}

describe('an import', () => {
  test('makes a diagram, keeps the file as an attachment, and a report that can be read later', async () => {
    const bytes = await fixture('reference/C.8.1');
    const { document, report } = await imported(bytes);
    expect(document).toMatchObject({ kind: 'diagram', title: 'Order to cash' });
    expect(report).toMatchObject({ encoding: 'utf-8', counts: { lost: 0 } });
    const { items, imported: from } = await company.viewer.get<{ items: Attachment[]; imported: unknown }>(
      'GET',
      `/api/documents/${document.id}/attachments`,
    );
    expect(from).toMatchObject({ attachmentId: items[0]?.id, counts: report.counts });
    expect(items).toMatchObject([
      { name: 'Order to cash.bpmn', size: bytes.length, mediaType: 'application/xml' },
    ]);
    const original = await company.viewer.ask('GET', `/api/attachments/${items[0]?.id}/content`);
    expect(new Uint8Array(await original.arrayBuffer())).toEqual(new Uint8Array(bytes));
    const later = await company.viewer.get<{ attachmentId: string; report: FileReport }>(
      'GET',
      `/api/documents/${document.id}/import-report`,
    );
    expect(later).toMatchObject({ attachmentId: items[0]?.id, report });
    const { content, findings } = await company.viewer.get<{
      content: { elements: unknown };
      findings: unknown[];
    }>('GET', `/api/documents/${document.id}/content`);
    expect(JSON.stringify(content)).toContain('bpmn:UserTask');
    expect(findings).toEqual([]);
  });

  test('that is exported, imported and exported again is the same file', async () => {
    const exportOf = async ({ document }: Imported) => {
      const answer = await company.viewer.ask('GET', `/api/documents/${document.id}/export?format=bpmn`);
      expect(answer.headers.get('content-disposition')).toMatch(
        /^attachment; filename="Order to cash\.bpmn"/,
      );
      expect(answer.headers.get('content-type')).toBe('application/xml; charset=utf-8');
      return answer.text();
    };
    for (const name of [
      'reference/B.1.0',
      'hard/vendor',
      'hard/unresolved',
      'hard/no-drawing',
      'hard/utf-16be',
    ]) {
      const first = await exportOf(await imported(await fixture(name)));
      const again = await imported(Buffer.from(first));
      expect([again.report.counts.changed, again.report.counts.lost], name).toEqual([0, 0]);
      expect(await exportOf(again), name).toBe(first);
    }
  });

  test('of a file without a drawing is laid out, and says so', async () => {
    const { document, report } = await imported(await fixture('hard/no-drawing'));
    expect(report.notes).toMatchObject([{ code: 'drawing-added', fate: 'changed' }]);
    const xml = await (
      await company.owner.ask('GET', `/api/documents/${document.id}/export?format=bpmn`)
    ).text();
    expect(xml.match(/<bpmndi:BPMNShape /g)).toHaveLength(2);
    expect(xml.match(/<bpmndi:BPMNEdge /g)).toHaveLength(1);
  });

  test.each<[string, number, string, number | undefined]>([
    ['truncated', 422, 'not-xml', 4],
    ['bomb', 422, 'unsafe-xml', 2],
    ['bad-bytes', 422, 'unknown-encoding', 4],
    ['decision', 422, 'not-bpmn', 2],
    ['archive', 422, 'not-xml', undefined],
  ])('of %s is refused with its line, and nothing of it is kept', async (name, status, code, line) => {
    const before = await documents();
    const bytes = await fixture(`refused/${name}`);
    const answer = await send(bytes);
    const problem = (await answer.json()) as Problem;
    expect([answer.status, problem.code, problem.line]).toEqual([status, code, line]);
    expect(problem.detail.length).toBeGreaterThan(20);
    expect(await documents()).toBe(before);
    await expectNoObject(bytes);
  });

  test('of other bytes than announced, or of too many, is refused', async () => {
    const bytes = await fixture('hard/values');
    expect((await send(bytes, 'x.bpmn', { 'x-content-sha256': 'a'.repeat(64) })).status).toBe(422);
    expect((await send(new Uint8Array(10 * 1024 * 1024 + 1))).status).toBe(413);
    await expectNoObject(bytes);
  });

  test('that the database breaks off leaves no document, no attachment and no report', async () => {
    const before = await documents();
    const database = new pg.Client(server.databaseUrl);
    await database.connect();
    await database.query('alter table tidemark.imports add constraint never check (false) not valid');
    const bytes = await fixture('hard/comments');
    const answer = await send(bytes);
    await database.query('alter table tidemark.imports drop constraint never');
    // The tenants' policies hide all rows from the owner of the tables, too.
    await database.query('alter table tidemark.attachments no force row level security');
    const { rows } = await database.query('select sha256 from tidemark.attachments');
    await database.query('alter table tidemark.attachments force row level security');
    await database.end();
    expect(answer.status).toBe(500);
    expect(await documents()).toBe(before);
    expect(rows.length, 'those of other imports').toBeGreaterThan(0);
    expect(rows.filter(({ sha256 }) => sha256.equals(hashOf(bytes)))).toEqual([]);
  });

  test('ends with its document: original, report, conversation and thumbnail, but not those of a copy', async () => {
    const { document } = await imported(await fixture('hard/comments'));
    const message = { thread: crypto.randomUUID(), text: 'Why?' };
    const path = `/api/documents/${document.id}`;
    await company.viewer.ask('PUT', `${path}/conversation/messages/${crypto.randomUUID()}`, message);
    const copy = await company.owner.get<{ id: string }>('POST', `${path}/duplicate`);
    const tables = [
      'documents',
      'attachments',
      'imports',
      'messages',
      'threads',
      'conversations',
      'thumbnails',
    ];
    const database = new pg.Client(server.databaseUrl);
    await database.connect();
    // The tenants' policies hide all rows from the owner of the tables, too.
    for (const table of tables)
      await database.query(`alter table tidemark.${table} no force row level security`);
    await database.query(
      'insert into tidemark.thumbnails (document_id, company_id) select id, company_id from tidemark.documents where id = $1 on conflict do nothing',
      [document.id],
    );
    const counts = async () => {
      const found: number[] = [];
      for (const table of tables) {
        const key = table === 'documents' ? 'id' : 'document_id';
        const { rows } = await database.query(`select from tidemark.${table} where ${key} = $1`, [
          document.id,
        ]);
        found.push(rows.length);
      }
      return found;
    };
    expect(await counts()).toEqual(tables.map(() => 1));
    await database.query('delete from tidemark.documents where id = $1', [document.id]); // a purge
    expect(await counts()).toEqual(tables.map(() => 0));
    for (const table of tables)
      await database.query(`alter table tidemark.${table} force row level security`);
    await database.end();
    const { items } = await company.viewer.get<{ items: Attachment[] }>(
      'GET',
      `/api/documents/${copy.id}/attachments`,
    );
    expect((await company.viewer.ask('GET', `/api/attachments/${items[0]?.id}/content`)).status).toBe(200);
    expect((await company.owner.ask('GET', `${path}/thumbnail`)).status).toBe(404);
  });

  test('goes into the space that is named', async () => {
    const { spaces } = await company.owner.get<{ spaces: { id: string; kind: string }[] }>('GET', '/api/me');
    const own = spaces.find(({ kind }) => kind === 'personal');
    const answer = await company.owner.ask(
      'POST',
      `/api/documents/import?projectId=${own?.id}`,
      await fixture('hard/cdata'),
    );
    const { document } = (await answer.json()) as { document: { projectId: string; title: string } };
    expect([document.projectId, document.title]).toEqual([own?.id, 'diagram']);
  });

  test('is live at once: the document opens and takes edits', async () => {
    const { document } = await imported(await fixture('reference/A.1.0'));
    const renamed = await company.editor.get<{ title: string }>('PATCH', `/api/documents/${document.id}`, {
      title: 'New',
    });
    expect(renamed.title).toBe('New');
  });

  async function expectNoObject(bytes: Uint8Array) {
    const objects = await readdir(join(server.config.dataDir, 'files/objects'), { recursive: true });
    const isOf = (hash: string) => (path: string) => path.includes(hash);
    expect(objects.some(isOf(hashOf(await fixture('reference/C.8.1')).toString('hex')))).toBe(true);
    expect(objects.filter(isOf(hashOf(bytes).toString('hex')))).toEqual([]);
  }
});

describe('what is no diagram', () => {
  test('has no BPMN to export and no report', async () => {
    const { id } = await company.owner.get<{ id: string }>('POST', '/api/documents', {
      kind: 'dashboard',
      title: 'D',
    });
    expect((await company.owner.ask('GET', `/api/documents/${id}/export?format=bpmn`)).status).toBe(422);
    expect((await company.owner.ask('GET', `/api/documents/${id}/export`)).status).toBe(422);
    expect((await company.owner.ask('GET', `/api/documents/${id}/import-report`)).status).toBe(404);
  });
});

describe('the thread that reads files', () => {
  afterEach(() => void vi.useRealTimers());

  test('is given up when a file takes too long, and the next file is read by another', async () => {
    const asked = Promise.withResolvers<void>();
    const normals = [
      () => {
        asked.resolve();
        return new Promise<string>(() => undefined);
      },
      async () => '<broken',
    ];
    const worker = createFileWorker({
      normalise: () => normals.shift()?.() ?? Promise.reject(new Error()),
    });
    const bytes = await fixture('hard/values');
    // The same limit holds for the next file, which may be slow to read and is not to be late.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const hanging = worker.read(bytes, 'x');
    await asked.promise;
    vi.advanceTimersByTime(60_000);
    expect(await hanging).toMatchObject({ refused: 'too-large' });
    expect(await worker.read(bytes, 'x')).toMatchObject({ refused: 'not-bpmn' });
    await worker.close();
  });

  test('tells those who come to a long queue to come again', async () => {
    const worker = createFileWorker({ normalise: async (xml) => xml, waiting: 1 });
    const bytes = await fixture('hard/values');
    const [first, second] = await Promise.all([worker.read(bytes, 'x'), worker.read(bytes, 'x')]);
    expect(first).toHaveProperty('state');
    expect(second).toMatchObject({ refused: 'too-many-requests' });
    await worker.close();
    expect(await worker.read(bytes, 'x')).toMatchObject({ refused: 'restarting' });
  });

  test('gives up what it is at and what waits when the server ends, and begins nothing more', async () => {
    let begun = 0;
    const asked = Promise.withResolvers<void>();
    const worker = createFileWorker({
      normalise() {
        begun += 1;
        asked.resolve();
        return new Promise(() => undefined);
      },
    });
    const bytes = await fixture('hard/values');
    const answers = Promise.all([worker.read(bytes, 'x'), worker.read(bytes, 'x'), worker.read(bytes, 'x')]);
    await asked.promise;
    await worker.close();
    expect((await answers).map((answer) => 'refused' in answer && answer.refused)).toEqual([
      'restarting',
      'restarting',
      'restarting',
    ]);
    expect(begun).toBe(1);
  });

  test('goes with a bug of what makes files ready, and the next file is read by another', async () => {
    const normals = [() => Promise.reject(new Error('a bug')), (xml: string) => Promise.resolve(xml)];
    const worker = createFileWorker({
      normalise: (xml) => (normals.shift() as (xml: string) => Promise<string>)(xml),
    });
    const bytes = await fixture('hard/values');
    await expect(worker.read(bytes, 'x')).rejects.toThrow('broke');
    expect(await worker.read(bytes, 'x')).toHaveProperty('state');
    await worker.close();
  });
});
