import { openPageBrowser } from '../tests/browser.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** A Chromium with the fuzz page in it. */
export interface FuzzBrowser {
  run(plan: Plan): Promise<Outcome>;
  close(): Promise<void>;
}

// A page that has seen many sessions is slower and keeps what bpmn-js never frees.
const sessionsPerPage = 20;
/** A session that takes longer than this hangs. */
const patience = 480_000;

export async function openFuzzBrowser(): Promise<FuzzBrowser> {
  const browser = await openPageBrowser(new URL('page/', import.meta.url), { width: 1000, height: 800 });
  let page = await browser.open();
  const played = new Set<number>();
  return {
    async run(plan) {
      // bpmn-js counts the ids of arrowheads per page, so the second time it draws them again, and all else moves.
      if (played.size === sessionsPerPage || played.has(plan.seed)) {
        await page.close();
        page = await browser.open();
        played.clear();
      }
      played.add(plan.seed);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`Seed ${plan.seed} (${plan.file}) hangs.`)), patience);
      });
      try {
        return await Promise.race([page.evaluate((given) => window.runSession(given), plan), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: browser.close,
  };
}
