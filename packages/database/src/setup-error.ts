/** A database that cannot be used until somebody acts. `sentence` says what to do, in plain English, and holds no secrets. */
export class DatabaseSetupError extends Error {
  readonly sentence: string;

  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.name = 'DatabaseSetupError';
    this.sentence = sentence;
  }
}
