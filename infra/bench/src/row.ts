/** What our figure is to reach: a number of the row's unit, or so many times somebody else's figure. At most or at least, as the row says. */
export interface Goal {
  readonly figure: number;
  readonly of?: 'ws relay' | 'Hocuspocus' | 'the best peer';
}

/** One figure of every contender that has it: a line of the table. */
export interface Row {
  readonly measured: string;
  readonly unit: string;
  readonly better: 'less' | 'more';
  /** Contender → one value per round. */
  readonly values: Readonly<Record<string, readonly number[]>>;
  readonly goal?: Goal;
}
