import { SegmentedControl, Select } from '@mantine/core';
import { type MarginMode, setMeta, setParam } from '@tidemark/documents/estimate';
import { formatMoney } from '@tidemark/estimating';
import { ConfirmDialog } from '@tidemark/ui';
import { useMemo, useState } from 'react';
import { useEditor } from '../../editor/context.ts';
import panel from '../../editor/panel.module.css';
import { useLocked, useMayPrice, useView } from '../context.ts';
import { currencyCodes, currencyName } from '../currencies.ts';
import { RateInput } from './rate-input.tsx';
import css from './settings.module.css';

/** How the bid comes of the cost. All of it stands still once the estimate is submitted. */
export function PriceFields() {
  const editor = useEditor();
  const mayPrice = useMayPrice();
  const locked = useLocked();
  const mode = useView((view) => view.params.marginMode);
  return (
    <section className={css.group} aria-labelledby="settings-price">
      <h3 className={css.title} id="settings-price">
        Price
      </h3>
      {locked && (
        <p className={css.locked}>
          The estimate is submitted. Currency and rates can be changed when it is re-opened.
        </p>
      )}
      <CurrencyField />
      <div>
        <div className={panel.legend}>Profit is reckoned as</div>
        <SegmentedControl
          fullWidth
          aria-label="Profit is reckoned as"
          value={mode}
          disabled={!mayPrice}
          onChange={(value) => setParam(editor, { marginMode: value as MarginMode })}
          data={[
            { value: 'margin', label: 'Margin' },
            { value: 'markup', label: 'Markup' },
          ]}
        />
      </div>
      <p className={css.note}>{modeNotes[mode]}</p>
      <div className={css.pair}>
        <RateInput name="targetBp" label={mode === 'margin' ? 'Target margin' : 'Target markup'} />
        <RateInput name="taxBp" label="Tax" />
        <RateInput name="overheadBp" label="Overhead" />
        <RateInput name="contingencyBp" label="Contingency" />
      </div>
      <p className={css.note}>Overhead and contingency are shares of the base cost, tax is one of the bid.</p>
    </section>
  );
}

const modeNotes: Readonly<Record<MarginMode, string>> = {
  margin: 'A part of the bid: with 20 % margin, 20 of every 100 asked are profit.',
  markup: 'Added to the cost: with 20 % markup, every 100 of cost are asked as 120.',
};

function CurrencyField() {
  const editor = useEditor();
  const mayPrice = useMayPrice();
  const currency = useView((view) => view.meta.currency);
  const priced = useView((view) => view.lines.size > 0);
  const [wanted, setWanted] = useState<string | null>(null);
  const data = useMemo(
    () => currencyCodes(currency).map((code) => ({ value: code, label: `${code} – ${currencyName(code)}` })),
    [currency],
  );
  const change = (code: string) => {
    setWanted(null);
    setMeta(editor, { currency: code });
  };
  return (
    <>
      <Select
        label="Currency"
        data={data}
        value={currency}
        searchable
        allowDeselect={false}
        readOnly={!mayPrice}
        limit={60}
        nothingFoundMessage="No such currency"
        description="Changing it changes the sign and the rounding; no amount is converted."
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        onChange={(code) => {
          if (code === null || code === currency) return;
          if (priced) setWanted(code);
          else change(code);
        }}
      />
      {wanted !== null && (
        <ConfirmDialog
          opened
          title={`Change the currency to ${currencyName(wanted)}?`}
          confirm={`Change to ${wanted}`}
          onConfirm={() => change(wanted)}
          onClose={() => setWanted(null)}
        >
          Every figure stays as it is and only its sign changes: {formatMoney(sample, currency)} becomes{' '}
          {formatMoney(sample, wanted)}. Nothing is converted, and amounts are rounded as {wanted} is. Undo
          takes it back.
        </ConfirmDialog>
      )}
    </>
  );
}

/** 1,250.50, in ten-thousandths. */
const sample = 12_505_000;
