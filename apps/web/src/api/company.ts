import { queryOptions } from '@tanstack/react-query';
import { request } from './http.ts';
import { askOrRecall } from './kept-answers.ts';
import type { InvitationView, Member, Role } from './types.ts';

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: async ({ signal }) =>
    (await askOrRecall<{ items: Member[] }>('/api/company/members', signal)).items,
});

export const changeRole = (userId: string, role: Role) =>
  request<Member>('PATCH', `/api/company/members/${encodeURIComponent(userId)}`, { role });

export const removeMember = (userId: string) =>
  request<void>('DELETE', `/api/company/members/${encodeURIComponent(userId)}`);

export const invitationQuery = (code: string) =>
  queryOptions({
    queryKey: ['invitation', code],
    queryFn: ({ signal }) =>
      request<InvitationView>('GET', `/api/invitations/${encodeURIComponent(code)}`, undefined, signal),
    retry: false,
  });

export const createInvitation = (role: 'editor' | 'viewer') =>
  request<{ code: string }>('POST', '/api/invitations', { role });

export const renameCompany = (name: string) => request<unknown>('PATCH', '/api/company', { name });

export const acceptInvitation = (code: string) =>
  request<unknown>('POST', `/api/invitations/${encodeURIComponent(code)}/accept`, {});
