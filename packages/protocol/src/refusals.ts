/**
 * Every "no" that Tidemark says, in one table. A refusal is an expected answer, not a fault: it is a value
 * that names a row of this table, never a thrown error. `docs/refusals.md` lists the same rows; a test holds
 * the two equal.
 */

/** How a refusal travels: HTTP status for requests, close code for sync connections (null: not used there). */
export interface RefusalKind {
  readonly http: number | null;
  readonly close: number | null;
  /** True when the same request may succeed later with nothing changed by the caller. */
  readonly passing: boolean;
  readonly meaning: string;
}

export const refusals = {
  malformed: { http: 400, close: 4400, passing: false, meaning: 'The bytes or the request cannot be read.' },
  'unknown-frame': {
    http: null,
    close: 4400,
    passing: false,
    meaning: 'The frame is of a type that this server does not know.',
  },
  'too-many-gaps': {
    http: null,
    close: 4400,
    passing: false,
    meaning: 'Too much content waits for updates that never came.',
  },
  'foreign-client-id': {
    http: null,
    close: 4400,
    passing: false,
    meaning: 'Awareness was sent under a client ID that belongs to another connection.',
  },
  'not-signed-in': {
    http: 401,
    close: 4401,
    passing: false,
    meaning: 'Sign in first, or again: the session or token is missing, wrong or expired.',
  },
  'wrong-credentials': {
    http: 401,
    close: null,
    passing: false,
    meaning: 'The email address or the password is wrong.',
  },
  'read-only': { http: 403, close: null, passing: false, meaning: 'You may read this but not change it.' },
  'no-access': { http: 403, close: 4403, passing: false, meaning: 'You may not do this.' },
  'wrong-origin': {
    http: 403,
    close: 4403,
    passing: false,
    meaning: 'The request comes from a site that is not allowed.',
  },
  'not-found': {
    http: 404,
    close: 4404,
    passing: false,
    meaning: 'There is no such thing, or you may not know of it.',
  },
  'no-detail': {
    http: 410,
    close: null,
    passing: false,
    meaning: 'Of that time only the versions are left.',
  },
  'already-exists': { http: 409, close: null, passing: false, meaning: 'It is there already.' },
  'changed-meanwhile': {
    http: 409,
    close: null,
    passing: false,
    meaning: 'Somebody else has changed it since you read it.',
  },
  'last-owner': {
    http: 409,
    close: null,
    passing: false,
    meaning: 'A company keeps at least one owner.',
  },
  'already-used': {
    http: 409,
    close: null,
    passing: false,
    meaning: 'The invitation was used, withdrawn or has expired.',
  },
  'status-conflict': {
    http: 409,
    close: null,
    passing: false,
    meaning: 'The estimate does not stand where this change of status begins.',
  },
  'not-in-bin': {
    http: 409,
    close: null,
    passing: false,
    meaning: 'Only what is in the bin can be deleted for good.',
  },
  'stale-epoch': {
    http: 409,
    close: 4409,
    passing: false,
    meaning: 'The document was begun anew; this copy belongs to its earlier life.',
  },
  'too-large': { http: 413, close: 4413, passing: false, meaning: 'It is larger than the limit.' },
  'checksum-mismatch': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'The bytes that arrived are not the bytes that were sent.',
  },
  'not-a-table': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'The file is not a table that can be read.',
  },
  'password-protected': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'The file is protected by a password.',
  },
  'old-format': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'The file is in a format of old programs; save it in a newer one first.',
  },
  'not-an-estimate': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'The file is not an estimate as Tidemark writes them.',
  },
  'unknown-encoding': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'The file is not text in the encoding that it names.',
  },
  'not-xml': { http: 422, close: null, passing: false, meaning: 'The file is no XML, or it is broken.' },
  'unsafe-xml': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'The file declares a document type; such files are not read.',
  },
  'not-bpmn': { http: 422, close: null, passing: false, meaning: 'The file is not BPMN 2.0.' },
  'cannot-draw': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'There is nothing to be drawn, or it is too much for one picture.',
  },
  'cannot-submit': {
    http: 422,
    close: null,
    passing: false,
    meaning: 'Parts of the estimate cannot be reckoned; mend them, then submit.',
  },
  invalid: { http: 422, close: null, passing: false, meaning: 'Some fields are not as they should be.' },
  'too-many-requests': {
    http: 429,
    close: null,
    passing: true,
    meaning: 'Too many requests; wait a moment.',
  },
  'cannot-store': {
    http: 503,
    close: 4503,
    passing: true,
    meaning: 'The server cannot store at present; nothing is lost, try again.',
  },
  'too-fast': { http: null, close: 4529, passing: true, meaning: 'Frames come faster than allowed.' },
  'too-slow': {
    http: null,
    close: 4529,
    passing: true,
    meaning: 'The connection does not take what is sent to it.',
  },
  restarting: { http: 503, close: 1012, passing: true, meaning: 'The server restarts.' },
  quarantined: {
    http: 503,
    close: 1011,
    passing: true,
    meaning: 'What is stored of the document cannot be read; it is kept as it is and operators are told.',
  },
  internal: { http: 500, close: 1011, passing: true, meaning: 'The server met a fault of its own.' },
} as const satisfies Record<string, RefusalKind>;

export type RefusalCode = keyof typeof refusals;

/** One "no", with what was wrong this time. `detail` is plain English for people and holds no secrets. */
export interface Refusal {
  readonly refused: RefusalCode;
  readonly detail: string;
}

export function refuse(code: RefusalCode, detail: string = refusals[code].meaning): Refusal {
  return { refused: code, detail };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

/** Whether a client that was closed with this code must not come back by itself (44xx, see docs/architecture.md). */
export function isFinalClose(closeCode: number): boolean {
  return closeCode >= 4400 && closeCode <= 4499;
}
