import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const opened = '[role=dialog], [role=menu], aside';

/** What is wrong with the page as it stands, or with what was opened over it or beside it: for everybody, and too wide. */
export async function faultsOf(page: Page, part: 'page' | 'opened' = 'page'): Promise<string[]> {
  // Our pages have no frames: one run in the page itself, instead of a part in each frame and a sum of them in a page of its own, which
  // takes twice as long. What is in order is counted, and not listed node by node.
  const builder = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const { violations, passes } = await (part === 'page' ? builder : builder.include(opened)).analyze();
  expect(passes.length, 'rules that had something to look at').toBeGreaterThan(5);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`),
  );
  const tooWide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? `${scrollWidth} pixels wide in a window of ${clientWidth}` : null;
  });
  return tooWide === null ? found : [...found, tooWide];
}
