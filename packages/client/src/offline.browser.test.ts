import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Status } from './status.ts';
import { createProfile, type Profile, type Site, serve } from './testing/browser.ts';
import { createModelServer, type ModelServer } from './testing/model-server.ts';

let server: ModelServer;
let site: Site;
let profile: Profile;
let documentId = 0;

beforeAll(async () => {
  server = createModelServer();
  site = await serve(server);
  profile = await createProfile();
});
afterAll(async () => {
  await profile.remove();
  await site.close();
});
beforeEach(() => {
  documentId += 1;
  Object.assign(server.settings, {
    door: 'open',
    autoStore: true,
    epoch: documentId,
    checksEpoch: true,
    access: 'edit',
  });
  server.beginAnew(documentId, new Y.Doc());
});
afterEach(async () => {
  for (const page of (await profile.context()).pages()) if (page.url() !== 'about:blank') await page.close();
});

/** A tab with the document open; `window.provider` is its provider. */
async function openTab(): Promise<Page> {
  const page = await profile.openPage(site.origin);
  await start(page);
  return page;
}

/** A tab that hears nothing of the others: what it knows of them it has from the store. */
async function openDeafTab(): Promise<Page> {
  const page = await profile.openPage(site.origin);
  await page.evaluate(() => Reflect.deleteProperty(window, 'BroadcastChannel'));
  await start(page);
  return page;
}

async function start(page: Page): Promise<void> {
  await page.evaluate(
    ([url, id]) => {
      window.provider = window.tidemark.createProvider({ url, documentId: id });
      return window.provider.whenLoaded;
    },
    [site.syncUrl, `d${documentId}`] as const,
  );
}

async function reload(page: Page): Promise<void> {
  await page.reload();
  await start(page);
}

const edit = (page: Page, key: string, value: unknown = 1) =>
  page.evaluate(([k, v]) => void window.provider.doc.getMap('m').set(k as string, v), [key, value]);

const keys = (page: Page) => page.evaluate(() => [...window.provider.doc.getMap('m').keys()].sort());

const status = (page: Page): Promise<Status> => page.evaluate(() => window.provider.status());

async function until(page: Page, wanted: Record<string, unknown>): Promise<void> {
  const matches = (expected: Record<string, unknown>) => {
    const now = window.provider.status() as unknown as Record<string, unknown>;
    return Object.entries(expected).every(([key, value]) => now[key] === value);
  };
  await page.waitForFunction(matches, wanted).catch(async (cause) => {
    throw new Error(`Never ${JSON.stringify(wanted)}; is ${JSON.stringify(await status(page))}`, { cause });
  });
}

const offline = (pending: number) => ({ state: 'offline', pending, keptOnDevice: true });

/** Everybody is cut and nobody gets in. */
function cutNetwork() {
  server.settings.door = 'shut';
  server.cut();
}

async function restoreNetwork(...pages: Page[]) {
  server.settings.door = 'open';
  for (const page of pages) await page.evaluate(() => window.provider.retry());
}

const storedKeys = () => [...server.stored().getMap('m').keys()].sort();

test('C11: unsent edits and their number survive a reload and reach the server', async () => {
  const page = await openTab();
  await until(page, { state: 'saved' });
  cutNetwork();
  await edit(page, 'a');
  await edit(page, 'b');
  await until(page, { ...offline(2), unsafe: false });
  await reload(page);
  await until(page, offline(2));
  expect(await keys(page)).toEqual(['a', 'b']);
  await restoreNetwork(page);
  await until(page, { state: 'saved' });
  expect(storedKeys()).toEqual(['a', 'b']);
  cutNetwork();
  await reload(page);
  await until(page, offline(0));
});

test('C11: what was said to be kept survives a kill of the browser', async () => {
  cutNetwork();
  let page = await openTab();
  const edits: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let i = 0; i < 20; i += 1) {
      edits.push(`r${round} ${String(i).padStart(2, '0')}`);
      await edit(page, edits.at(-1) ?? '');
    }
    await until(page, offline(edits.length));
    await profile.kill();
    page = await openTab();
    await until(page, offline(edits.length));
    expect(await keys(page)).toEqual(edits);
  }
  await restoreNetwork(page);
  await until(page, { state: 'saved' });
  expect(storedKeys()).toEqual(edits);
});

