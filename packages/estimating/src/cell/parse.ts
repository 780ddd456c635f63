import { standsFor } from './currency-mark.ts';
import { evaluate } from './evaluate.ts';
import { scaled } from './fraction.ts';
import { type Marks, marksOf } from './marks.ts';
import { notANumber, type Token, type Tokens, tokensOf, writeTokens } from './tokens.ts';

/** `calc` is what was typed, when that was more than a number; the same in every language (`12.5*3`). */
export interface Parsed {
  readonly value: number;
  readonly calc?: string;
}

/** Why a text is no number, in words to show in its cell. */
export interface ParseProblem {
  readonly problem: string;
}

const longest = 200;

/** The language (BCP 47) that a number is written in; several where it may be any of them: what they read differently is asked. */
export type Languages = string | readonly string[];

/**
 * Money, in ten-thousandths: `1,234.50`, `$12`, `(12)`, `12-`, `=(10+2)*3`. Halves of the last place away from zero. With a `currency`
 * (ISO 4217) an amount that says another one is none of it.
 */
export function parseAmount(text: string, languages?: Languages, currency?: string): Parsed | ParseProblem {
  return parse(text, languages, ({ tokens, currencies }) => {
    if (tokens.some((token) => token === "'" || token === '"')) return 'Feet and inches are no amount.';
    const locales = ['en', ...listed(languages)];
    const foreign = currencies.find((mark) => currency !== undefined && !standsFor(mark, currency, locales));
    if (foreign !== undefined)
      return `${foreign.trim()} is another currency: amounts here are in ${currency}.`;
    return 10_000;
  });
}

/** A quantity, in millionths: `12*3.5`, `10'6"`, `6 1/2`. Feet and inches come to feet. */
export function parseQuantity(text: string, languages?: Languages): Parsed | ParseProblem {
  return parse(text, languages, ({ currencies }) =>
    currencies.length > 0 ? 'An amount of money is no quantity.' : 1_000_000,
  );
}

/** A rate, in basis points; `15` and `15%` are both 1500. */
export function parseRate(text: string, languages?: Languages): Parsed | ParseProblem {
  return parse(text, languages, ({ tokens, currencies }) => {
    if (currencies.length > 0 || tokens.some((token) => token === "'" || token === '"'))
      return 'That is not a rate.';
    return tokens.includes('%') ? 10_000 : 100;
  });
}

/** What was typed, in the language of who reads it now: `12,5*3`. */
export function formatCalc(calc: string, locale?: string): string {
  return marksOf(locale ?? 'en').decimal === ',' ? calc.replaceAll(/(\d)\.(\d)/gu, '$1,$2') : calc;
}

/** Parts of the unit that a cell is kept in, or why these tokens don't belong there. */
type Scale = (tokens: Tokens) => number | string;

function parse(text: string, languages: Languages | undefined, scaleOf: Scale): Parsed | ParseProblem {
  if (text.length > longest) return { problem: 'That is too long.' };
  const read = readTokens(text, listed(languages).map(marksOf));
  if (typeof read === 'string') return { problem: read };
  if (read.tokens.length === 0) return { problem: notANumber };
  const scale = scaleOf(read);
  if (typeof scale === 'string') return { problem: scale };
  const result = evaluate(read.tokens);
  if (typeof result === 'string') return { problem: result };
  const value = scaled(result, scale);
  if (value === null) return { problem: 'That number is too large.' };
  if (isPlain(read.tokens)) return { value };
  const calc = writeTokens(read.tokens);
  // It is read again by this very function.
  return calc.length > longest ? { problem: 'That is too long.' } : { value, calc };
}

/** English where none is said. */
function listed(languages: Languages | undefined): readonly string[] {
  return typeof languages === 'string' ? [languages] : (languages ?? ['en']);
}

/** Negative numbers as ledgers write them, `(12)` and `12-`, get their sign in front. */
function readTokens(text: string, marks: readonly Marks[]): Tokens | string {
  const read = tokensOf(text, marks);
  if (typeof read === 'string' || read.formula) return read;
  const { tokens } = read;
  const last = tokens.length - 1;
  if (tokens[0] === '(' && tokens[last] === ')' && isPlain(tokens.slice(1, -1)) && tokens[1] !== '-') {
    return { ...read, tokens: ['-', ...tokens.slice(1, -1)] };
  }
  if (tokens[last] === '-' && typeof tokens[0] === 'object' && isPlain(tokens.slice(0, -1))) {
    return { ...read, tokens: ['-', ...tokens.slice(0, -1)] };
  }
  return read;
}

/** A number, maybe with a sign before it and a percent sign behind. */
function isPlain(tokens: readonly Token[]): boolean {
  const from = tokens[0] === '-' || tokens[0] === '+' ? 1 : 0;
  const to = tokens.at(-1) === '%' ? tokens.length - 1 : tokens.length;
  const token = tokens[from];
  return to - from === 1 && typeof token === 'object' && token.part === null;
}
