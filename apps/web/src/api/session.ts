import { queryOptions } from '@tanstack/react-query';
import { request } from './http.ts';
import type { Me } from './types.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => request<Me>('GET', '/api/me', undefined, signal),
  staleTime: 5 * 60_000,
});

export const signIn = (body: { email: string; password: string }) =>
  request<unknown>('POST', '/api/auth/sign-in/email', body);

export const signUp = (body: { name: string; email: string; password: string; invitation?: string }) =>
  request<unknown>('POST', '/api/auth/sign-up/email', body);

export const signOut = () => request<unknown>('POST', '/api/auth/sign-out', {});
