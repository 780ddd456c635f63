/** Ways to write a currency that are in no language's data. */
const others: Readonly<Record<string, readonly string[]>> = {
  CHF: ['Fr', 'SFr'],
  CNY: ['RMB'],
  INR: ['Rs'],
};

const known = new Map<string, ReadonlySet<string>>();
const signed = /^(\p{Lu}*)(\p{Sc})(\p{Lu}*)$/u;

/**
 * Whether a mark beside a number, such as `$`, `US$`, `$US`, `EUR` or `kr`, can stand for a currency (ISO 4217). One sign is that of
 * several currencies: `$` is one of USD and of CAD, while `US$` is none of CAD.
 */
export function standsFor(mark: string, currency: string, locales: readonly string[]): boolean {
  const tidy = tidyMark(mark);
  const marks = marksOf(currency, locales);
  if (marks.has(tidy)) return true;
  const [, before = '', sign = '', after = ''] = signed.exec(tidy) ?? [];
  const letters = before + after;
  return sign !== '' && letters !== '' && marks.has(sign) && currency.startsWith(letters);
}

function marksOf(currency: string, locales: readonly string[]): ReadonlySet<string> {
  const key = `${currency} ${locales.join(' ')}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const marks = new Set([currency, ...(others[currency] ?? [])]);
  for (const locale of locales) {
    for (const currencyDisplay of ['symbol', 'narrowSymbol'] as const) {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay });
      const mark = format.formatToParts(1).find(({ type }) => type === 'currency')?.value;
      if (mark !== undefined) marks.add(tidyMark(mark));
    }
  }
  known.set(key, marks);
  return marks;
}

/** Signs of full width are those of half. */
function tidyMark(mark: string): string {
  return mark.normalize('NFKC').replaceAll(/[\s.]/gu, '');
}
