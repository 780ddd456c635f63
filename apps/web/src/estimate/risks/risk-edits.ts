import { type RiskPatch, type RiskView, setRisk } from '@tidemark/documents/estimate';
import type { Editor } from '@tidemark/documents/records';
import { hasMitigation } from '@tidemark/estimating';
import { problemBy, readCost, readProbability } from '../cells/cell-numbers.ts';
import type { CellValue } from '../cells/use-cell.ts';
import type { Format } from '../format.ts';

type TextName = 'title' | 'category' | 'owner';
type MoneyName = 'low' | 'high' | 'mitigationCost' | 'mitigatedLow' | 'mitigatedHigh';
type RateName = 'probBp' | 'mitigatedProbBp';

/** The registers of one risk as cells. */
export interface RiskCells {
  text(name: TextName): CellValue;
  money(name: MoneyName): CellValue;
  rate(name: RateName): CellValue;
  mitigation(mayPrice: boolean): CellValue;
}

export function riskCells(editor: Editor, risk: RiskView, format: Format): RiskCells {
  const set = (patch: RiskPatch) => void setRisk(editor, risk.id, patch);
  return {
    text: (name) => ({ value: risk[name], commit: (text) => set({ [name]: text.trim() }) }),
    money: (name) => ({
      value: risk[name] === 0 ? '' : format.unitCost(risk[name]),
      problem: problemBy((text) => readCost(text, format.currency)),
      commit(text) {
        const read = readCost(text, format.currency);
        if ('value' in read) set({ [name]: read.value });
      },
    }),
    rate: (name) => ({
      value: risk[name] === 0 ? '' : format.rate(risk[name]),
      problem: problemBy(readProbability),
      commit(text) {
        const read = readProbability(text);
        if ('value' in read) set({ [name]: read.value });
      },
    }),
    mitigation: (mayPrice) => ({
      value: risk.mitigation,
      commit(text) {
        const mitigation = text.trim();
        set({ mitigation, ...(mayPrice && mitigation !== '' ? begun(risk) : {}) });
      },
    }),
  };
}

/** A plan begins with the risk as it is: until somebody says what it changes, it saves nothing. */
function begun(risk: RiskView): RiskPatch {
  if (hasMitigation(risk)) return {};
  return { mitigatedProbBp: risk.probBp, mitigatedLow: risk.low, mitigatedHigh: risk.high };
}
