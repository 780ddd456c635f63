/** What a proposal may hold. Beyond it the answer is a refusal, not a slow machine. */
export const limits = {
  /** Sections, lines and options. */
  lines: 10_000,
  /** Characters of the scope of work and of the terms, each. */
  text: 200_000,
} as const;
