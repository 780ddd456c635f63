/**
 * A whole number of 10^-places as decimal text, without zeros that say nothing: 125000 of 4 is `12.5`. Exact, where a
 * double is not; Intl formats such text without passing through one.
 */
export function decimalText(value: number, places: number): `${number}` {
  const digits = String(Math.abs(value)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${value < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}` as `${number}`;
}
