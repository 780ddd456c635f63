import { launchBrowser, openProfile } from '@tidemark/trials/harness/browser';
import type { Person } from '@tidemark/trials/harness/people';
import { pinClients, unpin } from '../contenders/child.ts';
import { median, quantile } from '../statistics.ts';
import type { Figures } from './estimate.ts';

/** What a person sees in Chromium: opening, typing, others typing, scrolling. CPU is that of the page's main thread. */
export async function measureScreen(
  origin: string,
  person: Person,
  id: string,
  others: () => Promise<unknown>,
): Promise<Figures> {
  // A browser is many processes and wants all cores.
  unpin(process.pid);
  const browser = await launchBrowser();
  try {
    const { page, context } = await openProfile(browser, origin, { person });
    const session = await context.newCDPSession(page);
    // What the thread itself has used, and not how long its tasks took while others had the core.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const readMetrics = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return new Map(metrics.map(({ name, value }) => [name, value]));
    };
    const metric = async (name: string) => (await readMetrics()).get(name) ?? Number.NaN;
    /** CPU of one of what `work` says it did so often: all of it, and its parts. */
    const cpuOf = async (name: string, work: () => Promise<number>): Promise<Figures> => {
      const before = await readMetrics();
      const count = await work();
      const after = await readMetrics();
      const of = (part: string) =>
        (((after.get(part) ?? Number.NaN) - (before.get(part) ?? 0)) * 1_000) / count;
      const [all, script] = [of('TaskDuration'), of('ScriptDuration')];
      const [style, layout] = [of('RecalcStyleDuration'), of('LayoutDuration')];
      return {
        [`${name}: CPU`]: [all, 'ms'],
        [`${name}: CPU, script`]: [script, 'ms'],
        [`${name}: CPU, style and layout`]: [style + layout, 'ms'],
        [`${name}: CPU, drawing and the browser's own`]: [all - script - style - layout, 'ms'],
      };
    };

    const began = performance.now();
    await page.goto(`/d/${id}`);
    await page.locator('[data-row="l0-0"]').waitFor();
    const opened = performance.now() - began;
    const opening = (await metric('TaskDuration')) * 1_000;
    await page.evaluate(() => {
      const [keys, frames]: number[][] = [[], []];
      Object.assign(globalThis, { keys, frames });
      addEventListener(
        'keydown',
        ({ timeStamp }) =>
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => keys!.push(performance.now() - timeStamp);
            port2.postMessage(null);
          }),
        true,
      );
      let last = performance.now();
      const frame = (now: number) => {
        frames!.push(now - last);
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    });
    const taken = (what: 'keys' | 'frames') =>
      page.evaluate((name) => (globalThis as unknown as Record<string, number[]>)[name]!.splice(0), what);

    await page.locator('[data-row="l0-0"] [data-column=name]').click();
    await taken('keys');
    const letters = 60;
    const typing = await cpuOf('a letter', async () => {
      await page.keyboard.type('x'.repeat(letters));
      return letters;
    });
    await page.keyboard.press('Enter');
    const typed = (await taken('keys')).slice(0, letters);
    const rounds = 20;
    const writing = await cpuOf('a cell written', async () => {
      for (let n = 0; n < rounds; n += 1) {
        await page.keyboard.press('7');
        await page.keyboard.press('Enter');
      }
      return rounds;
    });
    const written = (await taken('keys')).filter((_, at) => at % 2 === 1);

    await taken('frames');
    const watching = await cpuOf('an edit of somebody else', async () => {
      const from = performance.now();
      await others();
      return ((performance.now() - from) / 1_000) * 20;
    });
    const quiet = await taken('frames');
    const scrolling = await cpuOf('a step of scrolling (400 px)', () =>
      page.getByRole('grid').evaluate(async (grid) => {
        let count = 0;
        while (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) {
          grid.scrollTop += 400;
          count += 1;
          await new Promise(requestAnimationFrame);
        }
        return count;
      }),
    );
    const scrolled = await taken('frames');
    await session.send('HeapProfiler.collectGarbage');
    const heap = (await metric('JSHeapUsedSize')) / 1_048_576;
    const long = (frames: readonly number[]) =>
      (frames.filter((each) => each > 25).length * 100) / frames.length;
    return {
      'opened, cold': [opened, 'ms'],
      'opened, cold: CPU': [opening, 'ms'],
      'a letter to its frame, p50': [median(typed), 'ms'],
      'a letter to its frame, p95': [quantile(typed, 0.95), 'ms'],
      ...typing,
      'Enter, written and reckoned, to its frame, p50': [median(written), 'ms'],
      'Enter, written and reckoned, to its frame, p95': [quantile(written, 0.95), 'ms'],
      ...writing,
      'frames while ten write, p50': [median(quiet), 'ms'],
      'frames while ten write, p95': [quantile(quiet, 0.95), 'ms'],
      'frames over 25 ms while ten write': [long(quiet), '%'],
      ...watching,
      ...scrolling,
      'frames over 25 ms while scrolling': [long(scrolled), '%'],
      'heap of the page': [heap, 'MB'],
    };
  } finally {
    await browser.close();
    pinClients();
  }
}
