import { queryOptions } from '@tanstack/react-query';
import { ApiError, request } from './http.ts';
import { forgetAnswers, orRecalled } from './kept-answers.ts';
import { keepMe, keptMe } from './kept-me.ts';
import type { Device, Me } from './types.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  // Without the server, whoever was signed in goes on with what is on this device.
  queryFn: ({ signal }) => orRecalled(askForMe(signal), async () => keptMe(), signal),
  staleTime: ({ state }) => (state.data?.recalled ? 0 : 5 * 60_000),
});

async function askForMe(signal: AbortSignal): Promise<Me> {
  try {
    const me = await request<Me>('GET', '/api/me', undefined, signal);
    keepMe(me);
    return me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) keepMe(null);
    throw error;
  }
}

export const devicesQuery = queryOptions({
  queryKey: ['devices'],
  queryFn: async ({ signal }) =>
    (await request<{ items: Device[] }>('GET', '/api/auth/sessions', undefined, signal)).items,
  refetchOnMount: 'always',
});

export const signOutDevice = (id: string) =>
  request<void>('DELETE', `/api/auth/sessions/${encodeURIComponent(id)}`);

export const signIn = (body: { email: string; password: string }) => enter('/api/auth/sign-in/email', body);

export const signUp = (body: { name: string; email: string; password: string; invitation?: string }) =>
  enter('/api/auth/sign-up/email', body);

async function enter(path: string, body: object): Promise<void> {
  await request<unknown>('POST', path, body);
  // Whoever it was before: nobody goes on as them.
  keepMe(null);
}

/** Takes from this device who it was and what the server told them; copies of documents stay. */
export async function signOut(): Promise<void> {
  await request<unknown>('POST', '/api/auth/sign-out', {});
  await forgetAnswers();
  keepMe(null);
}
