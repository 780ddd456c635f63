/**
 * What a number is typed or pasted in. It is shown as English writes it, and people may type as their browser's language does: where
 * one of them reads `1.234` as a thousand and the other does not, the field asks.
 */
export const typedIn: readonly string[] = ['en', new Intl.NumberFormat().resolvedOptions().locale];
