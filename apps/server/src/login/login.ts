import { randomUUID } from 'node:crypto';
import type { LoginTables } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import type { Log } from '@tidemark/sync';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import type { Kysely } from 'kysely';
import { invalid } from '../http/problems.ts';
import { hashPassword, passwordLength, verifyPassword } from './passwords.ts';

/** Who has an account, and whose session a cookie is. Companies and rights are not known here. */
export interface Login {
  /** `device` is how the browser calls itself, for the list of sessions. */
  signUp(
    person: { name: string; email: string; password: string },
    device: string | undefined,
  ): Promise<SignedIn | Refusal>;
  signIn(
    credentials: { email: string; password: string },
    device: string | undefined,
  ): Promise<SignedIn | Refusal>;
  /** Ends the session of this cookie; returns the cookies that make the browser forget it. */
  signOut(cookie: string | undefined): Promise<readonly string[]>;
  /** Null when there is no session. `cookies` renew one that is half used up. */
  who(cookie: string): Promise<(SignedIn & { readonly sessionId: string }) | null>;
  /** Undoes a sign-up that could not be finished. */
  forget(userId: string): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface SignedIn {
  readonly user: Person;
  /** Values for `Set-Cookie`. */
  readonly cookies: readonly string[];
}

interface LoginOptions {
  /** Works as the role that owns the login tables. */
  readonly tables: Kysely<LoginTables>;
  readonly secret: string;
  /** Cookies are `Secure` when people come over https. */
  readonly secure: boolean;
  readonly journal: Log;
}

/** Characters kept of how a browser calls itself. */
const deviceLength = 300;

export function createLogin({ tables, secret, secure, journal }: LoginOptions): Login {
  const auth = betterAuth({
    appName: 'Tidemark',
    baseURL: 'http://tidemark.invalid', // only for links in mails and redirects, of which there are none
    basePath: '/api/auth',
    secret,
    database: { db: tables, type: 'postgres', transaction: true },
    emailAndPassword: {
      enabled: true,
      autoSignIn: true,
      minPasswordLength: passwordLength.min,
      maxPasswordLength: passwordLength.max,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: { expiresIn: 30 * 24 * 60 * 60, updateAge: 24 * 60 * 60 },
    advanced: {
      cookiePrefix: 'tidemark',
      useSecureCookies: secure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      database: { generateId: () => randomUUID(), validateSchema: false },
      ipAddress: { disableIpTracking: true },
      // Its router is not mounted: one origin check and one rate limit in front serve all routes alike.
      disableCSRFCheck: true,
      disableOriginCheck: true,
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      // Its messages may name people; what matters comes back to us as an error.
      log: (level, message) => journal.debug('login library', { level, message: message.slice(0, 40) }),
    },
  });

  const deviceOf = (device: string | undefined) =>
    new Headers(device === undefined ? {} : { 'user-agent': device.slice(0, deviceLength) });
  const headersOf = (cookie: string | undefined) => new Headers(cookie === undefined ? {} : { cookie });

  return {
    async signUp(body, device) {
      const headers = deviceOf(device);
      return answer(() => auth.api.signUpEmail({ body, headers, returnHeaders: true }));
    },
    async signIn(body, device) {
      const headers = deviceOf(device);
      return answer(() => auth.api.signInEmail({ body, headers, returnHeaders: true }));
    },
    async signOut(cookie) {
      const { headers } = await auth.api.signOut({ headers: headersOf(cookie), returnHeaders: true });
      return headers.getSetCookie();
    },
    async who(cookie) {
      const { headers, response } = await auth.api.getSession({
        headers: headersOf(cookie),
        returnHeaders: true,
      });
      if (!response) return null;
      const { user, session } = response;
      return { user: personOf(user), cookies: headers.getSetCookie(), sessionId: session.id };
    },
    async forget(userId) {
      const context = await auth.$context;
      await context.internalAdapter.deleteUser(userId);
    },
  };
}

async function answer(
  ask: () => Promise<{ headers: Headers; response: { user: Person } }>,
): Promise<SignedIn | Refusal> {
  try {
    const { headers, response } = await ask();
    return { user: personOf(response.user), cookies: headers.getSetCookie() };
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

function personOf({ id, name, email }: Person): Person {
  return { id, name, email };
}

/** The library's errors that are answers, as rows of our table; null for its faults. */
function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof APIError)) return null;
  switch (error.body?.code) {
    case 'INVALID_EMAIL_OR_PASSWORD':
      return refuse('wrong-credentials');
    case 'USER_ALREADY_EXISTS':
    case 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL':
      return refuse('already-exists', 'Somebody has signed up with this email address; sign in instead.');
    case 'INVALID_EMAIL':
      return invalid({ email: 'is not an email address' });
    case 'PASSWORD_TOO_SHORT':
      return invalid({ password: `needs at least ${passwordLength.min} characters` });
    case 'PASSWORD_TOO_LONG':
      return invalid({ password: `has more than ${passwordLength.max} characters` });
    default:
      return null;
  }
}
