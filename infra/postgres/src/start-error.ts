/** A start that cannot succeed until somebody acts. `sentence` says what to do, in plain English, and holds no secrets. */
export class StartError extends Error {
  readonly sentence: string;

  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'StartError';
    this.sentence = sentence;
  }
}

/** A full disk is told as such, whoever noticed it; anything else comes back unchanged. */
export function explain(error: unknown, dataDir: string): unknown {
  if (error instanceof StartError) return error;
  const code = (error as NodeJS.ErrnoException).code;
  // 53100 is Postgres's own word for it.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') {
    return new StartError(`The disk that holds DATA_DIR (${dataDir}) is full: make room and start again.`, {
      cause: error,
    });
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new StartError(
      `DATA_DIR (${dataDir}) cannot be written by this user: give it to this user, run as the user it belongs to, or choose another DATA_DIR.`,
      { cause: error },
    );
  }
  return error;
}
