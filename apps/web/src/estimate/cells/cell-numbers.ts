import { parseAmount, parseRate } from '@tidemark/estimating';

/** Numbers as cells hold them: text that is read, and an empty cell for what is nothing. */

/** A probability in basis points. */
export function readProbability(text: string): { readonly value: number } | { readonly problem: string } {
  if (text.trim() === '') return { value: 0 };
  const read = parseRate(text);
  if ('problem' in read) return read;
  if (read.value < 0 || read.value > 10_000) return { problem: 'A probability is between 0 and 100 %.' };
  return { value: read.value };
}

/** An amount of the estimate's currency that is not below zero, in ten-thousandths. */
export function readCost(
  text: string,
  currency: string,
): { readonly value: number } | { readonly problem: string } {
  const read = readMoney(text, currency);
  if ('value' in read && read.value < 0) return { problem: 'This is a cost: it is not below zero.' };
  return read;
}

export function readMoney(
  text: string,
  currency: string,
): { readonly value: number } | { readonly problem: string } {
  if (text.trim() === '') return { value: 0 };
  const read = parseAmount(text, 'en', currency);
  return 'problem' in read ? read : { value: read.value };
}

/** What is wrong with a text, for a cell. */
export function problemBy(read: (text: string) => { readonly value: number } | { readonly problem: string }) {
  return (text: string): string | null => {
    const found = read(text);
    return 'problem' in found ? found.problem : null;
  };
}
