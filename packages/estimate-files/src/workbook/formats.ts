import { minorDigits } from '@tidemark/estimating';

const symbols: Readonly<Record<string, string>> = { USD: '$', EUR: '€', GBP: '£', JPY: '¥' };

export const percentFormat = '0.00%';
export const dateFormat = 'yyyy-mm-dd';
export const plainFormat = 'General';

/** Money of a currency: with its minor digits, with its sign or code where it is a total. */
export interface MoneyFormats {
  readonly digits: number;
  readonly amount: string;
  readonly total: string;
  /** Of an input, which may have four decimals. */
  readonly input: (money: number) => string;
}

export function moneyFormats(currency: string): MoneyFormats {
  const digits = minorDigits(currency);
  const amount = decimals(digits);
  const sign = symbols[currency] === undefined ? `"${currency} "` : `"${symbols[currency]}"`;
  return {
    digits,
    amount,
    total: `${sign}${amount};-${sign}${amount}`,
    input: (money) => {
      for (let shown = digits; shown < 4; shown += 1)
        if (money % 10 ** (4 - shown) === 0) return decimals(shown);
      return decimals(4);
    },
  };
}

function decimals(count: number): string {
  return count === 0 ? '#,##0' : `#,##0.${'0'.repeat(count)}`;
}
