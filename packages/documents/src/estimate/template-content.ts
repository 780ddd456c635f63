import type { LineKind } from './schema.ts';

/** What built-in templates are written with: units of people, turned into those of the document. */

export interface TemplateLine {
  readonly name: string;
  /** Millionths. */
  readonly qty: number;
  readonly unit: string;
  /** Ten-thousandths. */
  readonly unitCost: number;
  readonly kind: LineKind;
  readonly wasteBp: number;
  readonly optional: boolean;
  readonly note: string;
}

interface More {
  /** Percent. */
  readonly waste?: number;
  readonly optional?: boolean;
  readonly note?: string;
}

/** `price` in dollars. */
export function line(
  kind: LineKind,
  name: string,
  quantity: number,
  unit: string,
  price: number,
  { waste = 0, optional = false, note = '' }: More = {},
): TemplateLine {
  return {
    kind,
    name,
    qty: Math.round(quantity * 1_000_000),
    unit,
    unitCost: Math.round(price * 10_000),
    wasteBp: Math.round(waste * 100),
    optional,
    note,
  };
}

/** Percent, and from–to in dollars; then the same with the mitigation applied. */
export function risk(
  category: string,
  title: string,
  [probability, low, high]: readonly [number, number, number],
  mitigation: string,
  cost: number,
  [mitigated, mitigatedLow, mitigatedHigh]: readonly [number, number, number],
) {
  return {
    category,
    title,
    probBp: probability * 100,
    low: low * 10_000,
    high: high * 10_000,
    mitigation,
    mitigationCost: cost * 10_000,
    mitigatedProbBp: mitigated * 100,
    mitigatedLow: mitigatedLow * 10_000,
    mitigatedHigh: mitigatedHigh * 10_000,
  };
}

export interface TemplateContent {
  readonly params: {
    readonly targetBp: number;
    readonly marginMode: 'margin' | 'markup';
    readonly overheadBp: number;
    readonly contingencyBp: number;
  };
  readonly sections: readonly { readonly name: string; readonly lines: readonly TemplateLine[] }[];
  readonly risks: readonly ReturnType<typeof risk>[];
  readonly scope: string;
  readonly terms: string;
}

/** Paragraphs with an empty line between them. */
export function paragraphs(...texts: readonly string[]): string {
  return texts.join('\n\n');
}