test('C11: killed in the middle of writing, a browser has all it said to be kept, and counts what it has', async () => {
  cutNetwork();
  let page = await openTab();
  for (let round = 0; round < 3; round += 1) {
    let keptSaid = 0;
    page.on('console', (message) => {
      keptSaid = Math.max(keptSaid, Number(message.text()));
    });
    await page.evaluate((prefix) => {
      const map = window.provider.doc.getMap('m');
      let made = map.size;
      const write = () => {
        map.set(`${prefix} ${made}`, made);
        made += 1;
        setTimeout(write, made % 5);
      };
      window.provider.subscribe(() => {
        if (!window.provider.status().unsafe) console.log(map.size);
      });
      write();
    }, `r${round}`);
    const atLeast = keptSaid + 20 + 15 * round;
    await expect.poll(() => keptSaid, { interval: 5 }).toBeGreaterThan(atLeast);
    await profile.kill();
    const said = keptSaid;
    page = await openTab();
    const found = (await keys(page)).length;
    expect(found).toBeGreaterThanOrEqual(said);
    await until(page, offline(found));
  }
});

test('C11: kept is not said in the tick of the edit, before the transaction', async () => {
  cutNetwork();
  const page = await openTab();
  await until(page, offline(0));
  const atOnce = await page.evaluate(() => {
    window.provider.doc.getMap('m').set('a', 1);
    return window.provider.status();
  });
  expect(atOnce).toMatchObject({ pending: 1, keptOnDevice: false, unsafe: true });
  await until(page, { ...offline(1), unsafe: false });
});

test('C12: two tabs agree offline, and after both are reloaded', async () => {
  const one = await openTab();
  const two = await openTab();
  await until(one, { state: 'saved' });
  await until(two, { state: 'saved' });
  cutNetwork();
  await edit(one, 'one');
  await two.waitForFunction(() => window.provider.doc.getMap('m').has('one'));
  await edit(two, 'two');
  await one.waitForFunction(() => window.provider.doc.getMap('m').has('two'));
  await until(one, offline(1));
  await until(two, offline(1));
  await Promise.all([reload(one), reload(two)]);
  expect(await keys(one)).toEqual(['one', 'two']);
  expect(await keys(two)).toEqual(['one', 'two']);
  await restoreNetwork(one, two);
  await until(one, { state: 'saved' });
  await until(two, { state: 'saved' });
  expect(storedKeys()).toEqual(['one', 'two']);
  cutNetwork();
  await reload(one);
  await until(one, offline(0));
});

test('C13: what a closed tab left unsent is taken over by a living one', async () => {
  cutNetwork();
  const one = await openTab();
  const two = await openTab();
  await until(one, offline(0));
  await edit(one, 'mine');
  await edit(two, 'last words');
  // No wait: the tab goes right after the keystroke.
  await two.close();
  await until(one, offline(2));
  expect(await keys(one)).toEqual(['last words', 'mine']);
  await restoreNetwork(one);
  await until(one, { state: 'saved' });
  expect(storedKeys()).toEqual(['last words', 'mine']);
});

test('C13: a taken-over marker comes with all the edits it counts, also those that no tab told of', async () => {
  cutNetwork();
  const two = await openDeafTab();
  await edit(two, 'early');
  await until(two, offline(1));
  const one = await openDeafTab();
  await until(one, offline(0));
  await edit(two, 'late');
  await until(two, offline(2));
  await two.close();
  await until(one, offline(2));
  expect(await keys(one)).toEqual(['early', 'late']);
});

test('C13: a connected tab brings what a closed tab could not', async () => {
  const one = await openTab();
  await until(one, { state: 'saved' });
  // Newcomers are kept out, who is in stays in.
  server.settings.door = 'shut';
  const two = await openTab();
  await edit(two, 'last words');
  await until(two, offline(1));
  expect(storedKeys()).toEqual([]);
  await two.close();
  await expect.poll(storedKeys).toEqual(['last words']);
  await until(one, { state: 'saved' });
  server.cut();
  await reload(one);
  await until(one, offline(0));
});

