import type { Json } from '../records/json.ts';
import { collectionOf } from './key.ts';
import type { RawElement } from './raw.ts';

/** How an element is shown otherwise than its record has it. */
export type Mend = {
  /** Where it lies instead; null: nowhere, it is hidden. */
  readonly place?: readonly [owner: string, property: string] | null;
  /** Registers that show another value; null: none. */
  readonly values?: { readonly [register: string]: Json };
  /** Why, for people. */
  readonly detail: string;
};

export type Mends = Map<string, Mend>;

/** An element can be mended in several ways; the first says why. */
export function addMend(mends: Mends, key: string, mend: Mend): void {
  const earlier = mends.get(key);
  const values = { ...earlier?.values, ...mend.values };
  mends.set(key, { ...mend, ...earlier, ...(Object.keys(values).length > 0 ? { values } : {}) });
}

export function mended(element: RawElement, { place, values, detail }: Mend): RawElement {
  const shown = new Map(element.values);
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value === null) shown.delete(name);
    else shown.set(name, value);
  }
  const { key } = element;
  const register = place === undefined ? (Object.keys(values ?? {})[0] ?? null) : 'pf';
  const [parent, property] =
    place === undefined ? [element.parent, element.property] : (place ?? [null, null]);
  return {
    ...element,
    parent,
    property,
    values: shown,
    findings: [
      ...element.findings,
      { code: 'mended', collection: collectionOf(key), id: key, register, detail },
    ],
  };
}
