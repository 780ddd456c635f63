/** A BPMN file's way through the screens: in, with an honest report; the drawing on the canvas; out again; and files beside it. */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openProfile, type ProfileOptions } from './harness/browser.ts';
import { untilSaved } from './harness/dashboard.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, pictures } from './harness/house.ts';
import { answer, createDocument, type Person, signUp, signUpInvited } from './harness/people.ts';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../../../packages/bpmn/fixtures/${name}.bpmn`, import.meta.url));

let house: House;
let ana: Person;
beforeAll(async () => {
  house = await openHouse();
  ana = await signUp(house.server().origin, 'Ana Diaz');
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const enter = (options: ProfileOptions = {}) =>
  openProfile(house.browser, house.server().origin, { person: ana, calm: true, ...options });

async function importFiles(page: Page, ...names: string[]): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('menuitem', { name: 'Import BPMN files' }).click(),
  ]);
  await chooser.setFiles(names.map(fixture));
}

/** Drops one file on the page, as a person does from a folder. */
async function drop(page: Page, name: string, content: string): Promise<void> {
  const files = await page.evaluateHandle(
    ([called, text]) => {
      const carried = new DataTransfer();
      carried.items.add(new File([text], called));
      return carried;
    },
    [name, content] as const,
  );
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.getByRole('heading', { level: 1 }).dispatchEvent(event, { dataTransfer: files });
  }
}

const documentOf = (page: Page) => page.url().split('/').at(-1) ?? '';
const shapes = (page: Page, kind: string) => page.locator(`.djs-container [data-element-id].djs-${kind}`);

async function downloaded(page: Page, click: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return readFile(await download.path());
}

test('a file of another tool is on the canvas, its report says by element what changed, and the original is kept', async () => {
  const { page, context, complaints } = await enter();
  await importFiles(page, 'hard/vendor');
  const report = page.getByRole('dialog', { name: '“vendor” is imported' });
  await report.waitFor();
  await report.getByText('4 changed.', { exact: false }).waitFor();
  const element = report.getByRole('heading', { name: 'User task “Check”' });
  await element.waitFor();
  await report.getByText('<acme:cost> stood where BPMN has no place for it').waitFor();
  expect(await faultsOf(page), 'report').toEqual([]);
  await pictures(page, 'import-report');
  const original = await downloaded(page, () =>
    report.getByRole('link', { name: 'Download original' }).click(),
  );
  expect(original).toEqual(await readFile(fixture('hard/vendor')));
  await report.getByRole('button', { name: 'Go to the diagram' }).click();
  await untilSaved(page);
  await eventually(() => page.getByPlaceholder('Untitled diagram').inputValue()).toBe('vendor');
  await eventually(() => shapes(page, 'shape').count()).toBeGreaterThanOrEqual(2);
  await eventually(async () => {
    const box = await page.locator('[data-element-id=Task_1]').first().boundingBox();
    return box !== null && box.x > 60 && box.y > 50 && box.x + box.width < 1440 && box.y + box.height < 900;
  }, 'the task is in sight').toBe(true);
  await picture(page, 'imported');

  await page
    .getByRole('navigation', { name: 'Panels' })
    .getByRole('button', { name: /^Files/ })
    .click();
  const panel = page.getByRole('complementary', { name: 'Files' });
  await panel.getByRole('link', { name: 'vendor.bpmn' }).waitFor();
  await panel.getByRole('button', { name: 'Report' }).click();
  await page
    .getByRole('dialog', { name: 'Import report' })
    .getByText('<acme:theme>', { exact: false })
    .waitFor();
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);
  await context.close();
});

test('a real file with nothing to report opens at once; what is exported of it is imported and exported as the same', async () => {
  const { page, context, complaints } = await enter();
  await page.goto('/');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await drop(page, 'C.5.0.bpmn', await readFile(fixture('reference/C.5.0'), 'utf8'));
  await page.getByText(/“C\.5\.0” is imported/).waitFor();
  await untilSaved(page);
  await eventually(() => shapes(page, 'shape').count()).toBeGreaterThan(40);
  await eventually(() => shapes(page, 'connection').count()).toBeGreaterThan(40);
  const exported = async (id: string) =>
    (await ana.call(house.server().origin, 'GET', `/api/documents/${id}/export?format=bpmn`)).text();
  const first = await exported(documentOf(page));
  const again = await fetch(`${house.server().origin}/api/documents/import`, {
    method: 'POST',
    headers: { cookie: ana.cookie, 'content-type': 'application/octet-stream' },
    body: first,
  });
  const { document, report } = await answer<{
    document: { id: string };
    report: { counts: { changed: number; lost: number } };
  }>(Promise.resolve(again), 201);
  expect(report.counts).toMatchObject({ changed: 0, lost: 0 });
  expect(await exported(document.id)).toBe(first);
  expect(complaints).toEqual([]);
  await context.close();
});

test('bad files give their reason and their line, good ones among them are imported', async () => {
  const { page, context, complaints } = await enter();
  await importFiles(page, 'refused/truncated', 'reference/A.1.0', 'refused/bomb', 'refused/decision');
  const refused = page.getByRole('dialog', { name: '3 files could not be imported' });
  await refused.waitFor();
  const words = await refused.getByRole('listitem').allInnerTexts();
  expect(words.map((each) => each.replaceAll(/\s+/g, ' '))).toEqual([
    expect.stringMatching(/^truncated\.bpmn line 4.* ends in the middle of a tag/),
    expect.stringMatching(/^bomb\.bpmn line 2.* document type/),
    expect.stringMatching(/^decision\.bpmn line 2.* DMN/),
  ]);
  expect(await faultsOf(page), 'refused').toEqual([]);
  await picture(page, 'import-refused');
  await refused.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('list', { name: 'Documents' }).getByRole('link', { name: 'A.1.0' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/');
  expect(complaints.splice(0).every((line) => / 422 .*\/api\/documents\/import/.test(line))).toBe(true);
  await context.close();
});

describe('attachments', () => {
  let id: string;
  beforeAll(async () => {
    const { origin } = house.server();
    const made = ana.call(origin, 'POST', '/api/documents', { kind: 'diagram', title: 'Files' });
    id = (await answer<{ id: string }>(made, 201)).id;
  });

  async function openFiles(page: Page) {
    await page.goto(`/d/${id}`);
    await untilSaved(page);
    await page
      .getByRole('navigation', { name: 'Panels' })
      .getByRole('button', { name: /^Files/ })
      .click();
    return page.getByRole('complementary', { name: 'Files' });
  }

  test('two people see each other’s files come and go; what was taken off comes back', async () => {
    const [one, two] = [await enter(), await enter()];
    const [here, there] = [await openFiles(one.page), await openFiles(two.page)];
    await here.getByText('No files yet').waitFor();
    const bytes = Buffer.from('<script>not to be run</script>');
    const [chooser] = await Promise.all([
      one.page.waitForEvent('filechooser'),
      here.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    await chooser.setFiles([
      { name: 'note.html', mimeType: 'text/html', buffer: bytes },
      { name: 'table.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1,2\n') },
    ]);
    await there.getByRole('link', { name: 'note.html' }).waitFor();
    await there.getByText('CSV table, 8 B').waitFor();
    const got = await downloaded(two.page, () => there.getByRole('link', { name: 'note.html' }).click());
    expect(createHash('sha256').update(got).digest('hex')).toBe(
      createHash('sha256').update(bytes).digest('hex'),
    );
    await there.getByRole('button', { name: 'Take off note.html' }).click();
    await eventually(() => here.getByRole('link').allInnerTexts()).toEqual(['table.csv']);
    await two.page.getByRole('button', { name: 'Undo', exact: true }).last().click();
    await here.getByRole('link', { name: 'note.html' }).waitFor();
    expect(await faultsOf(one.page), 'files').toEqual([]);
    await pictures(one.page, 'files');
    expect([one.complaints, two.complaints]).toEqual([[], []]);
    await one.context.close();
    await two.context.close();
  });

  test('offline a file waits and is sent when the network is back; one too large is refused at once', async () => {
    const { page, context } = await enter();
    const files = await openFiles(page);
    await files.getByRole('link', { name: 'table.csv' }).waitFor();
    await context.setOffline(true);
    await files.getByText('You are offline.', { exact: false }).waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      files.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    const [later, huge] = [join(house.dataDir, 'later.txt'), join(house.dataDir, 'huge.bin')];
    await writeFile(later, 'later');
    await writeFile(huge, Buffer.alloc(10 * 1024 * 1024 + 1));
    await chooser.setFiles([later, huge]);
    await files.getByText('Waits for the network').waitFor();
    await files.getByRole('alert').filter({ hasText: 'huge.bin' }).getByText('larger than 10 MB').waitFor();
    expect(await faultsOf(page), 'offline').toEqual([]);
    await picture(page, 'files-offline');
    await context.setOffline(false);
    await files.getByRole('link', { name: 'later.txt' }).waitFor();
    await files.getByRole('button', { name: 'Dismiss huge.bin' }).click();
    await eventually(() => files.getByRole('alert').count()).toBe(0);
    await context.close();
  });

  test('a viewer downloads the files of a dashboard, and can do nothing else with them', async () => {
    const { origin } = house.server();
    const dashboard = await createDocument(origin, ana, 'Roofs');
    await fetch(`${origin}/api/documents/${dashboard}/attachments`, {
      method: 'POST',
      headers: { cookie: ana.cookie, 'content-type': 'application/octet-stream', 'x-file-name': 'offer.txt' },
      body: 'an offer',
    });
    const viewer = await signUpInvited(origin, ana, 'Vito', 'viewer');
    const { page, context, complaints } = await enter({ person: viewer });
    await page.goto(`/d/${dashboard}`);
    await page.getByRole('button', { name: 'Files, 1' }).click();
    const panel = page.getByRole('complementary', { name: 'Files' });
    const link = panel.getByRole('link', { name: 'offer.txt' });
    expect((await downloaded(page, () => link.click())).toString()).toBe('an offer');
    await eventually(() => panel.getByRole('button').allInnerTexts()).toEqual(['']);
    await eventually(() => panel.getByRole('button', { name: 'Close Files' }).count()).toBe(1);
    expect(await faultsOf(page), 'viewer').toEqual([]);
    await picture(page, 'files-viewer');
    expect(complaints).toEqual([]);
    await context.close();
  });
});