test('C12: presence reaches other tabs offline and ends with the tab', async () => {
  cutNetwork();
  const one = await openTab();
  const two = await openTab();
  await two.evaluate(() => window.provider.awareness.setLocalState({ name: 'two' }));
  const names = () =>
    [...window.provider.awareness.getStates().values()].map((state) => state.name).filter(Boolean);
  await expect.poll(() => one.evaluate(names)).toEqual(['two']);
  await two.close();
  await expect.poll(() => one.evaluate(names)).toEqual([]);
});

test('C14: two tabs write far beyond the trim size at once, and the store holds all of it in few rows', async () => {
  cutNetwork();
  const one = await openDeafTab();
  const two = await openDeafTab();
  const write = (page: Page, name: string) =>
    page.evaluate(async (prefix) => {
      for (let i = 0; i < 700; i += 1) {
        window.provider.doc.getMap('m').set(`${prefix}${i}`, i);
        // Once it is kept: every edit has a row of its own.
        await new Promise<void>((resolve) => {
          const stop = window.provider.subscribe(() => {
            if (window.provider.status().unsafe) return;
            stop();
            resolve();
          });
        });
      }
    }, name);
  await Promise.all([write(one, 'a'), write(two, 'b')]);
  await until(one, offline(700));
  await until(two, offline(700));
  const rows = await one.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const counting = opening.result.transaction('updates').objectStore('updates').count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      }),
    `tidemark ${site.syncUrl} d${documentId}`,
  );
  expect(rows).toBeLessThan(1_000);
  await profile.kill();
  const page = await openTab();
  expect((await keys(page)).length).toBe(1_400);
  await until(page, offline(1_400));
});

test('C15: a full device is told as not kept, and heals by itself', async () => {
  cutNetwork();
  // An origin of its own: the browser remembers for a while how much room another has left.
  const origin = site.origin.replace('127.0.0.1', 'localhost');
  const page = await profile.openPage(origin);
  const devtools = await page.context().newCDPSession(page);
  const setQuota = (quotaSize?: number) =>
    devtools.send('Storage.overrideQuotaForOrigin', {
      origin,
      ...(quotaSize === undefined ? {} : { quotaSize }),
    });
  await setQuota(20_000);
  await page.evaluate(() => {
    const original = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function transaction(...given) {
      const made = original.apply(this, given);
      made.addEventListener('abort', () => {
        document.title = String(made.error?.name);
      });
      return made;
    };
  });
  await start(page);
  await until(page, offline(0));
  await edit(page, 'large', 'x'.repeat(500_000));
  await edit(page, 'small');
  await page.waitForFunction(() => document.title === 'QuotaExceededError');
  await until(page, { state: 'offline', pending: 2, keptOnDevice: false, unsafe: true });
  await setQuota();
  await until(page, { ...offline(2), unsafe: false });
  await edit(page, 'later');
  await until(page, offline(3));
  await reload(page);
  await until(page, offline(3));
  expect(await keys(page)).toEqual(['large', 'later', 'small']);
});

test('C15: a browser that gives no database still syncs, and says that nothing is kept', async () => {
  const page = await profile.openPage(site.origin);
  await page.evaluate(() => {
    indexedDB.open = () => {
      const request = { error: new DOMException('no', 'InvalidStateError') } as unknown as IDBOpenDBRequest;
      queueMicrotask(() => request.onerror?.(new Event('error')));
      return request;
    };
  });
  await start(page);
  await until(page, { state: 'saved' });
  cutNetwork();
  await edit(page, 'a');
  await until(page, { state: 'offline', pending: 1, keptOnDevice: false, unsafe: true });
  await restoreNetwork(page);
  await until(page, { state: 'saved' });
  expect(storedKeys()).toEqual(['a']);
});

