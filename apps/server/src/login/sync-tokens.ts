import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Access } from '@tidemark/protocol';
import * as z from 'zod';

/** What a sync token says. What its holder may do is looked up again when the session joins. */
export interface SyncClaim {
  readonly documentId: string;
  readonly userId: string;
  readonly atMost: Access;
  /** By what its holder came in; when that is withdrawn, so are the sessions that were opened with the token. */
  readonly credential: string | null;
  /** Milliseconds since 1970, UTC. */
  readonly expiresAt: number;
}

export interface SyncTokens {
  issue(claim: SyncClaim): string;
  /** Null when it is not ours, was changed, or has expired. */
  verify(token: string, now: number): SyncClaim | null;
}

/** Milliseconds. */
export const syncTokenLife = 15 * 60 * 1000;

const Payload = z.tuple([z.string(), z.string(), z.enum(['edit', 'read']), z.int(), z.string().nullable()]);

/** `payload.signature`, both base64url: only letters, digits, `-`, `_` and the dot, so that a URL takes it as it is. */
export function createSyncTokens(secret: string): SyncTokens {
  const key = createHmac('sha256', secret).update('tidemark sync token').digest();
  const sign = (payload: string) => createHmac('sha256', key).update(payload).digest();
  return {
    issue({ documentId, userId, atMost, credential, expiresAt }) {
      const claim = JSON.stringify([documentId, userId, atMost, expiresAt, credential]);
      const payload = Buffer.from(claim).toString('base64url');
      return `${payload}.${sign(payload).toString('base64url')}`;
    },
    verify(token, now) {
      const [payload, signature, ...rest] = token.split('.');
      if (!payload || !signature || rest.length > 0) return null;
      const given = Buffer.from(signature, 'base64url');
      const wanted = sign(payload);
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      const parsed = Payload.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (!parsed.success) return null;
      const [documentId, userId, atMost, expiresAt, credential] = parsed.data;
      return expiresAt > now ? { documentId, userId, atMost, credential, expiresAt } : null;
    },
  };
}

/**
 * The token of a query string's `token` parameter: its leading run of token characters. y-websocket appends
 * `/room?token=…` to whatever URL it is given, so the `url` of a sync-token answer, used as its server URL, reads
 * `?token=T/room?token=T`.
 */
export function tokenOf(parameter: string | undefined): string | null {
  return parameter === undefined ? null : (/^[\w.-]*/.exec(parameter)?.[0] ?? '');
}
