import { type Refusal, refuse } from '@tidemark/protocol';
import type { Caller } from '../http/caller.ts';

/** Everybody in the company reads the price list; who may not edit there does not change it. */
export function mayNotChange({ role }: Pick<Caller, 'role'>): Refusal | null {
  return role === 'viewer' ? refuse('read-only', 'You may read the price list but not change it.') : null;
}
