/** A signed-in person who talks HTTP to a server, as a browser would: cookie and Origin. */
export interface Person {
  readonly name: string;
  readonly email: string;
  readonly cookie: string;
  call(origin: string, method: string, path: string, body?: unknown): Promise<Response>;
}

export const password = 'correct horse battery';

export function newEmail(name: string): string {
  return `${name.toLowerCase().replaceAll(' ', '.')}-${crypto.randomUUID().slice(0, 8)}@example.com`;
}

/** With the code of an invitation the person joins that company, otherwise a company of their own is made. */
export async function signUp(origin: string, name: string, invitation?: string): Promise<Person> {
  const email = newEmail(name);
  const response = await fetch(`${origin}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ name, email, password, ...(invitation ? { invitation } : {}) }),
  });
  if (!response.ok) throw new Error(`sign-up failed: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ');
  return {
    name,
    email,
    cookie,
    call: (at, method, path, body) =>
      fetch(`${at}${path}`, {
        method,
        headers: {
          cookie,
          origin: at,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** Somebody new in `host`'s company. */
export async function signUpInvited(
  origin: string,
  host: Person,
  name: string,
  role: 'editor' | 'viewer',
): Promise<Person> {
  const { code } = await answer<{ code: string }>(
    host.call(origin, 'POST', '/api/invitations', { role }),
    201,
  );
  return signUp(origin, name, code);
}

export async function createDocument(origin: string, person: Person, title: string): Promise<string> {
  const made = person.call(origin, 'POST', '/api/documents', { kind: 'dashboard', title });
  return (await answer<{ id: string }>(made, 201)).id;
}

/** The sample dashboard in the company's space: twelve charts on three real tables. */
export async function createSample(origin: string, person: Person): Promise<string> {
  const made = person.call(origin, 'POST', '/api/documents/sample', {});
  return (await answer<{ id: string }>(made, 201)).id;
}

/** A sync URL that can be given to any WebSocket client. */
export async function syncUrl(origin: string, person: Person, documentId: string): Promise<string> {
  const asked = person.call(origin, 'POST', `/api/documents/${documentId}/sync-token`, {});
  return (await answer<{ url: string }>(asked, 200)).url;
}

export async function answer<T>(asked: Promise<Response>, status: number): Promise<T> {
  const response = await asked;
  if (response.status !== status) {
    throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as T;
}
