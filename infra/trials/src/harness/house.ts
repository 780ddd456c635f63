import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { expect, type TestContext } from 'vitest';
import { launchBrowser, openProfile, type Profile, type ProfileOptions } from './browser.ts';
import { type Cable, layCable } from './cable.ts';
import { killAll, type ServerProcess, startServer } from './server-process.ts';

/** One real server on a data directory of its own and one real browser; all of it is gone after `close`. */
export interface House {
  readonly dataDir: string;
  readonly browser: Browser;
  server(): ServerProcess;
  /** kill -9 of everything at once: the server and each process of its Postgres. */
  kill(): Promise<void>;
  /** Starts the server again, at the same address. */
  start(): Promise<void>;
  /** A profile with a network cable of its own. */
  enter(options?: ProfileOptions): Promise<Visitor>;
  cable(): Promise<Cable>;
  /** Prints what stands on every open page when a test has failed; keeps a picture of it if SCREENSHOTS names a directory. */
  examine(context: TestContext): Promise<void>;
  close(): Promise<void>;
}

export interface Visitor extends Profile {
  readonly cable: Cable;
}

export async function openHouse(): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-house-'));
  const browser = await launchBrowser();
  const cables: Cable[] = [];
  let server = await startServer(dataDir);
  const cable = async () => {
    const laid = await layCable(server.origin);
    cables.push(laid);
    return laid;
  };
  return {
    dataDir,
    browser,
    server: () => server,
    kill: () => killAll(server, dataDir, 'all'),
    async start() {
      server = await startServer(dataDir, { PORT: new URL(server.origin).port });
    },
    cable,
    async enter(options) {
      const own = await cable();
      return { ...(await openProfile(browser, own.origin, options)), cable: own };
    },
    async examine({ task }) {
      if (task.result?.state !== 'fail') return;
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [index, page] of pages.entries()) {
        await picture(page, `failed ${task.name.slice(0, 60)} ${index}`);
        await describe(page);
      }
    },
    async close() {
      await browser.close();
      for (const each of cables) await each.close();
      await killAll(server, dataDir, 'all');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Prints what stands on a page: of a failure on another machine this is all that is left. */
async function describe(page: Page): Promise<void> {
  const words = await page.locator('body').ariaSnapshot();
  console.error(`${page.url()}\n${words.slice(0, 6_000)}`);
}

/** Asks until the answer is right; fails with the last answer. How long that may take is a setting of the run. */
export function eventually<T>(ask: () => T | Promise<T>, message?: string) {
  return expect.poll(ask, message ? { message } : {});
}

/** Keeps a picture when SCREENSHOTS names a directory. */
export async function picture(page: Page, name: string): Promise<void> {
  const directory = process.env.SCREENSHOTS;
  if (!directory) return;
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, `${name}.png`), await still(page));
}

/** The page when nothing moves any more: charts draw themselves in little by little, tiles glide to their places. */
async function still(page: Page): Promise<Buffer> {
  let last = await page.screenshot();
  for (let shots = 0; shots < 20; shots += 1) {
    const next = await page.screenshot();
    if (next.equals(last)) break;
    last = next;
  }
  return last;
}

/** The same page in light and dark, on a desktop and on a phone. */
export async function pictures(page: Page, name: string): Promise<void> {
  if (!process.env.SCREENSHOTS) return;
  const desktop = page.viewportSize()!;
  const toTop = () => page.evaluate(() => document.querySelector('[data-scroller]')?.scrollTo({ top: 0 }));
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `${name}-${colorScheme}`);
    await page.setViewportSize({ width: 390, height: 844 });
    await picture(page, `${name}-phone-${colorScheme}`);
    await page.setViewportSize(desktop);
    await still(page);
    await toTop();
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await still(page);
}
