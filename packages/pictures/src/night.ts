/** Colours for a dark ground: what was dark is light and the other way round; the hue stays. */
import type { Colour } from './colour.ts';

/** Ground, shapes and strokes: those of the canvas. */
export const daylight = { ground: '#ffffff', fill: '#ffffff', ink: '#25333d' } as const;
export const night = { ground: '#151c21', fill: '#1b252c', ink: '#d4dde3' } as const;

/** Below it a colour counts as grey. */
const leastSaturation = 0.3;
const names: Readonly<Record<string, string>> = { white: '#ffffff', black: '#000000' };

/** Greys go from the dark screen's shapes (white) to its strokes (black). Names other than these two stay as they are. */
export function atNight({ paint, opacity }: Colour): Colour {
  const hex = names[paint] ?? paint;
  if (!hex.startsWith('#')) return { paint, opacity };
  const rgb = channels(hex);
  const [most, least] = [Math.max(...rgb), Math.min(...rgb)];
  const lightness = (most + least) / 2;
  const span = 1 - Math.abs(2 * lightness - 1);
  const saturation = span === 0 ? 0 : (most - least) / span;
  if (saturation < leastSaturation) return { paint: mix(Math.min(1, (1 - lightness) / 0.8)), opacity };
  // The hue and the order of the channels stay when all of them are moved by as much.
  const turned = 0.16 + (1 - lightness) * 0.66;
  const spread = Math.min(1, (1 - Math.abs(2 * turned - 1)) / span) * 0.85;
  return { paint: toHex(rgb.map((channel) => turned + (channel - lightness) * spread)), opacity };
}

function mix(share: number): string {
  const ink = channels(night.ink);
  return toHex(channels(night.fill).map((channel, i) => channel + ((ink[i] ?? 0) - channel) * share));
}

/** Red, green, blue, each from 0 to 1. */
function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
}

function toHex(rgb: readonly number[]): string {
  const digits = rgb.map((channel) => Math.round(Math.min(1, Math.max(0, channel)) * 255));
  return `#${digits.map((n) => n.toString(16).padStart(2, '0')).join('')}`;
}