test('C29: a reload out of reach of the server keeps the right that was last known, until the server says more', async () => {
  const access = (page: Page) => page.evaluate(() => window.provider.access());
  const page = await openTab();
  await until(page, { state: 'saved' });
  expect(await access(page)).toBe('edit');
  cutNetwork();
  await reload(page);
  expect(await access(page)).toBe('edit');
  server.settings.access = 'read';
  await restoreNetwork(page);
  await page.waitForFunction(() => window.provider.access() === 'read');
  await page.close();
  cutNetwork();
  const again = await openTab();
  expect(await access(again)).toBe('read');
  server.settings.access = 'edit';
  await restoreNetwork(again);
  await again.waitForFunction(() => window.provider.access() === 'edit');
});

/** The document begins anew while `page` is out of reach with an edit that it could not send. */
async function outlive(page: Page): Promise<void> {
  await edit(page, 'old');
  await until(page, { state: 'saved' });
  cutNetwork();
  await edit(page, 'unsent');
  await until(page, offline(1));
  const fresh = new Y.Doc();
  fresh.getMap('m').set('new', 1);
  server.beginAnew(documentId + 1_000, fresh);
}

const outlived = (page: Page) => page.waitForFunction(() => window.provider.outlived());

/** What an application does when a replica's life is over. */
async function renew(page: Page): Promise<void> {
  await page.evaluate(() => window.provider.destroy());
  await start(page);
}

const place = () => [site.syncUrl, `d${documentId}`] as const;

const listed = (page: Page) => page.evaluate(([url, id]) => window.tidemark.listSetAside(url, id), place());

/** The keys in each copy that was set aside. */
const copies = (page: Page) =>
  page.evaluate(async ([url, id]) => {
    const found = await window.tidemark.listSetAside(url, id);
    return Promise.all(
      found.map(async (each) => {
        const copy = new window.tidemark.Y.Doc();
        window.tidemark.Y.applyUpdate(copy, await window.tidemark.readSetAside(each));
        return [...copy.getMap('m').keys()].sort();
      }),
    );
  }, place());

test.each(['at the upgrade', 'by its hello'])(
  'C9 C34: a cache of an earlier epoch, found out %s, is set aside, listed, exported, and never merged',
  async (how) => {
    server.settings.checksEpoch = how === 'at the upgrade';
    const page = await openTab();
    await outlive(page);
    const before = Date.now();
    await restoreNetwork(page);
    await until(page, { state: 'refused', code: 'stale-epoch', final: true, pending: 1 });
    await outlived(page);
    expect(await keys(page)).toEqual(['old', 'unsent']);
    for (const again of [renew, reload]) {
      await again(page);
      await until(page, { state: 'saved', pending: 0 });
      expect(await keys(page)).toEqual(['new']);
      const [copy, ...more] = await listed(page);
      expect(more).toEqual([]);
      expect(copy).toMatchObject({
        documentId: `d${documentId}`,
        epoch: documentId,
        unsent: 1,
        why: 'begun-anew',
      });
      expect(copy?.bytes).toBeGreaterThan(10);
      expect(copy?.since).toBeGreaterThanOrEqual(before);
      expect(await copies(page)).toEqual([['old', 'unsent']]);
    }
    expect([...server.shown().getMap('m').keys()]).toEqual(['new']);
    // The new life is kept like any other.
    cutNetwork();
    await edit(page, 'later');
    await until(page, offline(1));
    await reload(page);
    await until(page, offline(1));
    expect(await keys(page)).toEqual(['later', 'new']);
  },
);

