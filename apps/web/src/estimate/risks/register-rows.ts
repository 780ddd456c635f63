import type { RiskView } from '@tidemark/documents/estimate';
import type { Told } from '../grid/changes.ts';
import type { Then } from '../past/then.ts';
import { woven } from '../past/woven.ts';

export interface RegisterRow {
  readonly risk: RiskView;
  /** From 1; of one that is gone, where it stood. */
  readonly number: number;
  readonly gone: boolean;
  /** As it was at the moment with which this one is compared, if it was there and still is. */
  readonly was: RiskView | undefined;
  readonly change: Told | undefined;
}

/** The rows of the register; compared with another moment, those of risks that are gone where they stood. */
export function registerRows(risks: readonly RiskView[], then: Then | null): RegisterRow[] {
  if (then === null) {
    return risks.map((risk, at) => ({
      risk,
      number: at + 1,
      gone: false,
      was: undefined,
      change: undefined,
    }));
  }
  const before = new Map(then.view.risks.map((risk, at) => [risk.id, { risk, number: at + 1 }]));
  const places = new Map(risks.map(({ id }, at) => [id, at + 1]));
  return woven(then.view.risks, risks).map(({ item: risk, gone }) => ({
    risk,
    number: (gone ? before.get(risk.id)?.number : places.get(risk.id)) ?? 0,
    gone,
    was: gone ? undefined : before.get(risk.id)?.risk,
    change: then.changeOf('risks', risk.id),
  }));
}
