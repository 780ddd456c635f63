/** A colour as every reader of SVG and PDF knows it. */
export interface Colour {
  /** `#rrggbb`, a name, or `none`. */
  readonly paint: string;
  /** 1 where the colour says nothing of it. */
  readonly opacity: number;
}

const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)`;
const functional = new RegExp(
  `^(rgb|hsl)a?\\(\\s*(${number})(?:deg|%)?\\s*[, ]\\s*(${number})(%?)\\s*[, ]\\s*(${number})(%?)\\s*(?:[,/]\\s*(${number})(%?)\\s*)?\\)$`,
);

/** What a CSS colour says. Anything else is none, and nothing of it gets into a picture: a file's colours are any text at all. */
export function parseColour(text: string): Colour | null {
  const said = text.trim().toLowerCase();
  if (said === 'none' || said === 'transparent') return { paint: 'none', opacity: 1 };
  if (/^[a-z]{3,24}$/.test(said)) return { paint: said, opacity: 1 };
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(said)?.[1];
  if (hex !== undefined) return ofHex(hex);
  const match = functional.exec(said);
  if (match === null) return null;
  const [, kind, first, second, , third, percent, alpha, alphaPercent] = match;
  const numbers = [Number(first), Number(second), Number(third)] as const;
  const opacity = alpha === undefined ? 1 : clamp(Number(alpha) / (alphaPercent === '%' ? 100 : 1), 1);
  const rgb =
    kind === 'hsl' ? ofHsl(...numbers) : numbers.map((n) => (percent === '%' ? (n * 255) / 100 : n));
  return { paint: `#${rgb.map(twoDigits).join('')}`, opacity };
}

function ofHex(hex: string): Colour {
  const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const opacity = digits.length === 8 ? Number.parseInt(digits.slice(6), 16) / 255 : 1;
  return { paint: `#${digits.slice(0, 6)}`, opacity: Math.round(opacity * 1000) / 1000 };
}

/** As CSS Color 4, section 7.1 ("hslToRgb") has it. */
function ofHsl(hue: number, saturation: number, lightness: number): number[] {
  const [s, l] = [clamp(saturation / 100, 1), clamp(lightness / 100, 1)];
  const channel = (n: number) => {
    const k = (((n + hue / 30) % 12) + 12) % 12;
    return 255 * (l - s * Math.min(l, 1 - l) * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

function twoDigits(channel: number): string {
  return Math.round(clamp(channel, 255)).toString(16).padStart(2, '0');
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}
