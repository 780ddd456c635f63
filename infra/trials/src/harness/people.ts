/** A signed-in person who talks HTTP to a server, as a browser would: cookie and Origin. */
export interface Person {
  readonly cookie: string;
  call(origin: string, method: string, path: string, body?: unknown): Promise<Response>;
}

export async function signUp(origin: string, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}-${crypto.randomUUID().slice(0, 8)}@example.com`;
  const response = await fetch(`${origin}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ name, email, password: 'correct horse battery' }),
  });
  if (!response.ok) throw new Error(`sign-up failed: ${response.status} ${await response.text()}`);
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0]!)
    .join('; ');
  return {
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

export async function createDocument(origin: string, person: Person, title: string): Promise<string> {
  const response = await person.call(origin, 'POST', '/api/documents', { kind: 'dashboard', title });
  if (response.status !== 201) throw new Error(`no document: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

/** A sync URL that can be given to any WebSocket client. */
export async function syncUrl(origin: string, person: Person, documentId: string): Promise<string> {
  const response = await person.call(origin, 'POST', `/api/documents/${documentId}/sync-token`, {});
  if (!response.ok) throw new Error(`no sync token: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { url: string }).url;
}
