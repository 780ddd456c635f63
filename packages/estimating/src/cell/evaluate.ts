import { add, type Fraction, fractionOf, invert, multiply, negate } from './fraction.ts';
import { type NumberToken, notANumber, type Token } from './tokens.ts';

/** Brackets within brackets, and signs before signs. */
const deepest = 20;
const hundredth: Fraction = { numerator: 1n, denominator: 100n };
const twelfth: Fraction = { numerator: 1n, denominator: 12n };

/** Why an expression has no value, in words for its cell. */
class Unreadable extends Error {}

/**
 * The value of an expression; a string says, for people, why there is none. Precedence as in arithmetic; `%` divides
 * what is before it by a hundred, as in spreadsheets; `'` and `"` are feet and twelfths of them.
 */
export function evaluate(tokens: readonly Token[]): Fraction | string {
  const reader = new Reader(tokens);
  try {
    return reader.whole();
  } catch (error) {
    if (error instanceof Unreadable) return error.message;
    throw error;
  }
}

/** Recursive descent: sum → product → signed → measured → number or brackets. */
class Reader {
  #at = 0;
  #depth = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Fraction {
    const value = this.#sum();
    if (this.#at < this.#tokens.length) {
      throw new Unreadable(this.#tokens[this.#at] === ')' ? 'A bracket is missing.' : notANumber);
    }
    return value;
  }

  #sum(): Fraction {
    let value = this.#product();
    for (;;) {
      if (this.#take('+')) value = add(value, this.#product());
      else if (this.#take('-')) value = add(value, negate(this.#product()));
      else return value;
    }
  }

  #product(): Fraction {
    let value = this.#signed();
    for (;;) {
      if (this.#take('*')) value = multiply(value, this.#signed());
      else if (this.#take('/')) {
        const inverse = invert(this.#signed());
        if (inverse === null) throw new Unreadable('That divides by zero.');
        value = multiply(value, inverse);
      } else return value;
    }
  }

  #signed(): Fraction {
    if (this.#take('-')) return negate(this.#deeper(() => this.#signed()));
    if (this.#take('+')) return this.#deeper(() => this.#signed());
    let value = this.#primary();
    while (this.#take('%')) value = multiply(value, hundredth);
    return value;
  }

  #primary(): Fraction {
    if (this.#take('(')) {
      const value = this.#deeper(() => this.#sum());
      if (!this.#take(')')) throw new Unreadable('A bracket is missing.');
      return value;
    }
    const value = this.#number();
    if (this.#take('"')) return multiply(value, twelfth);
    if (!this.#take("'")) return value;
    // 10'6" and 10'6 are both ten and a half feet.
    if (typeof this.#tokens[this.#at] !== 'object') return value;
    const inches = this.#number();
    this.#take('"');
    return add(value, multiply(inches, twelfth));
  }

  #number(): Fraction {
    const token = this.#tokens[this.#at];
    if (typeof token !== 'object') throw new Unreadable(notANumber);
    this.#at += 1;
    return numberOf(token);
  }

  #take(sign: Token): boolean {
    if (this.#tokens[this.#at] !== sign) return false;
    this.#at += 1;
    return true;
  }

  #deeper(read: () => Fraction): Fraction {
    this.#depth += 1;
    if (this.#depth > deepest) throw new Unreadable('That has too many brackets.');
    const value = read();
    this.#depth -= 1;
    return value;
  }
}

function numberOf({ digits, exponent, part }: NumberToken): Fraction {
  const value = fractionOf(digits, exponent);
  if (part === null) return value;
  const of = invert(fractionOf(part[1]));
  if (of === null) throw new Unreadable('That divides by zero.');
  return add(value, multiply(fractionOf(part[0]), of));
}