test('C34: a copy is discarded by a person, and stays so; the new life is not touched', async () => {
  const page = await openTab();
  await outlive(page);
  await restoreNetwork(page);
  await outlived(page);
  await renew(page);
  await until(page, { state: 'saved' });
  // Once more, so that there is a copy of the first life and one of a later.
  cutNetwork();
  await edit(page, 'second');
  await until(page, offline(1));
  server.beginAnew(documentId + 2_000, new Y.Doc());
  await restoreNetwork(page);
  await outlived(page);
  await renew(page);
  await until(page, { state: 'saved' });
  expect(await copies(page)).toEqual([
    ['old', 'unsent'],
    ['new', 'second'],
  ]);
  await edit(page, 'third');
  for (const left of [[['new', 'second']], []]) {
    await page.evaluate(async ([url, id]) => {
      const [first] = await window.tidemark.listSetAside(url, id);
      if (first !== undefined) await window.tidemark.discardSetAside(first);
    }, place());
    expect(await copies(page)).toEqual(left);
  }
  await until(page, { state: 'saved' });
  cutNetwork();
  await reload(page);
  await until(page, offline(0));
  expect(await keys(page)).toEqual(['third']);
  expect(await listed(page)).toEqual([]);
});

test('C41: the documents that are on this device can be listed: with content, whichever life it is, under one name', async () => {
  const page = await openTab();
  await until(page, { state: 'saved' });
  const onDevice = () => page.evaluate(([url]) => window.tidemark.listOnDevice(url), [site.syncUrl] as const);
  const id = `d${documentId}`;
  // It was opened, and nothing is in it.
  expect(await onDevice()).not.toContain(id);
  await edit(page, 'first');
  await expect.poll(onDevice).toContain(id);
  await outlive(page);
  await restoreNetwork(page);
  await outlived(page);
  // Between two lives there is nothing: what was set aside is no document.
  expect(await onDevice()).not.toContain(id);
  await renew(page);
  await until(page, { state: 'saved' });
  await expect.poll(onDevice).toContain(id);
  expect(await page.evaluate(() => window.tidemark.listOnDevice('somebody else'))).toEqual([]);
});

test('C35: every tab is told, what each left unsent is in the one copy, and no tab brings the old life back', async () => {
  const one = await openTab();
  const two = await openTab();
  await until(two, { state: 'saved' });
  await outlive(one);
  await edit(two, 'of two');
  await until(two, offline(1));
  // Only one of them reaches the server.
  server.settings.door = 'open';
  await one.evaluate(() => window.provider.retry());
  await outlived(one);
  await outlived(two);
  await renew(one);
  await until(one, { state: 'saved' });
  expect(await keys(one)).toEqual(['new']);
  // The other still shows the old life, and even edits it.
  await edit(two, 'too late');
  expect(await status(two)).toMatchObject({ unsafe: true });
  expect(await two.evaluate(() => window.provider.outlived())).toBe(false);
  await edit(one, 'next');
  await renew(two);
  await until(two, { state: 'saved' });
  await two.waitForFunction(() => window.provider.doc.getMap('m').has('next'));
  expect(await keys(one)).toEqual(['new', 'next']);
  expect(await keys(two)).toEqual(['new', 'next']);
  expect(await copies(one)).toEqual([['of two', 'old', 'unsent']]);
  expect((await listed(one))[0]?.unsent).toBe(2);
});

test('C36: a browser killed while it sets aside has lost nothing, and ends the life at the next start', async () => {
  let page = await openTab();
  await outlive(page);
  server.settings.door = 'open';
  // The register is never written: the page stands still between the two steps.
  await page.evaluate(() => {
    const original = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function put(value, key) {
      if (key !== 'lives') return original.call(this, value, key);
      document.title = 'between the steps';
      throw new Error('The test stops here.');
    };
    window.provider.retry();
  });
  await page.waitForFunction(() => document.title === 'between the steps');
  expect(await page.evaluate(() => window.provider.outlived())).toBe(false);
  await profile.kill();
  page = await openTab();
  await outlived(page);
  await renew(page);
  await until(page, { state: 'saved' });
  expect(await keys(page)).toEqual(['new']);
  expect(await copies(page)).toEqual([['old', 'unsent']]);
});

