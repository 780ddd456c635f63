import { queryOptions } from '@tanstack/react-query';
import { ApiError, request } from './http.ts';
import type { Device, Me } from './types.ts';

const mark = 'tidemark:signed-in';

/**
 * Whether somebody was signed in here when last asked. The cookie itself is out of reach, and a stranger's question
 * to the server would leave an error in the console of every visitor.
 */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(mark) !== null;
  } catch {
    // A browser that keeps nothing: only the server can tell.
    return true;
  }
}

function remember(signedIn: boolean): void {
  try {
    if (signedIn) localStorage.setItem(mark, '1');
    else localStorage.removeItem(mark);
  } catch {
    // Without the mark the server is asked, as above.
  }
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: async ({ signal }) => {
    try {
      const me = await request<Me>('GET', '/api/me', undefined, signal);
      remember(true);
      return me;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) remember(false);
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async ({ signal }) =>
    (await request<{ items: Device[] }>('GET', '/api/auth/sessions', undefined, signal)).items,
  refetchOnMount: 'always',
});

export const signOutDevice = (id: string) =>
  request<void>('DELETE', `/api/auth/sessions/${encodeURIComponent(id)}`);

export const signIn = (body: { email: string; password: string }) =>
  request<unknown>('POST', '/api/auth/sign-in/email', body);

export const signUp = (body: { name: string; email: string; password: string; invitation?: string }) =>
  request<unknown>('POST', '/api/auth/sign-up/email', body);

export const signOut = () => request<unknown>('POST', '/api/auth/sign-out', {});
