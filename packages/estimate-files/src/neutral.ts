/**
 * A spreadsheet runs what begins like a formula, in a CSV file too (CWE-1236). Such text gets an apostrophe, which the
 * reader takes off; text that has apostrophes before such a beginning gets one more, so that nothing is lost.
 */
const dangerous = /^'*[=+\-@\t\r\n＝＋－＠]/u;

export function neutral(text: string): string {
  return dangerous.test(text) ? `'${text}` : text;
}

export function unneutral(text: string): string {
  return text.startsWith("'") && dangerous.test(text) ? text.slice(1) : text;
}