test('C36: a device too full to take the last edits does not end the life until it has them', async () => {
  const page = await profile.openPage(site.origin);
  await page.evaluate(() => {
    const original = IDBObjectStore.prototype.add;
    IDBObjectStore.prototype.add = function add(value, key) {
      if (document.title === 'full') {
        this.transaction.abort();
        throw new DOMException('The test has filled the disk.', 'QuotaExceededError');
      }
      return original.call(this, value, key);
    };
  });
  await start(page);
  await until(page, { state: 'saved' });
  cutNetwork();
  await page.evaluate(() => {
    document.title = 'full';
  });
  await edit(page, 'homeless');
  await until(page, { state: 'offline', pending: 1, keptOnDevice: false, unsafe: true });
  server.beginAnew(documentId + 1_000, new Y.Doc());
  await restoreNetwork(page);
  await until(page, { state: 'refused', code: 'stale-epoch', unsafe: true });
  expect(await page.evaluate(() => window.provider.outlived())).toBe(false);
  await page.evaluate(() => {
    document.title = 'room again';
  });
  await outlived(page);
  expect(await status(page)).toMatchObject({ unsafe: false });
  await renew(page);
  await until(page, { state: 'saved' });
  expect(await copies(page)).toEqual([['homeless']]);
});

test('C31: what was not sent while reading only survives a reload, and is sent when the right is back', async () => {
  const page = await openTab();
  await until(page, { state: 'saved' });
  server.permit('read', 'Ana made you a viewer.');
  await page.waitForFunction(() => window.provider.access() === 'read');
  await edit(page, 'mine');
  await until(page, { state: 'refused', code: 'read-only', pending: 1, keptOnDevice: true, unsafe: false });
  await reload(page);
  await until(page, { state: 'refused', code: 'read-only', pending: 1 });
  expect(storedKeys()).toEqual([]);
  server.permit('edit');
  await until(page, { state: 'saved' });
  expect(storedKeys()).toEqual(['mine']);
});

test('C37: discarded, unsent edits are gone from device and tabs, and the document comes back without them', async () => {
  const page = await openTab();
  const other = await openTab();
  await edit(page, 'shared');
  await until(page, { state: 'saved' });
  server.permit('read');
  await page.waitForFunction(() => window.provider.access() === 'read');
  await edit(page, 'unwanted');
  await other.waitForFunction(() => window.provider.doc.getMap('m').has('unwanted'));
  await page.evaluate(() => window.provider.discardUnsent());
  await outlived(other);
  await Promise.all([renew(page), renew(other)]);
  server.permit('edit');
  for (const each of [page, other]) {
    await until(each, { state: 'saved', pending: 0 });
    expect(await keys(each)).toEqual(['shared']);
    expect(await listed(each)).toEqual([]);
  }
  expect(storedKeys()).toEqual(['shared']);
});

test('C37: what another tab left unsent is not discarded with it but set aside', async () => {
  const page = await openTab();
  const other = await openTab();
  await until(other, { state: 'saved' });
  server.permit('read');
  for (const each of [page, other]) await each.waitForFunction(() => window.provider.access() === 'read');
  await edit(page, 'unwanted');
  await edit(other, 'precious');
  await until(other, { state: 'refused', pending: 1, keptOnDevice: true });
  await page.evaluate(() => window.provider.discardUnsent());
  await outlived(other);
  await renew(other);
  await until(other, { state: 'saved' });
  const [copy] = await listed(other);
  expect(copy).toMatchObject({ unsent: 1, why: 'discarded' });
  expect((await copies(other))[0]).toContain('precious');
  expect(storedKeys()).toEqual([]);
});

test('C28: under one name, each document and under one document each name has a place of its own', async () => {
  cutNetwork();
  const page = await profile.openPage(site.origin);
  const found = await page.evaluate(async (url) => {
    const write = async (name: string, document: string, key: string) => {
      const provider = window.tidemark.createProvider({ url, documentId: document, offline: { name } });
      await provider.whenLoaded;
      provider.doc.getMap('m').set(key, 1);
      await provider.destroy();
    };
    const read = async (name: string, document: string) => {
      const provider = window.tidemark.createProvider({ url, documentId: document, offline: { name } });
      await provider.whenLoaded;
      await provider.destroy();
      return [...provider.doc.getMap('m').keys()];
    };
    await write('ada', 'one', 'a1');
    await write('ada', 'two', 'a2');
    await write('bo', 'one', 'b1');
    return [await read('ada', 'one'), await read('ada', 'two'), await read('bo', 'one')];
  }, site.syncUrl);
  expect(found).toEqual([['a1'], ['a2'], ['b1']]);
});

