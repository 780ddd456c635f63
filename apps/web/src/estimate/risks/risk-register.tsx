import { Button } from '@mantine/core';
import { IconGripVertical, IconPlus } from '@tabler/icons-react';
import { addRisk, moveRisk, type RiskView, removeRisk } from '@tidemark/documents/estimate';
import { KeyboardHint } from '@tidemark/ui';
import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { walkCells } from '../cells/cell-keys.ts';
import { useDesk, useEstimate, useEstimation, useMayPrice, useView } from '../context.ts';
import { useThen } from '../past/then.ts';
import css from './register.module.css';
import { registerRows } from './register-rows.ts';
import { moveRiskBy } from './risk-acts.ts';
import { RiskMenu } from './risk-menu.tsx';
import { RiskRow } from './risk-row.tsx';
import { categoriesOf, riskName } from './risk-words.ts';
import { usePeopleNames } from './use-people-names.ts';
import { useHolders, useRiskPresence } from './use-risk-presence.ts';
import { useRowDrag } from './use-row-drag.ts';

interface Props {
  /** Of all risks those that are shown; null: all. */
  shown: ReadonlySet<string> | null;
  onAdded: () => void;
}

/** All risks as a table whose fields are edited where they stand. */
export function RiskRegister({ shown, onAdded }: Props) {
  const { editor, reader } = useEstimate();
  const { risk: chosen } = useDesk();
  const risks = useView((view) => view.risks);
  const estimation = useEstimation();
  const then = useThen();
  const mayPrice = useMayPrice();
  const people = usePeopleNames();
  const holdersOf = useHolders();
  const presence = useRiskPresence();
  const categories = useMemo(() => categoriesOf(risks), [risks]);
  const table = useRef<HTMLTableElement>(null);
  const begun = useRef<string | null>(null);
  const drag = useRowDrag(table, (id, before) => void moveRisk(editor, id, before));
  const movable = mayPrice && shown === null;

  useShown(table);
  useLayoutEffect(() => {
    if (begun.current === null) return;
    const field = fieldOf(table.current, begun.current);
    if (field === null) return;
    begun.current = null;
    field.focus();
    field.scrollIntoView({ block: 'nearest' });
  });

  const add = () => {
    begun.current = addRisk(editor);
    onAdded();
  };
  const remove = (risk: RiskView) => {
    const at = risks.indexOf(risk);
    const next = risks[at + 1] ?? risks[at - 1];
    if (removeRisk(editor, risk.id) && next) fieldOf(table.current, next.id)?.focus();
  };
  const key = (event: KeyboardEvent<HTMLTableElement>) => {
    const mod = event.ctrlKey || event.metaKey;
    const id = (event.target as HTMLElement).closest('[data-risk]')?.getAttribute('data-risk');
    const risk = risks.find((one) => one.id === id);
    const step = event.key === 'ArrowUp' ? 'up' : event.key === 'ArrowDown' ? 'down' : null;
    if (event.altKey && event.shiftKey && !mod && step !== null && risk) {
      event.preventDefault();
      if (movable) moveRiskBy(editor, reader, risk.id, step);
    } else if (mod && !event.altKey && event.key === 'Enter' && mayPrice) {
      event.preventDefault();
      add();
    } else if (mod && !event.altKey && event.key === '-' && risk && mayPrice) {
      event.preventDefault();
      remove(risk);
    } else walkCells(event);
  };
  const rows = registerRows(risks, then).filter(({ risk }) => shown === null || shown.has(risk.id));
  const last = rows.at(-1)?.risk.id;
  return (
    <section className={css.register} aria-label="Register">
      <div className={css.scroll}>
        <table
          ref={table}
          className={css.table}
          aria-label="Risks"
          onKeyDown={key}
          onFocus={presence.onFocus}
          onBlur={presence.onBlur}
          data-drop-last={(drag.before === null && last !== drag.dragged) || undefined}
        >
          <Columns />
          <Head />
          {rows.map(({ risk, number, gone, was, change }) => {
            const name = riskName(risk, number);
            return (
              <RiskRow
                key={risk.id}
                risk={risk}
                number={number}
                exposure={(gone ? then?.estimation : estimation)?.risks.get(risk.id)}
                was={was}
                change={change}
                chosen={chosen === risk.id}
                dragged={drag.dragged === risk.id}
                dropBefore={drag.before === risk.id && drag.dragged !== risk.id}
                people={people}
                categories={categories}
                holders={holdersOf(risk.id)}
                handle={
                  movable &&
                  !gone && (
                    <span
                      className={css.handle}
                      title="Drag to move"
                      onPointerDown={(event) => drag.start(event, risk.id)}
                    >
                      <IconGripVertical size={15} stroke={1.7} aria-hidden />
                    </span>
                  )
                }
                menu={
                  !gone && (
                    <RiskMenu
                      id={risk.id}
                      name={name}
                      onMove={movable ? (way) => void moveRiskBy(editor, reader, risk.id, way) : null}
                      onRemove={() => remove(risk)}
                    />
                  )
                }
              />
            );
          })}
        </table>
      </div>
      {mayPrice && (
        <Button
          className={css.add}
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} stroke={2} />}
          rightSection={<KeyboardHint keys="Mod+Enter" />}
          onClick={add}
        >
          Add a risk
        </Button>
      )}
    </section>
  );
}

function fieldOf(table: HTMLElement | null, risk: string): HTMLElement | null {
  return table?.querySelector<HTMLElement>(`[data-risk="${CSS.escape(risk)}"] [data-cell="what"]`) ?? null;
}

/** Brings a risk into sight that somebody asked for: a comment, the person one follows. */
function useShown(table: { readonly current: HTMLElement | null }): void {
  const { wanted, revealed, chooseRisk } = useDesk();
  useLayoutEffect(() => {
    if (wanted?.kind !== 'risk') return;
    const title = fieldOf(table.current, wanted.id);
    title?.closest('[data-risk]')?.scrollIntoView({ block: 'nearest' });
    if (wanted.choose) {
      chooseRisk(wanted.id);
      // One that was only just begun is there to be named.
      if (title instanceof HTMLInputElement && title.value === '') title.focus();
    }
    revealed();
  }, [wanted, revealed, chooseRisk, table]);
}

function Columns() {
  return (
    <colgroup>
      <col style={{ width: 42 }} />
      <col />
      <col style={{ width: 128 }} />
      <col style={{ width: 102 }} />
      <col style={{ width: 104 }} />
      <col style={{ width: 104 }} />
      <col style={{ width: 104 }} />
      <col style={{ width: 128 }} />
      <col style={{ width: 94 }} />
      <col style={{ width: 38 }} />
    </colgroup>
  );
}

function Head() {
  return (
    <thead>
      <tr>
        <th scope="col" className={css.number}>
          <span aria-hidden>#</span>
          <span className={css.hidden}>Number</span>
        </th>
        <Heading first="Risk" second="Mitigation" />
        <Heading first="Category" second="Its cost" />
        <Heading first="Probability" second="Mitigated" end />
        <Heading first="Low" second="Mitigated" end />
        <Heading first="High" second="Mitigated" end />
        <Heading first="Expected" second="With its cost" end />
        <Heading first="Owner" second="Applied" />
        <Heading first="Outcome" second="Worth" />
        <th scope="col">
          <span className={css.hidden}>Actions</span>
        </th>
      </tr>
    </thead>
  );
}

function Heading({ first, second, end = false }: { first: string; second: string; end?: boolean }) {
  return (
    <th scope="col" className={css.heading} data-end={end || undefined}>
      {first}
      <span className={css.subheading}>{second}</span>
    </th>
  );
}
