/** Signs that phones, word processors and spreadsheets write, and the plain ones they stand for. */
const plain: Readonly<Record<string, string>> = {
  '−': '-',
  '–': '-',
  '×': '*',
  '·': '*',
  '÷': '/',
  '⁄': '/',
  '′': "'",
  '’': "'",
  '‘': "'",
  '″': '"',
  '”': '"',
  '“': '"',
  '½': ' 1/2',
  '¼': ' 1/4',
  '¾': ' 3/4',
  '⅛': ' 1/8',
  '⅜': ' 3/8',
  '⅝': ' 5/8',
  '⅞': ' 7/8',
};

/** Without marks of writing direction, with plain spaces, digits and signs, and without spaces at the ends. */
export function clean(text: string): string {
  return text
    .replaceAll(/[\u200e\u200f\u061c\u2066-\u2069]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\uff10-\uff19]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xff10 + 0x30))
    .replaceAll(/[−–×·÷⁄′’‘″”“½¼¾⅛⅜⅝⅞]/gu, (sign) => plain[sign] ?? sign)
    .trim();
}