test('C16: the store has the layout of y-indexeddb, which can read it', async () => {
  cutNetwork();
  const page = await openTab();
  await edit(page, 'a');
  await until(page, offline(1));
  const read = await page.evaluate(async (name) => {
    await window.provider.destroy();
    const doc = new window.tidemark.Y.Doc();
    const persistence = new window.tidemark.IndexeddbPersistence(name, doc);
    await persistence.whenSynced;
    const found = [...doc.getMap('m').keys()];
    doc.getMap('m').set('by y-indexeddb', 1);
    // It writes without telling when that is done; a later transaction on the same store waits for it.
    await new Promise((resolve) => {
      const transaction = persistence.db?.transaction('updates', 'readwrite');
      if (transaction !== undefined) transaction.oncomplete = resolve;
    });
    await persistence.destroy();
    return found;
  }, `tidemark ${site.syncUrl} d${documentId}`);
  expect(read).toEqual(['a']);
  await reload(page);
  expect(await keys(page)).toEqual(['a', 'by y-indexeddb']);
});

test('C17: the page asks before it is left with work that is nowhere safe, by the status alone', async () => {
  const page = await openTab();
  await until(page, { state: 'saved' });
  server.settings.autoStore = false;
  const [atOnce, kept] = await page.evaluate(async () => {
    window.provider.doc.getMap('m').set('a', 1);
    const first = window.provider.status().unsafe;
    await new Promise<void>((resolve) => {
      const stop = window.provider.subscribe(() => {
        if (window.provider.status().unsafe) return;
        stop();
        resolve();
      });
    });
    return [first, window.provider.status()] as const;
  });
  expect(atOnce).toBe(true);
  expect(kept).toMatchObject({ state: 'saving', pending: 1, unsafe: false });
});

test('C26: the React hooks show what the provider says, as it changes', async () => {
  const page = await openTab();
  const badge = page.locator('#badge');
  const shows = (text: string) => expect.poll(() => badge.textContent()).toBe(text);
  await until(page, { state: 'saved' });
  await page.evaluate(() => window.tidemark.showBadge(window.provider));
  await shows('saved 0 edit nobody');
  await page.evaluate(() => window.provider.awareness.setLocalStateField('name', 'Ada'));
  await shows('saved 0 edit Ada');
  server.settings.autoStore = false;
  await edit(page, 'a');
  await shows('saving 1 edit Ada');
  server.store();
  await shows('saved 0 edit Ada');
  cutNetwork();
  await shows('offline 0 edit Ada');
});

test('C27: whether the browser promises to keep the data is an answer, not an error', async () => {
  const page = await openTab();
  expect(await page.evaluate(() => window.tidemark.askToKeepStorage())).toBeTypeOf('boolean');
});

test('C20 C25: the page hears the network come back, and says goodbye when it is hidden for good', async () => {
  const page = await openTab();
  await until(page, { state: 'saved' });
  cutNetwork();
  await until(page, { state: 'offline' });
  const nextTries = await page.evaluate(async () => {
    const nextTry = () => {
      const status = window.provider.status();
      return status.state === 'offline' ? status.nextTryAt : undefined;
    };
    while (typeof nextTry() !== 'number') await new Promise((resolve) => setTimeout(resolve));
    // Within one turn of the page no back-off ends.
    const before = nextTry();
    window.dispatchEvent(new Event('online'));
    return [typeof before, nextTry()];
  });
  expect(nextTries, 'it waited, and tries').toEqual(['number', null]);
  await restoreNetwork(page);
  await until(page, { state: 'saved' });
  const heard = server.heard.length;
  await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await expect.poll(() => server.heard.length).toBeGreaterThan(heard);
  const last = server.heard.at(-1);
  expect(last?.type).toBe('awareness');
  expect(new TextDecoder().decode(last?.type === 'awareness' ? last.update : undefined)).toContain('null');
});
