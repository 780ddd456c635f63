import { applyMitigation, type RiskView, setRisk } from '@tidemark/documents/estimate';
import { hasMitigation, mitigationWorth, type RiskExposure } from '@tidemark/estimating';
import type { CSSProperties, ReactNode } from 'react';
import { useEditor } from '../../editor/context.ts';
import { useMayEdit } from '../../editor/rights.ts';
import { ChoiceCell } from '../cells/choice-cell.tsx';
import { TextCell } from '../cells/text-cell.tsx';
import { useMayPrice } from '../context.ts';
import { useFormat } from '../format.ts';
import { ChangeTag, changeLabel } from '../grid/change-mark.tsx';
import type { Told } from '../grid/changes.ts';
import fate from '../past/fate.module.css';
import { isGone } from '../past/then.ts';
import { Was } from '../past/was.tsx';
import { AppliedCell } from './applied-cell.tsx';
import { OutcomeCell } from './outcome-cell.tsx';
import { PastProbability } from './past-probability.tsx';
import css from './register.module.css';
import { riskCells } from './risk-edits.ts';
import { riskName, riskOutcomeWords } from './risk-words.ts';
import type { PeopleNames } from './use-people-names.ts';
import type { Holders } from './use-risk-presence.ts';

export interface RowProps {
  risk: RiskView;
  exposure: RiskExposure | undefined;
  /** As it was at the moment with which this one is compared. */
  was: RiskView | undefined;
  change: Told | undefined;
  number: number;
  chosen: boolean;
  dropBefore: boolean;
  dragged: boolean;
  people: PeopleNames;
  categories: readonly string[];
  holders: Holders;
  /** The handle and the menu. */
  handle: ReactNode;
  menu: ReactNode;
}

