import { isRefusal } from '@tidemark/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Accounts } from '../company/accounts.ts';
import { companyNameOf } from '../http/caller.ts';
import { no } from '../http/problems.ts';
import { type App, answers } from '../http/routes.ts';
import { storableText } from '../http/text.ts';
import type { Login, SignedIn } from './login.ts';
import { passwordLength } from './passwords.ts';

const email = z.email().max(320).describe('Compared without regard to upper and lower case.');
const Credentials = z.object({ email, password: z.string().min(1).max(passwordLength.max) });
const SignUp = z.object({
  // The library hides the database's own refusal of it.
  name: storableText().trim().min(1).max(100),
  email,
  password: z.string().min(passwordLength.min).max(passwordLength.max),
  invitation: z
    .string()
    .max(200)
    .optional()
    .describe('The code of an invitation: join its company instead of founding one.'),
});
const Signed = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
});

interface AuthRoutes {
  readonly login: Login;
  readonly accounts: Accounts;
}

export function authRoutes(app: App, { login, accounts }: AuthRoutes): void {
  app.post(
    '/api/auth/sign-up/email',
    {
      config: { needs: 'nothing', rateLimit: limit(300, (request) => `sign-up ${request.ip}`) },
      schema: {
        summary: 'Sign up',
        description:
          'Founds a company with a shared and a personal space, or joins the one of the invitation. Sets the session cookie.',
        tags: ['login'],
        body: SignUp,
        response: answers(
          'nothing',
          { 200: Signed },
          'invalid',
          'already-exists',
          'already-used',
          'not-found',
          'too-many-requests',
        ),
      },
    },
    async (request, reply) => {
      const { invitation, ...person } = request.body;
      // Looked at first, so that a wrong code leaves no account behind; taken below, where the last word is spoken.
      if (invitation !== undefined) {
        const offered = await accounts.invitation(invitation);
        if (isRefusal(offered)) return no(offered);
      }
      const signed = await login.signUp(person, request.headers['user-agent']);
      if (isRefusal(signed)) return no(signed);
      const joined = await settle(signed, invitation).catch(async (error: unknown) => {
        await login.forget(signed.user.id);
        throw error;
      });
      if (isRefusal(joined)) {
        await login.forget(signed.user.id);
        return no(joined);
      }
      return welcome(reply, signed);
    },
  );

  /** Gives a new person their place: a company of their own or the one that invited them. */
  async function settle({ user }: SignedIn, invitation: string | undefined) {
    if (invitation !== undefined) return accounts.accept(user.id, invitation);
    return { companyId: await accounts.createCompany(user.id, companyNameOf(user.name)) };
  }

  app.post(
    '/api/auth/sign-in/email',
    {
      config: { needs: 'nothing', rateLimit: limit(30, signInKey) },
      schema: {
        summary: 'Sign in',
        description: 'Sets the session cookie.',
        tags: ['login'],
        body: Credentials,
        response: answers('nothing', { 200: Signed }, 'invalid', 'wrong-credentials', 'too-many-requests'),
      },
    },
    async (request, reply) => {
      const signed = await login.signIn(request.body, request.headers['user-agent']);
      return isRefusal(signed) ? no(signed) : welcome(reply, signed);
    },
  );

  app.post(
    '/api/auth/sign-out',
    {
      config: { needs: 'nothing' },
      schema: {
        summary: 'Sign out',
        description: 'Ends the session of the cookie. Harmless when there is none.',
        tags: ['login'],
        response: answers('nothing', { 200: z.object({ success: z.literal(true) }) }, 'wrong-origin'),
      },
    },
    async (request, reply) => {
      setCookies(reply, await login.signOut(request.headers.cookie));
      return { success: true as const };
    },
  );
}

function welcome(reply: FastifyReply, { user, cookies }: SignedIn) {
  setCookies(reply, cookies);
  return { user: { ...user } };
}

function setCookies(reply: FastifyReply, cookies: readonly string[]): void {
  if (cookies.length > 0) reply.header('set-cookie', [...cookies]);
}

/** Per minute. Asked before the handler, when the body is known. */
function limit(max: number, keyGenerator: (request: FastifyRequest) => string) {
  return { max, timeWindow: 60_000, keyGenerator, hook: 'preHandler' as const };
}

/** One address may try one account so often; a guesser of many accounts meets the server-wide limit. */
function signInKey(request: FastifyRequest): string {
  const { email: account } = request.body as z.infer<typeof Credentials>;
  return `sign-in ${account.toLowerCase()} ${request.ip}`;
}
