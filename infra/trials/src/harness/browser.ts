import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type ConsoleMessage,
  chromium,
  type Page,
} from 'playwright-core';
import type { Person } from './people.ts';

// Playwright's own list, for the last of two such flags stands alone, and the two pages that Chromium prepares behind the address bar of each
// new window: nobody types there, and a page of ours costs less.
const withoutFeatures = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
];

/** Milliseconds until what a page is waited for counts as never happening: for hangs, not for speed. */
const patience = 120_000;

// Its path comes from `npm test`, which finds or installs one; by hand, set CHROMIUM.
const launch = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  timeout: patience,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    `--disable-features=${withoutFeatures.join(',')}`,
  ],
};

/** A real Chromium. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launch);
}

/** One person's browser profile: cookies and IndexedDB of their own. What the console says is collected. */
export interface Profile {
  readonly origin: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors and warnings of the console, and exceptions nobody caught. */
  readonly complaints: string[];
  /** Opens one more tab of the same person. */
  newTab(): Promise<Page>;
}

export interface ProfileOptions {
  /** Signed in as this person from the start. */
  readonly person?: Person;
  readonly screen?: Screen;
  readonly colorScheme?: 'light' | 'dark';
  /** Nothing glides: for tests that look at one moment. */
  readonly calm?: boolean;
  /** With the app's service worker, which fetches the whole app; a browser without is as good for most tests. */
  readonly installs?: boolean;
}

export type Screen = keyof typeof screens;

const screens = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
} as const satisfies Record<string, BrowserContextOptions>;

export async function openProfile(
  browser: Browser,
  origin: string,
  options: ProfileOptions = {},
): Promise<Profile> {
  return dress(await browser.newContext(contextOptions(origin, options)), origin, options);
}

/** A profile that lives in a directory and survives its browser, which `kill -9` may end. */
export async function openKeptProfile(
  directory: string,
  origin: string,
  options: ProfileOptions = {},
): Promise<Profile> {
  const context = await chromium.launchPersistentContext(directory, {
    ...launch,
    ...contextOptions(origin, options),
  });
  return dress(context, origin, options);
}

function contextOptions(origin: string, options: ProfileOptions): BrowserContextOptions {
  return {
    ...screens[options.screen ?? 'desktop'],
    baseURL: origin,
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: options.calm ? 'reduce' : 'no-preference',
    locale: 'en-GB',
    timezoneId: 'UTC',
  };
}

async function dress(
  context: BrowserContext,
  origin: string,
  { person, installs = false }: ProfileOptions,
): Promise<Profile> {
  const complaints: string[] = [];
  if (!installs)
    await context.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'serviceWorker'));
  const newTab = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !isAnnounced(message)) {
        complaints.push(`${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', (error) => complaints.push(String(error.stack ?? error)));
    return page;
  };
  if (person) {
    const cookies = person.cookie.split('; ').map((pair) => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: origin };
    });
    await context.addCookies(cookies);
  }
  return { origin, context, complaints, newTab, page: await newTab() };
}

/**
 * Chromium writes every request that fails into the console, and a page cannot prevent it. Two kinds are no fault of
 * the page: a network cut on purpose, and the answer 401 to "who am I?" for somebody who is not signed in.
 */
function isAnnounced(message: ConsoleMessage): boolean {
  const text = message.text();
  if (/net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|CONNECTION_RESET|NETWORK_CHANGED)/.test(text)) {
    return true;
  }
  return / 401 /.test(text) && new URL(message.location().url).pathname === '/api/me';
}
