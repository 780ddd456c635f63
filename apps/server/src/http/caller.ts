import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { FastifyRequest } from 'fastify';
import type { Accounts, Membership, Role } from '../company/accounts.ts';
import type { ApiTokens } from '../login/api-tokens.ts';
import { credentialOf } from '../login/credentials.ts';
import type { Login, Person } from '../login/login.ts';
import type { Operators } from '../operator/operators.ts';
import { isAllowedOrigin } from './origin.ts';
import { sendProblem } from './problems.ts';
import type { App, Needs } from './routes.ts';

/** Who asks, and for which of their companies. */
export interface Caller {
  readonly user: Person;
  readonly companyId: string;
  /** For inTenant. */
  readonly tenant: { readonly companyId: string; readonly userId: string };
  readonly companyName: string;
  readonly role: Role;
  /** All companies the person belongs to; with an API token only the token's. */
  readonly companies: readonly Membership[];
  /** The most this caller may do, whatever the person may: an API token can be read-only. */
  readonly atMost: 'edit' | 'read';
  /** The login session or API token of this request. */
  readonly credential: string;
  /** Values for `Set-Cookie` that renew the session. */
  readonly cookies: readonly string[];
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before the handler of every route that needs somebody. */
    caller: Caller;
  }
}

interface Wicket {
  readonly login: Login;
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
  readonly operators: Operators;
  readonly publicUrl: URL | null;
}

const readers = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Asks every route's caller who they are, before a byte of the body is read. */
export function installCallers(app: App, wicket: Wicket): void {
  app.decorateRequest('caller');
  app.addHook('onRequest', async (request, reply) => {
    const needs = request.routeOptions.config.needs;
    if (needs === undefined || needs === 'nothing' || needs === 'door') {
      const foreign = foreignPage(request, wicket.publicUrl);
      if (needs === 'nothing' && foreign) return sendProblem(reply, foreign);
      return;
    }
    const caller = await findCaller(request, wicket);
    if (isRefusal(caller)) return sendProblem(reply, caller);
    const refusal = lacks(caller, needs);
    if (refusal) return sendProblem(reply, refusal);
    if (needs === 'operator' && !(await wicket.operators.is(caller.user.id)))
      return sendProblem(reply, refuse('no-access', 'Only an operator of the server may do this.'));
    if (caller.cookies.length > 0) reply.header('set-cookie', [...caller.cookies]);
    request.caller = caller;
  });
}

/** The caller behind a cookie or an API token, and in which company they act. */
export async function findCaller(request: FastifyRequest, wicket: Wicket): Promise<Caller | Refusal> {
  const bearer = bearerOf(request);
  if (bearer !== null) return callerOfToken(bearer, wicket);
  const { cookie } = request.headers;
  const session = cookie === undefined ? null : await wicket.login.who(cookie);
  if (!session) return refuse('not-signed-in');
  const foreign = foreignPage(request, wicket.publicUrl);
  if (foreign) return foreign;
  const companies = await home(session.user, wicket.accounts);
  const wanted = request.headers['x-tidemark-company'];
  const company = companies.find(({ companyId }) => wanted === undefined || companyId === wanted);
  if (!company) return refuse('not-found', 'There is no such company.');
  const credential = credentialOf.session(session.sessionId);
  return { ...callerOf(session.user, company, companies, 'edit', credential), cookies: session.cookies };
}

async function callerOfToken(bearer: string, { tokens, accounts }: Wicket): Promise<Caller | Refusal> {
  const token = await tokens.find(bearer);
  if (!token) return refuse('not-signed-in', 'The API token is wrong, withdrawn or expired.');
  const companies = await accounts.memberships(token.user.id);
  const company = companies.find(({ companyId }) => companyId === token.companyId);
  if (!company) return refuse('not-signed-in', 'The API token is of a company you no longer belong to.');
  return callerOf(token.user, company, [company], token.access, credentialOf.token(token.id));
}

function callerOf(
  user: Person,
  company: Membership,
  companies: readonly Membership[],
  atMost: Caller['atMost'],
  credential: string,
): Caller {
  const tenant = { companyId: company.companyId, userId: user.id };
  return { user, ...company, tenant, companies, atMost, credential, cookies: [] };
}

/** A sign-up that a crash cut short left somebody without a company: they get it now. */
async function home(user: Person, accounts: Accounts): Promise<readonly Membership[]> {
  const companies = await accounts.memberships(user.id);
  if (companies.length > 0) return companies;
  await accounts.createCompany(user.id, companyNameOf(user.name));
  return accounts.memberships(user.id);
}

export function companyNameOf(person: string): string {
  return `${person}'s company`;
}

export function bearerOf(request: FastifyRequest): string | null {
  return /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}

/** A page of another site that would act with this browser's cookie. */
function foreignPage(request: FastifyRequest, publicUrl: URL | null): Refusal | null {
  if (readers.has(request.method)) return null;
  const { origin, host } = request.headers;
  if (origin !== undefined) return isAllowedOrigin(origin, host, publicUrl) ? null : refuse('wrong-origin');
  return request.headers['sec-fetch-site'] === 'cross-site' ? refuse('wrong-origin') : null;
}

function lacks(caller: Caller, needs: Needs): Refusal | null {
  if (needs === 'read') return null;
  if (caller.atMost === 'read') return refuse('read-only', 'This API token may only read.');
  if (needs === 'owner' && caller.role !== 'owner')
    return refuse('no-access', 'Only an owner of the company may do this.');
  return null;
}
