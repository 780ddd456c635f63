import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { listedDocument } from './api/documents.ts';
import { ApiError } from './api/http.ts';
import { meQuery } from './api/session.ts';
import { preloadEditor } from './editor/load-editor.ts';
import { HomePage } from './home/home-page.tsx';
import { readPastSearch } from './patterns/search.ts';
import { readPriceSearch } from './price-list/search.ts';
import { InvitationPage } from './session/invitation-page.tsx';
import { SignInPage } from './session/sign-in-page.tsx';
import { SignUpPage } from './session/sign-up-page.tsx';
import { Frame } from './shell/frame.tsx';
import { NotFoundPage, SystemPage } from './shell/system-page.tsx';

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: SystemPage,
});

/** Only paths of this site, so that a link cannot send people elsewhere after signing in. */
function safePath(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = safePath(search.next);
    return next ? { next } : {};
  },
});

const signUp = createRoute({
  getParentRoute: () => root,
  path: '/sign-up',
  component: SignUpPage,
  validateSearch: (search: Record<string, unknown>): { invitation?: string } => {
    const invitation = text(search.invitation);
    return invitation ? { invitation } : {};
  },
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invite/$code',
  component: InvitationPage,
});

/** Everything below it needs somebody who is signed in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Frame,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queryClient.ensureQueryData({ ...meQuery, revalidateIfStale: true });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
      }
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: HomePage,
  validateSearch: (
    search: Record<string, unknown>,
  ): { space?: string; part?: 'templates' | 'bin'; q?: string } => {
    const space = text(search.space);
    const q = text(search.q);
    return {
      ...(space ? { space } : {}),
      ...(search.part === 'templates' || search.part === 'bin' ? { part: search.part } : {}),
      ...(q ? { q } : {}),
    };
  },
});

/** What of a document is shown, beside the document itself. */
interface DocumentSearch {
  /** The thread that is open. */
  thread?: string;
  /** A moment, as it was: an LSN. */
  at?: number;
  /** A version, as it was. */
  version?: string;
  /** The two that are compared, as `sideText` writes them; this document as it is now where `after` is left out. */
  before?: string;
  after?: string;
}

function readDocumentSearch(search: Record<string, unknown>): DocumentSearch {
  const read: DocumentSearch = {};
  for (const name of ['thread', 'version', 'before', 'after'] as const) {
    const value = text(search[name]);
    if (value) read[name] = value;
  }
  const at = Number(search.at);
  if (search.at !== undefined && search.at !== '' && Number.isSafeInteger(at) && at >= 0) read.at = at;
  return read;
}

const editor = createRoute({
  getParentRoute: () => signedIn,
  path: '/d/$documentId',
  component: lazyRouteComponent(() => import('./editor/document-page.tsx'), 'DocumentPage'),
  validateSearch: readDocumentSearch,
  loader: ({ context, params }) =>
    preloadEditor(listedDocument(context.queryClient, params.documentId)?.kind ?? null),
});

const operator = createRoute({
  getParentRoute: () => signedIn,
  path: '/operator',
  component: lazyRouteComponent(() => import('./operator/operator-page.tsx'), 'OperatorPage'),
  validateSearch: (search: Record<string, unknown>): { tab?: 'quarantine' | 'operators' } =>
    search.tab === 'quarantine' || search.tab === 'operators' ? { tab: search.tab } : {},
});

const prices = createRoute({
  getParentRoute: () => signedIn,
  path: '/prices',
  component: lazyRouteComponent(() => import('./price-list/price-list-page.tsx'), 'PriceListPage'),
  validateSearch: readPriceSearch,
});

const past = createRoute({
  getParentRoute: () => signedIn,
  path: '/past-projects',
  component: lazyRouteComponent(() => import('./patterns/past-page.tsx'), 'PastPage'),
  validateSearch: readPastSearch,
});

const routeTree = root.addChildren([
  signIn,
  signUp,
  invitation,
  signedIn.addChildren([home, editor, prices, past, operator]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPendingMs: 200,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