/** A risk as two rows of the register: as it is, and below it as it would be mitigated. */
export function RiskRow({
  risk,
  exposure,
  was,
  change,
  number,
  people,
  categories,
  holders,
  ...row
}: RowProps) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const mayPrice = useMayPrice();
  const format = useFormat();
  const cells = riskCells(editor, risk, format);
  const old = was && riskCells(editor, was, format);
  const gone = isGone(change);
  const name = riskName(risk, number);
  const planned = hasMitigation(risk);
  const worth = exposure && planned ? mitigationWorth(exposure, format.currency).worth : null;
  const held = (field: string) => ({ holder: holders[field] });
  const holder = Object.values(holders)[0];
  return (
    <tbody
      className={`${css.risk} ${fate.fate}`}
      data-fate={change?.types[0]}
      data-risk={risk.id}
      data-chosen={row.chosen || undefined}
      data-drop={row.dropBefore || undefined}
      data-dragged={row.dragged || undefined}
      data-held={holder !== undefined || undefined}
      data-settled={risk.outcome !== 'open' || undefined}
      style={holder && ({ '--person': holder.colour } as CSSProperties)}
      aria-label={`${name}${changeLabel(change)}`}
    >
      <tr data-counts={risk.applied === null || undefined}>
        <th scope="rowgroup" rowSpan={2} className={css.number}>
          <span className={css.numberBox}>
            <span aria-hidden>{gone ? '–' : number}</span>
            <span className={css.hidden}>{name}</span>
            {row.handle}
          </span>
        </th>
        <td data-field="title" className={css.title}>
          <Was old={old?.text('title').value} now={risk.title}>
            <TextCell
              {...cells.text('title')}
              {...held('title')}
              label={`Title of risk ${number}`}
              column="what"
              placeholder="What could happen"
              readOnly={!mayEdit}
            />
          </Was>
        </td>
        <td data-field="category">
          <Was old={old?.text('category').value} now={risk.category}>
            <ChoiceCell
              {...cells.text('category')}
              {...held('category')}
              label={`Category of ${name}`}
              column="category"
              choices={categories}
              placeholder="Category"
              readOnly={!mayEdit}
            />
          </Was>
        </td>
        <td data-field="probBp" className={css.probability}>
          <Was old={old?.rate('probBp').value} now={cells.rate('probBp').value} number>
            <TextCell
              {...cells.rate('probBp')}
              {...held('probBp')}
              number
              label={`Probability of ${name}`}
              column="probability"
              placeholder="0%"
              readOnly={!mayPrice}
            />
          </Was>
          <PastProbability
            category={risk.category}
            probBp={risk.probBp}
            onTake={mayPrice ? (probBp) => void setRisk(editor, risk.id, { probBp }) : null}
          />
        </td>
        {(['low', 'high'] as const).map((field) => (
          <td key={field} data-field={field}>
            <Was old={old?.money(field).value} now={cells.money(field).value} number>
              <TextCell
                {...cells.money(field)}
                {...held(field)}
                number
                label={`${field === 'low' ? 'Low' : 'High'} impact of ${name}`}
                column={field}
                placeholder="0"
                readOnly={!mayPrice}
              />
            </Was>
          </td>
        ))}
        <td className={css.money} data-testid="expected">
          {format.amount(exposure?.unmitigated.expected ?? 0)}
        </td>
        <td data-field="owner">
          <Was old={old?.text('owner').value} now={risk.owner}>
            <ChoiceCell
              {...cells.text('owner')}
              {...held('owner')}
              label={`Owner of ${name}`}
              column="who"
              choices={people.names}
              placeholder="Owner"
              readOnly={!mayEdit}
            />
          </Was>
        </td>
        <td data-field="outcome">
          <Was old={was && riskOutcomeWords[was.outcome]} now={riskOutcomeWords[risk.outcome]}>
            <OutcomeCell risk={risk} name={name} />
          </Was>
        </td>
        <td rowSpan={2} className={css.menu}>
          {row.menu}
        </td>
      </tr>
      <tr className={css.second} data-counts={risk.applied !== null || undefined}>
        <td data-field="mitigation" className={css.mitigation}>
          <span className={css.told}>
            {change && <ChangeTag change={change} />}
            <span className={css.plan}>
              <Was old={was?.mitigation} now={risk.mitigation}>
                <TextCell
                  {...cells.mitigation(mayPrice)}
                  {...held('mitigation')}
                  label={`Mitigation of ${name}`}
                  column="what"
                  placeholder="How to lower it"
                  maxLength={10_000}
                  readOnly={!mayEdit}
                />
              </Was>
            </span>
          </span>
        </td>
        <td data-field="mitigationCost">
          <Was old={old?.money('mitigationCost').value} now={cells.money('mitigationCost').value} number>
            <TextCell
              {...cells.money('mitigationCost')}
              {...held('mitigationCost')}
              number
              label={`Cost of the mitigation of ${name}`}
              column="category"
              placeholder={planned ? '0' : undefined}
              readOnly={!mayPrice}
            />
          </Was>
        </td>
        <td data-field="mitigatedProbBp">
          <Was old={old?.rate('mitigatedProbBp').value} now={cells.rate('mitigatedProbBp').value} number>
            <TextCell
              {...cells.rate('mitigatedProbBp')}
              {...held('mitigatedProbBp')}
              number
              label={`Mitigated probability of ${name}`}
              column="probability"
              placeholder={planned ? '0%' : undefined}
              readOnly={!mayPrice}
            />
          </Was>
        </td>
        {(['mitigatedLow', 'mitigatedHigh'] as const).map((field) => (
          <td key={field} data-field={field}>
            <Was old={old?.money(field).value} now={cells.money(field).value} number>
              <TextCell
                {...cells.money(field)}
                {...held(field)}
                number
                label={`Mitigated ${field === 'mitigatedLow' ? 'low' : 'high'} impact of ${name}`}
                column={field === 'mitigatedLow' ? 'low' : 'high'}
                placeholder={planned ? '0' : undefined}
                readOnly={!mayPrice}
              />
            </Was>
          </td>
        ))}
        <td className={css.money} data-testid="mitigated">
          {planned && format.amount(exposure?.mitigated.expected ?? 0)}
        </td>
        <td>
          <Was old={was && appliedWords(was)} now={appliedWords(risk)}>
            <AppliedCell
              risk={risk}
              name={name}
              by={people.nameOf(risk.applied?.by ?? null)}
              planned={planned}
              mayChange={mayPrice}
              onApply={(by) => void applyMitigation(editor, risk.id, by)}
            />
          </Was>
        </td>
        <td
          className={css.worth}
          data-sign={worth === null || worth === 0 ? 'none' : worth > 0 ? 'good' : 'bad'}
        >
          {worth !== null && (
            <>
              <span className={css.hidden}>Worth </span>
              {worth > 0 ? '+' : ''}
              {format.amount(worth)}
            </>
          )}
        </td>
      </tr>
    </tbody>
  );
}

const appliedWords = ({ applied }: RiskView): string => (applied === null ? 'Not applied' : 'Applied');
