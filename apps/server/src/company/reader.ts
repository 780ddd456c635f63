import type { Role } from './accounts.ts';

/** For whom documents and files are looked up: the company, the person, and what the person is in it. */
export interface Reader {
  readonly tenant: { readonly companyId: string; readonly userId: string };
  readonly role: Role;
}
