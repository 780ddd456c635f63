import { IconAlertTriangle } from '@tabler/icons-react';
import css from '../../editor/question.module.css';
import { QuestionDialog } from '../../editor/question-dialog.tsx';
import { useEstimation, useView } from '../context.ts';
import { useFormat } from '../format.ts';

interface Props {
  onDo: (note: string) => Promise<void>;
  onClose: () => void;
}

/** Before an estimate goes out: what is frozen, and what stands in the way. It keeps up with what others edit meanwhile. */
export function SubmitDialog({ onDo, onClose }: Props) {
  const estimation = useEstimation();
  const format = useFormat();
  const { client, validUntil } = useView((view) => view.meta);
  const lines = useView((view) => view.lines.size);
  const { taxBp } = useView((view) => view.params);
  const { findings, marginBp } = estimation;
  return (
    <QuestionDialog
      title="Submit the estimate"
      action={`Submit ${format.money(estimation.bid)}`}
      noteLabel="Note (optional)"
      notePlaceholder="Sent to the client by e-mail"
      ready={findings.length === 0}
      onDo={onDo}
      onClose={onClose}
    >
      <p className={css.words}>
        Its state and totals are kept for good, and prices stand still for everybody until somebody re-opens
        it.
      </p>
      <dl className={css.figures}>
        {client !== '' && <Figure label="Client" text={client} />}
        {validUntil !== '' && <Figure label="Valid until" text={validUntil} />}
        <Figure label="Lines" text={String(lines)} />
        <Figure label="Cost" text={format.money(estimation.cost)} />
        <Figure label="Margin" text={marginBp === null ? '–' : format.rate(marginBp)} />
        <Figure label="Bid" text={format.money(estimation.bid)} strong />
        {taxBp !== 0 && <Figure label="Total with tax" text={format.money(estimation.total)} />}
      </dl>
      {estimation.bid === 0 && findings.length === 0 && (
        <p className={css.problem} role="status">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          The bid is {format.money(0)}: nothing in it has a price so far.
        </p>
      )}
      {findings.length > 0 && (
        <div className={css.problem} role="alert">
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
          <div>
            This cannot be reckoned and has to be mended first:
            <ul>
              {findings.slice(0, 5).map(({ about, id, code, detail }) => (
                <li key={`${about} ${id} ${code}`}>{detail}</li>
              ))}
              {findings.length > 5 && <li>and {findings.length - 5} more</li>}
            </ul>
          </div>
        </div>
      )}
    </QuestionDialog>
  );
}

function Figure({ label, text, strong = false }: { label: string; text: string; strong?: boolean }) {
  return (
    <div data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}
