import type { Locator, Page } from 'playwright-core';
import { answer, type Person } from './people.ts';

/** The conversation as the HTTP API gives it; what these tests look at. */
export interface Talk {
  readonly threads: readonly { readonly id: string; readonly resolvedAt: string | null }[];
  readonly messages: readonly {
    readonly text: string;
    readonly n: number;
    readonly author: { readonly name: string };
  }[];
}

export async function talkOf(origin: string, person: Person, documentId: string): Promise<Talk> {
  return answer<Talk>(person.call(origin, 'GET', `/api/documents/${documentId}/conversation`), 200);
}

/** The panel, on a wide screen. */
export const commentsPanel = (page: Page): Locator => page.getByRole('complementary', { name: 'Comments' });

export async function openComments(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^Comments/ })
    .first()
    .click();
  await commentsPanel(page).waitFor();
}

/** One thread in the list. */
export const thread = (page: Page, words: string): Locator =>
  page.getByRole('list', { name: 'Threads' }).getByRole('button').filter({ hasText: words });

/** One message of the open thread. */
export const message = (page: Page, words: string): Locator =>
  page.getByRole('list', { name: 'Messages' }).locator('[data-message]').filter({ hasText: words });

export const field = (page: Page, label: string | RegExp): Locator =>
  page.getByRole('textbox', { name: label });
