/** A "no" or a fault of the HTTP API. `code` is of the refusal table, `offline` when no answer came at all. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, string>>;
  /** Of a file that was refused: where it is wrong, from 1. */
  readonly line: number | null;

  constructor(
    code: string,
    status: number,
    detail: string,
    fields: Readonly<Record<string, string>> = {},
    line: number | null = null,
  ) {
    super(detail);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.fields = fields;
    this.line = line;
  }
}

interface Problem {
  code?: string;
  detail?: string;
  message?: string;
  title?: string;
  fields?: Record<string, string>;
}

/** Reads a refused answer; a body that is no problem document still gives an honest error. */
export async function toApiError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const detail =
    problem.detail ??
    problem.message ??
    problem.title ??
    `The server answered with status ${response.status}.`;
  return new ApiError(problem.code ?? 'internal', response.status, detail, problem.fields ?? {});
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request with the session's cookie. Throws ApiError. */
export async function request<T>(
  method: Method,
  path: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError('offline', 0, 'The server cannot be reached.');
  }
  if (!response.ok) throw await toApiError(response);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Whether nobody answered who knows: no network, no server, or one behind a door that says that it is away. */
export function isSilence(error: unknown): boolean {
  if (error instanceof ApiError) return error.status === 0 || [502, 503, 504].includes(error.status);
  return error instanceof DOMException && error.name === 'TimeoutError';
}

/** An answer that is bytes. Throws ApiError. */
export async function requestBytes(path: string, signal: AbortSignal): Promise<Uint8Array> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError('offline', 0, 'The server cannot be reached.');
  }
  if (!response.ok) throw await toApiError(response);
  return new Uint8Array(await response.arrayBuffer());
}

/** An answer that comes as lines of JSON while the server works. Throws ApiError, also when it breaks off within a line. */
export async function* requestLines<T>(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<T> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw await toApiError(response);
    if (response.body === null) return;
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = `${rest}${part.value}`.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) yield JSON.parse(line) as T;
    }
  } catch (cause) {
    if (cause instanceof ApiError || signal.aborted) throw cause;
    throw new ApiError('offline', 0, 'The server cannot be reached.');
  }
}

/** What went wrong, for people. */
export function wordsOf(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  return 'Something went wrong on this page. Try again.';
}
