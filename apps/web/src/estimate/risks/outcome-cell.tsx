import { type RiskOutcome, type RiskView, riskOutcomes, setRisk } from '@tidemark/documents/estimate';
import { useEditor } from '../../editor/context.ts';
import { useMayEdit } from '../../editor/rights.ts';
import cell from '../cells/cell.module.css';
import css from './register.module.css';
import { riskOutcomeWords } from './risk-words.ts';

/** What became of a risk; it stays open when the prices stand still. */
export function OutcomeCell({ risk, name }: { risk: RiskView; name: string }) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  return (
    <span className={css.outcome} data-outcome={risk.outcome}>
      <select
        className={cell.select}
        data-cell="state"
        aria-label={`Outcome of ${name}`}
        value={risk.outcome}
        disabled={!mayEdit}
        onChange={(event) =>
          void setRisk(editor, risk.id, { outcome: event.currentTarget.value as RiskOutcome })
        }
      >
        {riskOutcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {riskOutcomeWords[outcome]}
          </option>
        ))}
      </select>
    </span>
  );
}
