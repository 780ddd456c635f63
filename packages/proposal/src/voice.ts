/** How numbers, days and people's texts are said on the paper. */
import { formatMoney, formatPrice, formatQuantity, formatRate } from '@tidemark/estimating';
import { sayable } from './font.ts';

/** English as the rest of the paper is. */
const locale = 'en-US';
/** Of the document. */
export const language = 'en-US';

const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });

export class Voice {
  readonly #currency: string;
  #gaps = false;

  constructor(currency: string) {
    this.#currency = currency;
  }

  /** Whether anything had a character that the font lacks. */
  get hasGaps(): boolean {
    return this.#gaps;
  }

  /** One line. */
  line(text: string): string {
    return this.#say(text.replaceAll(/\s+/g, ' ').trim());
  }

  /** Lines as they were typed, without empty ones at the ends. */
  lines(text: string): string[] {
    const lines = text.split(/\r\n?|\n/).map((line) => this.#say(line.trimEnd()));
    const first = lines.findIndex((line) => line !== '');
    return first < 0 ? [] : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1);
  }

  money(amount: number): string {
    return this.#say(formatMoney(amount, this.#currency, locale));
  }

  /** With decimals beyond the coins' where it has them. */
  unitPrice(amount: number): string {
    return this.#say(formatPrice(amount, this.#currency, locale));
  }

  quantity(quantity: number): string {
    return this.#say(formatQuantity(quantity, locale));
  }

  rate(rateBp: number): string {
    return this.#say(formatRate(rateBp, locale));
  }

  day(day: string): string {
    return day === '' ? '' : days.format(new Date(`${day}T00:00:00Z`));
  }

  #say(text: string): string {
    return sayable(text, () => {
      this.#gaps = true;
    });
  }
}
