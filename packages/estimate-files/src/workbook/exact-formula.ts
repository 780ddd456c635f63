/**
 * Formulas that come to exactly what `calculate` comes to (decision 0029). A spreadsheet reckons in binary floating point: a product that
 * should be 2.5 is 2.4999999999999996, and whether ROUND takes it for a tie depends on the program and on the digits. So products are
 * first rounded to four digits more than are wanted, which brings a tie to the very number, and then to what is wanted.
 * What lies nearer to a tie than these four digits tell, or is too large for them, is reckoned in whole numbers that a
 * spreadsheet holds exactly.
 */

/** Digits beyond the wanted ones. */
const more = 4;
/** Minor units up to which these digits are exact: 14 digits in all. */
const plainSize = 10n ** 10n;
/** What a split formula may hold: whole numbers of 14 digits, one less than spreadsheets show. */
const safe = 10n ** 14n;

/** numerator / denominator, in whole minor units, rounds alike in a spreadsheet by the plain formula. */
export function roundsPlainly(numerator: bigint, denominator: bigint): boolean {
  const size = numerator < 0n ? -numerator : numerator;
  if (size / denominator >= plainSize) return false;
  const fromTie = 2n * (size % denominator) - denominator;
  const distance = fromTie < 0n ? -fromTie : fromTie;
  // In minor units: distance / (2 × denominator), to be more than half of the last of the digits.
  return distance === 0n || distance * 10n ** BigInt(more + 1) > 12n * denominator;
}

export function plainRound(formula: string, digits: number): string {
  return `ROUND(ROUND(${formula},${digits + more}),${digits})`;
}

interface LineCells {
  readonly qty: string;
  readonly waste: string;
  readonly cost: string;
}

interface LineValues {
  /** Millionths. */
  readonly qty: number;
  readonly wasteBp: number;
  /** Ten-thousandths. */
  readonly unitCost: number;
}

/** qty*(1+waste)*cost, rounded, plainly or in the long form; null when neither is exact. */
export function lineFormula(cells: LineCells, values: LineValues, digits: number): string | null {
  const numerator = BigInt(values.qty) * BigInt(10_000 + values.wasteBp) * BigInt(values.unitCost);
  const denominator = 10n ** BigInt(14 - digits);
  if (roundsPlainly(numerator, denominator)) {
    return plainRound(`${cells.qty}*(1+${cells.waste})*${cells.cost}`, digits);
  }
  const price = BigInt(values.unitCost) * BigInt(10_000 + values.wasteBp);
  return within(price) && within(BigInt(values.qty)) ? splitLine(cells, digits) : null;
}

/**
 * The price with its waste in hundred-millionths and the quantity in millionths are whole numbers; each is cut at 10⁷, and the four
 * products are put together so that only the last, small part is rounded.
 */
function splitLine({ qty, waste, cost }: LineCells, digits: number): string {
  const p = `ROUND(ABS(${cost})*(1+${waste})*1E8,0)`;
  const q = `ROUND(ABS(${qty})*1E6,0)`;
  const [p1, p0, q1, q0] = [`INT(${p}/1E7)`, `MOD(${p},1E7)`, `INT(${q}/1E7)`, `MOD(${q},1E7)`];
  const middle = `(${p1}*${q0}+${p0}*${q1})`;
  // p·q = p1·q1·10^14 + middle·10^7 + p0·q0, in units of 10^-14; `step` of these are one minor unit.
  const cut = `1E${7 - digits}`;
  const step = `1E${14 - digits}`;
  const whole = `${p1}*${q1}*1E${digits}+INT(${middle}/${cut})`;
  const rest = `ROUND((MOD(${middle},${cut})*1E7+${p0}*${q0})/${step},0)`;
  return `SIGN(${qty})*SIGN(${cost})*(${whole}+${rest})/1E${digits}`;
}

/** A share of an amount: `plain` is how a person would write it, `times` and `by` are its factor as a fraction. */
export interface ShareFormula {
  readonly plain: string;
  /** The cell of the amount. */
  readonly cell: string;
  /** The amount in units of `scale` to the currency's unit. */
  readonly amount: bigint;
  readonly scale: number;
  /** The factor: formula and value of its numerator and denominator, whole numbers. */
  readonly times: { readonly formula: string; readonly value: bigint };
  readonly by: { readonly formula: string; readonly value: bigint };
}

/** amount × times / by, rounded to `digits`; null when not even the split form is exact. */
export function shareFormula(share: ShareFormula, digits: number): string | null {
  const { cell, amount, scale, times, by } = share;
  const minor = 10n ** BigInt(digits);
  const numerator = amount * times.value * minor;
  const denominator = by.value * BigInt(scale);
  if (roundsPlainly(numerator, denominator)) return plainRound(share.plain, digits);
  if (!within(amount) || !within(denominator * times.value)) return null;
  const size = `ROUND(ABS(${cell})*${scale},0)`;
  const part = `(${by.formula})*${scale / Number(minor)}`;
  const whole = `INT(${size}/(${part}))*(${times.formula})`;
  const rest = `ROUND(MOD(${size},${part})*(${times.formula})/(${part}),0)`;
  return `SIGN(${cell})*(${whole}+${rest})/1E${digits}`;
}

function within(value: bigint): boolean {
  return value < safe && value > -safe;
}
