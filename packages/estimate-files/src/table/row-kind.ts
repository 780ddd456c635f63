import { plainWords } from './fields.ts';

/** What a row of a table is besides a line, told by its words. */

const sums =
  /^(sub ?totals?|totals?|grand total|sum|summe|zwischensumme|gesamtsumme|gesamt|endsumme|ubertrag|sous total|total ht|total ttc|totaux|suma|importe total|totale|subtotale|totaal|subtotaal|razem|ogolem)\b/;
const extras =
  /^(overheads?|profit|margin|markup|mark up|contingency|(sales )?tax|vat|gst|hst|mwst|ust|mehrwertsteuer|umsatzsteuer|gemeinkosten|gewinn|tva|marge|iva|impuestos?|imposto|btw|discount|rabatt|remise|descuento|bid|bid price|base cost|cost|risk)\b/;

/** A sum of other rows. */
export function isSum(name: string): boolean {
  const words = plainWords(name);
  return sums.test(words) || /\b(sub ?total|total)$/.test(words);
}

/** Nothing but the word for a sum. */
export function isBareSum(name: string): boolean {
  return isSum(name) && plainWords(name).replace(sums, '').trim() === '';
}

/** Tax, profit, overhead: what comes after the lines and is a rate of the estimate here. */
export function isExtra(name: string): boolean {
  return extras.test(plainWords(name));
}

export function isYes(text: string): boolean {
  return /^(y|yes|x|true|1|ja|j|oui|o|si|s|sim|tak|optional|option|alternate)$/.test(plainWords(text));
}
