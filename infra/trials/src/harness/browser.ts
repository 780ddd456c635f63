import { type Browser, type BrowserContext, type ConsoleMessage, chromium, type Page } from 'playwright-core';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** A real Chromium. Its path comes from `npm test`, which finds or installs one; by hand, set CHROMIUM. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: flags });
}

/** One person's browser profile: cookies and IndexedDB of their own. What the console says is collected. */
export interface Profile {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions nobody caught. */
  readonly complaints: string[];
  /** Opens one more tab of the same person. */
  newTab(): Promise<Page>;
}

export interface ProfileOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
}

export async function openProfile(
  browser: Browser,
  origin: string,
  options: ProfileOptions = {},
): Promise<Profile> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: options.viewport ?? { width: 1440, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
  });
  const complaints: string[] = [];
  const newTab = async () => {
    const page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !isCutConnection(message))
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
    return page;
  };
  return { context, complaints, newTab, page: await newTab() };
}

/** Chromium itself reports each request that fails while the network is cut on purpose; that is no fault of the page. */
function isCutConnection(message: ConsoleMessage): boolean {
  return /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_NETWORK_CHANGED/.test(
    message.text(),
  );
}
