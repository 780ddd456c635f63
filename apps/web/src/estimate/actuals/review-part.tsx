import { type RiskView, setReview, setRisk } from '@tidemark/documents/estimate';
import { useEditor } from '../../editor/context.ts';
import { DraftInput } from '../../editor/draft-input.tsx';
import { useMayEdit } from '../../editor/rights.ts';
import { walkCells } from '../cells/cell-keys.ts';
import { problemBy, readCost } from '../cells/cell-numbers.ts';
import { TextCell } from '../cells/text-cell.tsx';
import { useEstimation, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { LineChanges } from '../grid/change-mark.tsx';
import { useThen } from '../past/then.ts';
import { Was } from '../past/was.tsx';
import { OutcomeCell } from '../risks/outcome-cell.tsx';
import { riskName, riskOutcomeWords } from '../risks/risk-words.ts';
import { daysProblem } from '../settings/problems.ts';
import css from './actuals.module.css';
import cards from './cards.module.css';
import { Lessons } from './lessons.tsx';
import table from './table.module.css';

/** What is worth knowing for the next job: time, what became of the risks, issues and lessons. */
export function ReviewPart() {
  return (
    <div className={css.review}>
      <Days />
      <Outcomes />
      <Lessons />
    </div>
  );
}

function Days() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const review = useView((view) => view.review);
  const change = useThen()?.changeOf('review', 'review');
  const days = (name: 'plannedDays' | 'actualDays', label: string) => (
    <DraftInput
      label={label}
      value={review[name] === null ? '' : String(review[name])}
      problem={daysProblem}
      commit={(text) => {
        const said = text.trim();
        setReview(editor, { [name]: said === '' ? null : Number(said) });
      }}
      inputMode="numeric"
      readOnly={!mayEdit}
    />
  );
  const date = (name: 'startedOn' | 'finishedOn', label: string) => (
    <DraftInput
      label={label}
      type="date"
      value={review[name]}
      commit={(value) => void setReview(editor, { [name]: value })}
      readOnly={!mayEdit}
    />
  );
  return (
    <section aria-labelledby="review-time">
      <h2 className={css.heading} id="review-time">
        Time
      </h2>
      {change && (
        <div className={css.told}>
          <LineChanges change={change} />
        </div>
      )}
      <div className={css.days}>
        {days('plannedDays', 'Planned days')}
        {days('actualDays', 'Actual days')}
        {date('startedOn', 'Started')}
        {date('finishedOn', 'Finished')}
      </div>
    </section>
  );
}

function Outcomes() {
  const risks = useView((view) => view.risks);
  const then = useThen();
  return (
    <section aria-labelledby="review-risks">
      <h2 className={css.heading} id="review-risks">
        What became of the risks
      </h2>
      {risks.length === 0 ? (
        <p className={css.note}>This estimate has no risks.</p>
      ) : (
        <div className={table.scroll}>
          <table
            className={`${table.table} ${cards.cards}`}
            data-table="outcomes"
            aria-label="Outcomes of risks"
            onKeyDown={walkCells}
          >
            <colgroup>
              <col />
              <col style={{ width: 120 }} />
              <col style={{ width: 110 }} />
              <col style={{ width: 130 }} />
              <col style={{ width: '30%' }} />
            </colgroup>
            <thead>
              <tr>
                <th scope="col">Risk</th>
                <th scope="col" data-end>
                  In the bid
                </th>
                <th scope="col">Outcome</th>
                <th scope="col" data-end>
                  Actual impact
                </th>
                <th scope="col">Note</th>
              </tr>
            </thead>
            <tbody>
              {risks.map((risk, at) => (
                <Outcome
                  key={risk.id}
                  risk={risk}
                  was={then?.view.risks.find(({ id }) => id === risk.id)}
                  number={at + 1}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface OutcomeProps {
  risk: RiskView;
  /** As it was at the moment with which this one is compared. */
  was: RiskView | undefined;
  number: number;
}

function Outcome({ risk, was, number }: OutcomeProps) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const format = useFormat();
  const expected = useEstimation().risks.get(risk.id)?.expected ?? 0;
  const name = riskName(risk, number);
  const impact = ({ actualImpact }: RiskView) => (actualImpact === null ? '' : format.unitCost(actualImpact));
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-end data-label="In the bid">
        {format.amount(expected)}
      </td>
      <td data-label="Outcome">
        <Was old={was && riskOutcomeWords[was.outcome]} now={riskOutcomeWords[risk.outcome]}>
          <OutcomeCell risk={risk} name={name} />
        </Was>
      </td>
      <td data-label="Actual impact">
        <Was old={was && impact(was)} now={impact(risk)} number>
          <TextCell
            label={`Actual impact of ${name}`}
            column="impact"
            number
            value={impact(risk)}
            placeholder={risk.outcome === 'struck' ? 'How much?' : '–'}
            problem={problemBy((text) => readCost(text, format.currency))}
            commit={(text) => {
              const read = readCost(text, format.currency);
              if ('value' in read)
                setRisk(editor, risk.id, { actualImpact: text.trim() === '' ? null : read.value });
            }}
            readOnly={!mayEdit}
          />
        </Was>
      </td>
      <td data-label="Note">
        <Was old={was?.outcomeNote} now={risk.outcomeNote}>
          <TextCell
            label={`Note on the outcome of ${name}`}
            column="note"
            value={risk.outcomeNote}
            placeholder="What happened"
            maxLength={10_000}
            commit={(outcomeNote) => void setRisk(editor, risk.id, { outcomeNote: outcomeNote.trim() })}
            readOnly={!mayEdit}
          />
        </Was>
      </td>
    </tr>
  );
}
