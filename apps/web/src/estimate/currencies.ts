/** Currencies offered first; any other ISO 4217 code that the browser has a name for can be chosen too. */
const usual = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF', 'JPY', 'SEK', 'NOK', 'DKK', 'PLN', 'MXN', 'INR'];

const names = new Intl.DisplayNames('en', { type: 'currency' });

export function currencyName(code: string): string {
  return names.of(code) ?? code;
}

/** Codes for a list, the usual ones first; `own` is among them whatever it is. */
export function currencyCodes(own: string): readonly string[] {
  const known = Intl.supportedValuesOf('currency');
  return [...new Set([own, ...usual, ...known])].filter((code) => code === own || known.includes(code));
}
