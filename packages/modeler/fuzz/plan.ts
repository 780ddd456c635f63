import { type Chance, chanceOf } from './chance.ts';
import { type OperationName, operationNames, weights } from './weights.ts';

/**
 * One session, written down: who does what in which order. A step draws from its own salt alone, so a step taken out
 * changes as little as can be of what the others do.
 */
export interface Plan {
  readonly seed: number;
  /** Name of the start file. */
  readonly file: string;
  /** Canvases that are there from the beginning. */
  readonly modelers: number;
  readonly steps: readonly Step[];
}

export type Step = { readonly salt: number } & (
  | { readonly do: 'edit'; readonly at: number; readonly operation: OperationName }
  | { readonly do: 'undo' | 'redo'; readonly at: number }
  /** Some of what waits for a canvas arrives: in order, all at once, late, twice. */
  | { readonly do: 'deliver'; readonly at: number }
  | { readonly do: 'leave network' | 'return'; readonly at: number }
  /** The mouse takes something; it is let go at the next `drop` of the same canvas. */
  | { readonly do: 'drag' | 'drop'; readonly at: number }
  /** One more canvas opens, with the right to edit or to read. */
  | { readonly do: 'join'; readonly reads: boolean }
  /** A canvas closes and opens again on the same replica. */
  | { readonly do: 'reopen'; readonly at: number }
  /** All that waits arrives, and everything is compared. */
  | { readonly do: 'settle' }
  /** One person alone makes `edits` edits, takes them all back, and does them again. */
  | { readonly do: 'there and back'; readonly at: number; readonly edits: readonly OperationName[] }
);

export interface PlanOptions {
  readonly modelers: number;
  readonly files: readonly string[];
}

export function planOf(seed: number, { modelers, files }: PlanOptions): Plan {
  const chance = chanceOf(seed);
  const steps: Step[] = [];
  const salt = () => chance.between(0, 0x7fffffff);
  const rounds = chance.between(2, 4);
  let present = modelers;
  for (let round = 0; round < rounds; round += 1) {
    const length = chance.between(8, modelers > 2 ? 40 : 26);
    for (let i = 0; i < length; i += 1) steps.push(step(chance, present, salt));
    if (round === rounds - 2) {
      steps.push({ do: 'join', reads: chance.percent(25), salt: salt() });
      present += 1;
    }
    steps.push({ do: 'settle', salt: salt() });
  }
  const edits = Array.from({ length: chance.between(2, 6) }, () => drawOperation(chance));
  steps.push({ do: 'there and back', at: chance.between(0, modelers - 1), edits, salt: salt() });
  return { seed, file: chance.oneOf(files), modelers, steps };
}

function step(chance: Chance, present: number, nextSalt: () => number): Step {
  const salt = nextSalt();
  const at = chance.between(0, present - 1);
  const lot = chance.next() * 100;
  if (lot < 54) return { do: 'edit', at, operation: drawOperation(chance), salt };
  if (lot < 68) return { do: chance.percent(65) ? 'undo' : 'redo', at, salt };
  if (lot < 90) return { do: 'deliver', at, salt };
  if (lot < 93) return { do: 'leave network', at, salt };
  if (lot < 95) return { do: 'return', at, salt };
  if (lot < 97) return { do: 'drag', at, salt };
  if (lot < 99) return { do: 'drop', at, salt };
  return { do: 'reopen', at, salt };
}

const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);

function drawOperation(chance: Chance): OperationName {
  let lot = chance.next() * total;
  for (const name of operationNames) {
    lot -= weights[name];
    if (lot < 0) return name;
  }
  return 'move';
}
