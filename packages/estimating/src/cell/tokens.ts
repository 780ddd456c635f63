import { clean } from './clean.ts';
import type { Marks } from './marks.ts';
import { plainNumber } from './plain-number.ts';

export type Sign = '+' | '-' | '*' | '/' | '(' | ')' | '%' | "'" | '"';
export type Token = Sign | NumberToken;

export interface NumberToken {
  /** With a point: `1234.5`. */
  readonly digits: string;
  readonly exponent: number;
  /** `1/2` behind the 6 of `6 1/2`. */
  readonly part: readonly [string, string] | null;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  /** Signs and codes of currencies that stood somewhere; they are left out. */
  readonly currencies: readonly string[];
  /** Whether it began with an equals sign. */
  readonly formula: boolean;
}

const patterns = {
  space: / /uy,
  number: /\d(?:\d|[.,](?=\d)|[ '](?=\d{3}(?![\d"])))*\.?|[.,]\d+/uy,
  exponent: /[eE]([+-]?\d{1,2})(?![\d\p{L}])/uy,
  part: / +(\d{1,2})\/(\d{1,3})(?![\d.,])/uy,
  /** `1/2` of an inch, as rules and saws are marked: no division. */
  inch: /(\d{1,2})\/(2|4|8|16|32|64)(?= ?(?:"|in(?!\p{L})))/uy,
  currency:
    /(?:\p{Lu}{1,3})?\p{Sc}(?: ?\p{Lu}{2}(?!\p{L}))?|(?:\p{Lu}{3}|kr|zł|Kč|Ft|lei|Fr|Rs)(?!\p{L})\.?/uy,
  feet: /(?:ft|feet|foot)(?!\p{L})\.?/uy,
  inches: /in(?:ch|ches)?(?!\p{L})\.?/uy,
  times: /[xX](?!\p{L})/uy,
  sign: /[-+*/()%'"]/uy,
};

/** Cuts a cell's text into tokens; a string says, for people, why it can't. */
export function tokensOf(text: string, marks: readonly Marks[]): Tokens | string {
  const cleaned = clean(text);
  const formula = cleaned.startsWith('=');
  // Turkish and Basque write the percent sign first.
  const source = formula ? cleaned.slice(1) : cleaned.replace(/^(-?) ?% ?(.+)$/u, '$1$2%');
  const tokens: Token[] = [];
  const currencies: string[] = [];
  let at = 0;
  const take: Take = (pattern) => {
    patterns[pattern].lastIndex = at;
    const found = patterns[pattern].exec(source);
    if (found !== null) at += found[0].length;
    return found;
  };
  while (at < source.length) {
    if (take('space') !== null) continue;
    const inch = takePart('inch', take);
    if (inch !== null) {
      tokens.push({ digits: '0', exponent: 0, part: inch });
      continue;
    }
    const written = take('number')?.[0];
    if (written !== undefined) {
      const digits = plainNumber(written, marks);
      if (digits === null) return notANumber;
      if (digits === 'ambiguous') return unclear(written);
      const exponent = Number(take('exponent')?.[1] ?? 0);
      tokens.push({ digits, exponent, part: /\D/u.test(digits) ? null : takePart('part', take) });
      continue;
    }
    const currency = take('currency')?.[0];
    if (currency !== undefined) currencies.push(currency);
    else if (take('feet') !== null) tokens.push("'");
    else if (take('inches') !== null) tokens.push('"');
    else if (take('times') !== null) tokens.push('*');
    else {
      const sign = take('sign');
      if (sign === null) return notANumber;
      tokens.push(sign[0] as Sign);
    }
  }
  return { tokens, currencies, formula };
}

export const notANumber = 'That is not a number.';

function unclear(written: string): string {
  return `${written} can be read in two ways. Write ${written.replace(/[.,]/u, '')} or ${written}0.`;
}

type Take = (pattern: keyof typeof patterns) => RegExpExecArray | null;

function takePart(pattern: 'part' | 'inch', take: Take): readonly [string, string] | null {
  const found = take(pattern);
  return found === null ? null : [found[1] ?? '', found[2] ?? ''];
}

/** As one would type it again, the same in every language: a point, no groups, `*` and `/`. */
export function writeTokens(tokens: readonly Token[]): string {
  return tokens
    .map((token, index) => {
      // 1'012 would be a thousand and twelve, as the Swiss write; 1/2" is half an inch, 1 / 2" is six feet.
      const apart = tokens[index - 1] === "'" ? ' ' : '';
      if (typeof token !== 'string') return `${apart}${writeNumber(token)}`;
      return token === '/' && tokens[index + 2] === '"' ? ' / ' : token;
    })
    .join('');
}

function writeNumber({ digits, exponent, part }: NumberToken): string {
  const plain = digits.startsWith('.') ? `0${digits}` : digits.replace(/\.$/u, '');
  return `${plain}${exponent === 0 ? '' : `e${exponent}`}${part === null ? '' : ` ${part[0]}/${part[1]}`}`;
}
