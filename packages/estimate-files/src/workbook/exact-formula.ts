/**
 * Formulas that come to exactly what `calculate` comes to (decision 0029). A spreadsheet reckons in binary floating point, and its ROUND
 * goes by the first 15 digits: a true tie such as 2.675 is rounded up as it should be, but what lies within the 15th digit
 * of a tie without being one is taken for one. Where that could happen, the formula splits the numbers so that every step is a whole number that
 * a spreadsheet holds exactly.
 */

/** Below this share of the value, distance from a tie is not told from none. */
const blur = 10n ** 14n;
/** What a split formula may hold: whole numbers of 14 digits, one less than what spreadsheets show. */
const safe = 10n ** 14n;

/** numerator / denominator, in whole minor units, rounds alike in a spreadsheet when it is reckoned plainly. */
export function roundsPlainly(numerator: bigint, denominator: bigint): boolean {
  const size = numerator < 0n ? -numerator : numerator;
  const fromTie = 2n * (size % denominator) - denominator;
  const distance = fromTie < 0n ? -fromTie : fromTie;
  // A tie itself is held to half a minor unit: that must be within the 15 digits.
  if (distance === 0n) return size / denominator < safe;
  return distance * blur > 2n * size;
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

/** =ROUND(qty*(1+waste)*cost, digits), or its exact long form; null when neither is exact. */
export function lineFormula(cells: LineCells, values: LineValues, digits: number): string | null {
  const numerator = BigInt(values.qty) * BigInt(10_000 + values.wasteBp) * BigInt(values.unitCost);
  const denominator = 10n ** BigInt(14 - digits);
  if (roundsPlainly(numerator, denominator)) {
    return `ROUND(${cells.qty}*(1+${cells.waste})*${cells.cost},${digits})`;
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
  if (roundsPlainly(numerator, denominator)) return `ROUND(${share.plain},${digits})`;
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
