import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RefusalCode } from '@tidemark/protocol';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { problems } from './problems.ts';

/**
 * What a route asks of its caller. Every route says it; `routes.test.ts` walks the table and knows what each must answer
 * to strangers, other companies and viewers.
 * - `nothing`: anybody (an address that asks for no login).
 * - `read`: somebody signed in, by cookie or API token.
 * - `edit`: the same, and a token that may change things; whether this document may be changed is asked per document.
 * - `owner`: an owner of the company.
 * - `operator`: somebody who looks after the server.
 * - `door`: the upgrade, which answers in close codes.
 */
export type Needs = 'nothing' | 'read' | 'edit' | 'owner' | 'operator' | 'door';

declare module 'fastify' {
  interface FastifyContextConfig {
    needs?: Needs;
  }
}

/** A Fastify instance whose routes are described by zod schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const always = {
  nothing: [],
  read: ['not-signed-in'],
  edit: ['not-signed-in', 'read-only'],
  owner: ['not-signed-in', 'no-access'],
  operator: ['not-signed-in', 'read-only', 'no-access'],
  door: [],
} as const satisfies Record<Needs, readonly RefusalCode[]>;

/** The response part of a schema: the success answers of a route, and its refusals with what its needs bring along. */
export function answers<T extends Record<number, unknown>>(
  needs: Needs,
  success: T,
  ...codes: RefusalCode[]
): T {
  return { ...success, ...problems(...new Set<RefusalCode>([...always[needs], ...codes])) };
}
