import { applyMitigation, type RiskView, setRisk } from '@tidemark/documents/estimate';
import { hasMitigation, mitigationWorth } from '@tidemark/estimating';
import { type ReactNode, useMemo } from 'react';
import { useEditor } from '../../editor/context.ts';
import { useMayEdit } from '../../editor/rights.ts';
import { ChoiceCell } from '../cells/choice-cell.tsx';
import { TextCell } from '../cells/text-cell.tsx';
import { useEstimation, useMayPrice, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { LineChanges } from '../grid/change-mark.tsx';
import type { Told } from '../grid/changes.ts';
import { AppliedCell } from './applied-cell.tsx';
import { OutcomeCell } from './outcome-cell.tsx';
import { PastProbability } from './past-probability.tsx';
import { riskCells } from './risk-edits.ts';
import css from './risk-list.module.css';
import { categoriesOf, riskName } from './risk-words.ts';
import { usePeopleNames } from './use-people-names.ts';

interface Props {
  risk: RiskView;
  number: number;
  /** What became of it since the moment with which this one is compared. */
  change: Told | undefined;
}

/** One risk as a form, on a phone. */
export function RiskForm({ risk, number, change }: Props) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const mayPrice = useMayPrice();
  const format = useFormat();
  const people = usePeopleNames();
  const risks = useView((view) => view.risks);
  const categories = useMemo(() => categoriesOf(risks), [risks]);
  const exposure = useEstimation().risks.get(risk.id);
  const cells = riskCells(editor, risk, format);
  const name = riskName(risk, number);
  const planned = hasMitigation(risk);
  const text = { readOnly: !mayEdit, column: 'form' };
  const figure = { readOnly: !mayPrice, column: 'form', number: true };
  return (
    <div className={css.form}>
      {change && <LineChanges change={change} />}
      <Field label="Risk" field="title">
        <TextCell {...cells.text('title')} {...text} label="Risk" placeholder="What could happen" />
      </Field>
      <div className={css.pair}>
        <Field label="Category" field="category">
          <ChoiceCell {...cells.text('category')} {...text} label="Category" choices={categories} />
        </Field>
        <Field label="Owner" field="owner">
          <ChoiceCell {...cells.text('owner')} {...text} label="Owner" choices={people.names} />
        </Field>
      </div>
      <div className={css.three}>
        <Field label="Probability" field="probBp">
          <TextCell {...cells.rate('probBp')} {...figure} label="Probability" />
          <PastProbability
            category={risk.category}
            probBp={risk.probBp}
            inWords
            onTake={mayPrice ? (probBp) => void setRisk(editor, risk.id, { probBp }) : null}
          />
        </Field>
        <Field label="Low" field="low">
          <TextCell {...cells.money('low')} {...figure} label="Low impact" />
        </Field>
        <Field label="High" field="high">
          <TextCell {...cells.money('high')} {...figure} label="High impact" />
        </Field>
      </div>
      <p className={css.sum}>
        <span>Expected</span>
        <strong>{format.money(exposure?.unmitigated.expected ?? 0)}</strong>
      </p>
      <Field label="Mitigation" field="mitigation">
        <TextCell
          {...cells.mitigation(mayPrice)}
          {...text}
          label="Mitigation"
          placeholder="How to lower it"
          maxLength={10_000}
        />
      </Field>
      {planned && (
        <>
          <div className={css.pair}>
            <Field label="Its cost" field="mitigationCost">
              <TextCell {...cells.money('mitigationCost')} {...figure} label="Cost of the mitigation" />
            </Field>
            <Field label="Mitigated probability" field="mitigatedProbBp">
              <TextCell {...cells.rate('mitigatedProbBp')} {...figure} label="Mitigated probability" />
            </Field>
          </div>
          <div className={css.pair}>
            <Field label="Mitigated low" field="mitigatedLow">
              <TextCell {...cells.money('mitigatedLow')} {...figure} label="Mitigated low impact" />
            </Field>
            <Field label="Mitigated high" field="mitigatedHigh">
              <TextCell {...cells.money('mitigatedHigh')} {...figure} label="Mitigated high impact" />
            </Field>
          </div>
          <p className={css.sum}>
            <span>Mitigated, with its cost</span>
            <strong>{format.money(exposure?.mitigated.expected ?? 0)}</strong>
          </p>
          <p className={css.sum}>
            <span>Worth</span>
            <strong>{format.money(exposure ? mitigationWorth(exposure, format.currency).worth : 0)}</strong>
          </p>
          <AppliedCell
            risk={risk}
            name={name}
            by={people.nameOf(risk.applied?.by ?? null)}
            planned
            mayChange={mayPrice}
            onApply={(by) => void applyMitigation(editor, risk.id, by)}
          />
        </>
      )}
      <Field label="Outcome" field="outcome">
        <OutcomeCell risk={risk} name={name} />
      </Field>
    </div>
  );
}

function Field({ label, field, children }: { label: string; field: string; children: ReactNode }) {
  return (
    <div className={css.field} data-field={field}>
      <span className={css.label} aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}
