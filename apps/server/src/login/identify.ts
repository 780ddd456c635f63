import { type Refusal, refuse } from '@tidemark/protocol';
import type { Principal } from '@tidemark/sync';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../http/caller.ts';
import { isAllowedOrigin } from '../http/origin.ts';
import type { ApiTokens } from './api-tokens.ts';
import { credentialOf } from './credentials.ts';
import type { Login } from './login.ts';
import { type SyncTokens, tokenOf } from './sync-tokens.ts';

interface Keys {
  readonly login: Login;
  readonly tokens: ApiTokens;
  readonly syncTokens: SyncTokens;
  readonly publicUrl: URL | null;
}

/**
 * Who stands at `/sync/:documentId`: by the sync token of the query, else by bearer token, else by session cookie. A cookie
 * counts only when the page that opens the socket is ours: browsers send it along for any site's page.
 */
export async function identify(request: FastifyRequest, keys: Keys): Promise<Principal | Refusal> {
  const { documentId } = request.params as { documentId: string };
  const parameter = tokenOf(new URL(request.url, 'http://door').searchParams.get('token') ?? undefined);
  if (parameter !== null) {
    const claim = keys.syncTokens.verify(parameter, Date.now());
    if (!claim) return refuse('not-signed-in', 'The sync token is wrong or has expired.');
    if (claim.documentId !== documentId)
      return refuse('no-access', 'The sync token is for another document.');
    return { userId: claim.userId, atMost: claim.atMost, credential: claim.credential };
  }
  const bearer = bearerOf(request);
  if (bearer !== null) {
    const token = await keys.tokens.find(bearer);
    return token
      ? { userId: token.user.id, atMost: token.access, credential: credentialOf.token(token.id) }
      : refuse('not-signed-in');
  }
  const { cookie, origin, host } = request.headers;
  if (cookie === undefined) return refuse('not-signed-in');
  if (origin === undefined || !isAllowedOrigin(origin, host, keys.publicUrl)) return refuse('wrong-origin');
  const session = await keys.login.who(cookie);
  if (!session) return refuse('not-signed-in');
  return { userId: session.user.id, atMost: 'edit', credential: credentialOf.session(session.sessionId) };
}
