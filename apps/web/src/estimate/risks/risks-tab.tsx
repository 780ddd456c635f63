import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus, IconShieldExclamation, IconX } from '@tabler/icons-react';
import { useStatusPart } from '@tidemark/client/react';
import { addRisk } from '@tidemark/documents/estimate';
import { calculate, type HeatMapOf, heatMap } from '@tidemark/estimating';
import { EmptyState, usePhone } from '@tidemark/ui';
import { useMemo, useState } from 'react';
import { useEditor } from '../../editor/context.ts';
import { isWaiting } from '../../editor/rights.ts';
import { useDesk, useEstimate, useMayPrice, useView } from '../context.ts';
import { GridSkeleton } from '../estimate-skeleton.tsx';
import { useThen } from '../past/then.ts';
import { ExposureStrip } from './exposure-strip.tsx';
import { RiskHeatMap } from './heat-map.tsx';
import type { Band } from './heat-places.ts';
import { RiskList } from './risk-list.tsx';
import { RiskRegister } from './risk-register.tsx';
import css from './risks.module.css';
import { BidWaterfall } from './waterfall.tsx';

/** The risks of an estimate: what they come to, where they stand, and all of them to be worked on. */
export function RisksTab() {
  const { provider } = useEstimate();
  const seeded = useView((view) => view.meta.schemaVersion > 0);
  const empty = useView((view) => view.risks.length === 0);
  // What is gone has its place in the register.
  const hadSome = (useThen()?.view.risks.length ?? 0) > 0;
  const waiting = useStatusPart(provider, isWaiting);
  if (!seeded && waiting) return <GridSkeleton />;
  return empty && !hadSome ? <NoRisks /> : <Risks />;
}

function NoRisks() {
  const editor = useEditor();
  const mayPrice = useMayPrice();
  const { reveal } = useDesk();
  const icon = <IconShieldExclamation size={26} stroke={1.6} />;
  if (!mayPrice) {
    return (
      <EmptyState title="No risks" icon={icon}>
        Nobody has written a risk down here.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="What could go wrong?"
      icon={icon}
      actions={
        <Button
          leftSection={<IconPlus size={16} stroke={2} />}
          onClick={() => {
            const id = addRisk(editor);
            if (id !== null) reveal({ kind: 'risk', id });
          }}
        >
          Add the first risk
        </Button>
      }
    >
      A risk has a probability and what it would cost, low and high. What is expected of it goes into the bid;
      a mitigation that is applied lowers it.
    </EmptyState>
  );
}

const parts = ['register', 'map', 'waterfall'] as const;
type Part = (typeof parts)[number];

function Risks() {
  const phone = usePhone();
  const [of, setOf] = useState<HeatMapOf>('now');
  const [cell, setCell] = useState<Band | null>(null);
  const [part, setPart] = useState<Part>('register');
  const shown = useShown(cell, of);
  const { chooseRisk } = useDesk();
  const all = useView((view) => view.risks.length);
  const choose = (band: Band | null) => {
    chooseRisk(null);
    setCell(band);
    if (band !== null) setPart('register');
  };
  const heat = (
    <RiskHeatMap
      of={of}
      onOf={(next) => {
        setOf(next);
        setCell(null);
      }}
      chosen={cell}
      onChoose={choose}
    />
  );
  const filter = shown !== null && (
    <p className={css.filter} role="status">
      {shown.size} of {all} {all === 1 ? 'risk' : 'risks'}: one cell of the heat map
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconX size={13} stroke={2} />}
        onClick={() => choose(null)}
      >
        Show all
      </Button>
    </p>
  );
  if (!phone) {
    return (
      <div className={css.tab} data-scroller>
        <ExposureStrip />
        <div className={css.pictures}>
          {heat}
          <BidWaterfall />
        </div>
        {filter}
        <RiskRegister shown={shown} onAdded={() => setCell(null)} />
      </div>
    );
  }
  return (
    <div className={css.tab} data-scroller>
      <SegmentedControl
        fullWidth
        className={css.parts}
        aria-label="Part of the risks"
        value={part}
        onChange={(value) => setPart(parts.find((one) => one === value) ?? 'register')}
        data={[
          { value: 'register', label: 'Register' },
          { value: 'map', label: 'Heat map' },
          { value: 'waterfall', label: 'Bid' },
        ]}
      />
      {part === 'register' && (
        <>
          <ExposureStrip />
          {filter}
          <RiskList shown={shown} onAdded={() => setCell(null)} />
        </>
      )}
      {part === 'map' && heat}
      {part === 'waterfall' && <BidWaterfall />}
    </div>
  );
}

/** The risks in a cell, and the one that is being worked on: it does not go from under the hand when it leaves the cell. */
function useShown(cell: Band | null, of: HeatMapOf): ReadonlySet<string> | null {
  const view = useView((now) => now);
  const { risk } = useDesk();
  return useMemo(() => {
    if (cell === null) return null;
    const inCell = heatMap(view, calculate(view), of).cells[cell.probability]?.[cell.impact]?.risks ?? [];
    const ids = new Set(inCell.map(({ id }) => id));
    if (risk !== null && view.risks.some(({ id }) => id === risk)) ids.add(risk);
    return ids;
  }, [view, cell, of, risk]);
}
