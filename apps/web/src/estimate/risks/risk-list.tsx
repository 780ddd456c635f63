import { Button, Drawer } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { addRisk, removeRisk } from '@tidemark/documents/estimate';
import { useEffect, useState } from 'react';
import { useDesk, useEstimate, useEstimation, useMayPrice, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { ChangeTag } from '../grid/change-mark.tsx';
import fate from '../past/fate.module.css';
import { useThen } from '../past/then.ts';
import { registerRows } from './register-rows.ts';
import { moveRiskBy } from './risk-acts.ts';
import { RiskForm } from './risk-form.tsx';
import css from './risk-list.module.css';
import { RiskMenu } from './risk-menu.tsx';
import { riskName, riskOutcomeWords } from './risk-words.ts';
import { useRiskPresence } from './use-risk-presence.ts';

interface Props {
  shown: ReadonlySet<string> | null;
  onAdded: () => void;
}

/** The register on a phone: two lines a risk; a touch opens one as a form. */
export function RiskList({ shown, onAdded }: Props) {
  const { editor, reader } = useEstimate();
  const { risk: chosen, chooseRisk, wanted, revealed } = useDesk();
  const risks = useView((view) => view.risks);
  const estimation = useEstimation();
  const then = useThen();
  const format = useFormat();
  const mayPrice = useMayPrice();
  const presence = useRiskPresence();
  const [opened, setOpened] = useState<string | null>(null);
  useEffect(() => {
    if (wanted?.kind !== 'risk') return;
    if (wanted.choose) setOpened(wanted.id);
    revealed();
  }, [wanted, revealed]);
  const at = risks.findIndex(({ id }) => id === opened);
  const open = risks[at];
  const show = (id: string | null) => {
    if (id === null) return;
    chooseRisk(id);
    setOpened(id);
  };
  return (
    <section aria-label="Register">
      <ul className={css.list} aria-label="Risks">
        {registerRows(risks, then).map(({ risk, number, gone, change }) => {
          if (shown !== null && !shown.has(risk.id)) return null;
          const name = riskName(risk, number);
          const details = [
            risk.category,
            format.rate(risk.applied === null ? risk.probBp : risk.mitigatedProbBp),
            risk.applied === null ? '' : 'mitigated',
            risk.outcome === 'open' ? '' : riskOutcomeWords[risk.outcome].toLowerCase(),
          ];
          return (
            <li
              key={risk.id}
              className={`${css.item} ${fate.fate}`}
              data-fate={change?.types[0]}
              data-chosen={risk.id === chosen || undefined}
            >
              <button type="button" className={css.open} disabled={gone} onClick={() => show(risk.id)}>
                <span className={css.number}>{gone ? '–' : number}</span>
                <span
                  className={css.name}
                  data-untitled={risk.title === '' || undefined}
                  data-struck={gone || undefined}
                >
                  {name}
                </span>
                <span className={css.money}>
                  {format.amount((gone ? then?.estimation : estimation)?.risks.get(risk.id)?.expected ?? 0)}
                </span>
                <span className={css.details}>{details.filter(Boolean).join(' · ')}</span>
                {change && (
                  <span className={css.change}>
                    <ChangeTag change={change} />
                  </span>
                )}
              </button>
              {!gone && (
                <RiskMenu
                  id={risk.id}
                  name={name}
                  size={44}
                  onMove={shown === null ? (way) => void moveRiskBy(editor, reader, risk.id, way) : null}
                  onRemove={() => void removeRisk(editor, risk.id)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {mayPrice && (
        <Button
          className={css.add}
          variant="default"
          fullWidth
          leftSection={<IconPlus size={16} stroke={2} />}
          onClick={() => {
            show(addRisk(editor));
            onAdded();
          }}
        >
          Add a risk
        </Button>
      )}
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpened(null)}
        position="bottom"
        size="88%"
        radius="lg"
        title={open && riskName(open, at + 1)}
        closeButtonProps={{ 'aria-label': 'Close', size: 44, iconSize: 18 }}
      >
        {open && (
          // biome-ignore lint/a11y/noStaticElementInteractions: hears where the focus is, so that others see it
          <div data-risk={open.id} onFocus={presence.onFocus} onBlur={presence.onBlur}>
            <RiskForm risk={open} number={at + 1} change={then?.changeOf('risks', open.id)} />
          </div>
        )}
      </Drawer>
    </section>
  );
}
