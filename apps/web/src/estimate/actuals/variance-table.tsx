import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { Difference, SectionVariance } from '@tidemark/estimating';
import { Fragment, type ReactNode, useState } from 'react';
import { useFormat } from '../format.ts';
import { baselineWords } from './actuals-strip.tsx';
import cards from './cards.module.css';
import table from './table.module.css';
import type { AgainstBaseline } from './use-variance.ts';
import { percent, signed, toneOf } from './variance-words.ts';

/** Actual against estimated by section, and by line where a section is unfolded. */
export function VarianceTable({ baseline, variance }: AgainstBaseline) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const sections = variance.sections.filter(
    ({ group, lines, actual, estimated }) =>
      group !== null || lines.length > 0 || actual !== 0 || estimated !== 0,
  );
  const fold = (key: string) => {
    const next = new Set(open);
    if (!next.delete(key)) next.add(key);
    setOpen(next);
  };
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${cards.cards}`} data-table="variance" aria-label="Variance">
        <colgroup>
          <col />
          <col style={{ width: 130 }} />
          <col style={{ width: 130 }} />
          <col style={{ width: 130 }} />
          <col style={{ width: 92 }} />
          <col style={{ width: 150 }} />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">Section and line</th>
            <th scope="col" data-end>
              Estimated
              <span className={table.subheading}>{baselineWords(baseline)}</span>
            </th>
            <th scope="col" data-end>
              Actual
            </th>
            <th scope="col" data-end>
              Variance
            </th>
            <th scope="col" data-end>
              %
            </th>
            <th scope="col">
              <span className={table.hidden}>Under or over</span>
            </th>
          </tr>
        </thead>
        {sections.map((section) => {
          const key = section.group?.id ?? '';
          return <Section key={key} section={section} open={open.has(key)} onFold={() => fold(key)} />;
        })}
        <tfoot>
          <Row kind="total" difference={variance.total}>
            Total against the base
          </Row>
          <Row kind="sum" difference={variance.cost}>
            Against the cost, with contingency, overhead and risk
          </Row>
        </tfoot>
      </table>
    </div>
  );
}

function Section({ section, open, onFold }: { section: SectionVariance; open: boolean; onFold: () => void }) {
  const { group, lines, unassigned } = section;
  const none = lines.length === 0 ? 'The job as a whole' : 'Without a section';
  const name = group === null ? none : group.name || 'A section without a name';
  const parts = lines.length > 0;
  const Fold = open ? IconChevronDown : IconChevronRight;
  return (
    <tbody>
      <Row kind="section" difference={section} booked={section.actual !== 0}>
        {parts ? (
          <button type="button" className={table.fold} aria-expanded={open} onClick={onFold}>
            <Fold size={15} stroke={1.9} aria-hidden />
            {name}
          </button>
        ) : (
          <span className={table.fold}>{name}</span>
        )}
      </Row>
      {open && (
        <Fragment>
          {lines.map(({ line, ...difference }) => (
            <Row key={line.id} kind="line" difference={difference} booked={difference.actual !== 0}>
              {line.name || line.code || 'A line without a name'}
            </Row>
          ))}
          {unassigned !== 0 && (
            <Row
              kind="line"
              difference={{ estimated: 0, actual: unassigned, variance: unassigned, varianceBp: null }}
            >
              <em>Booked on no line</em>
            </Row>
          )}
        </Fragment>
      )}
    </tbody>
  );
}

interface RowProps {
  kind: 'section' | 'line' | 'total' | 'sum';
  difference: Difference;
  /** Whether anything was; else there is no variance to speak of yet. */
  booked?: boolean;
  children: ReactNode;
}

function Row({ kind, difference, booked = true, children }: RowProps) {
  const format = useFormat();
  const tone = toneOf(difference);
  return (
    <tr data-kind={kind}>
      <th scope="row">{children}</th>
      <td data-end data-label="Estimated">
        {format.amount(difference.estimated)}
      </td>
      <td data-end data-label="Actual">
        {booked ? format.amount(difference.actual) : '–'}
      </td>
      {booked ? (
        <>
          <td data-end data-label="Variance" data-tone={tone}>
            {signed(difference.variance, format)}
          </td>
          <td data-end data-label="%" data-tone={tone}>
            {percent(difference, format)}
          </td>
          <td>
            <Bar difference={difference} />
          </td>
        </>
      ) : (
        <td colSpan={3} className={table.none} data-none>
          nothing booked
        </td>
      )}
    </tr>
  );
}

/** Half the width is as much again as was estimated. */
function Bar({ difference }: { difference: Difference }) {
  const tone = toneOf(difference);
  const share = difference.varianceBp === null ? 1 : Math.min(1, Math.abs(difference.varianceBp) / 10_000);
  const words = { over: 'over', under: 'under', even: 'as estimated' }[tone];
  return (
    <span className={table.bar} data-tone={tone}>
      <span className={table.barTrack} aria-hidden>
        <span className={table.barFill} style={{ width: `${share * 50}%` }} />
      </span>
      <span className={table.barWord}>{words}</span>
    </span>
  );
}
