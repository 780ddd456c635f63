/** A number as people write it, taken apart. */
export interface ParsedNumber {
  readonly value: number;
  readonly percent: boolean;
  /** The sign or code found at either end, or null. */
  readonly currency: string | null;
  /** Whether it was written with a decimal mark or an exponent. */
  readonly fraction: boolean;
}

const space = '[ \\u00a0\\u202f\\u2009]';
const currencySign = '[$€£¥₹₽₩]|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|CNY|INR|SEK|NOK|DKK|PLN|CZK|BRL)|kr|zł';
const affix = new RegExp(`^(?:(${currencySign})${space}*)?(.*?)(?:${space}*(%|${currencySign}))?$`, 'u');
const bodies = {
  '.': new RegExp(
    `^(?:\\d+|\\d{1,3}(?:(?:,\\d{3})+|(?:${space}\\d{3})+|(?:['’]\\d{3})+))(\\.\\d*)?$|^(\\.\\d+)$`,
    'u',
  ),
  ',': new RegExp(
    `^(?:\\d+|\\d{1,3}(?:(?:\\.\\d{3})+|(?:${space}\\d{3})+|(?:['’]\\d{3})+))(,\\d*)?$|^(,\\d+)$`,
    'u',
  ),
};
const exponent = /^(\d+(?:\.\d+)?|\.\d+)e([+-]?\d{1,3})$/iu;
const longest = 60;

/** Reads "1,234.50", "1 234,5", "(12)", "−3", "€ 4.20", "12 %", "1e-3"; null for what is no number. Percent is divided by 100. */
export function parseNumber(raw: string, decimal: '.' | ','): ParsedNumber | null {
  let rest = raw.trim();
  if (rest === '' || rest.length > longest) return null;
  let negative = false;
  if (rest.startsWith('(') && rest.endsWith(')')) {
    negative = true;
    rest = rest.slice(1, -1).trim();
  }
  [negative, rest] = takeSign(negative, rest);
  const parts = affix.exec(rest);
  if (parts === null) return null;
  const prefix = parts[1] ?? null;
  const suffix = parts[3] ?? null;
  let body = parts[2]!.trim();
  // The sign may stand behind the currency: "$-5".
  if (prefix !== null) [negative, body] = takeSign(negative, body);
  const percent = suffix === '%';
  const written = bodies[decimal].exec(body);
  let value: number;
  let fraction: boolean;
  if (written !== null) {
    fraction = written[1] !== undefined || written[2] !== undefined;
    const grouped = decimal === '.' ? /[^\d.]/gu : /[^\d,]/gu;
    value = Number(body.replace(grouped, '').replace(',', '.'));
  } else if (exponent.test(body)) {
    fraction = true;
    value = Number(body);
  } else {
    return null;
  }
  if (!Number.isFinite(value)) return null;
  if (negative && value !== 0) value = -value;
  return {
    // Dividing gives the nearest double to the true quotient; multiplying by 0.01 would not.
    value: percent ? value / 100 : value,
    percent,
    currency: prefix ?? (percent ? null : suffix),
    fraction,
  };
}

function takeSign(negative: boolean, text: string): [boolean, string] {
  if (text.startsWith('-') || text.startsWith('−')) return [!negative, text.slice(1).trimStart()];
  if (text.startsWith('+')) return [negative, text.slice(1).trimStart()];
  return [negative, text];
}
