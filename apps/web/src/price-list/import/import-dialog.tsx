import { Button, Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import type { TableSheet } from '@tidemark/estimate-files';
import { DialogFoot } from '@tidemark/ui';
import { useMemo, useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { importPrices } from '../../api/price-list.ts';
import { countOf } from '../../shell/sizes.ts';
import { usePricesChanged } from '../use-price-list.ts';
import { ColumnsForm } from './columns-form.tsx';
import css from './import-dialog.module.css';
import { PreviewTable } from './preview-table.tsx';
import { type PriceMapping, readPriceRows, suggestPriceMapping } from './read-prices.ts';

interface Props {
  name: string;
  sheets: readonly TableSheet[];
  /** Of rows that name none, to begin with. */
  currency: string;
  onClose: () => void;
}

/** Takes a supplier's file over: which column is what, then what would become of each row, then all of it. */
export function ImportDialog({ name, sheets, currency: begin, onClose }: Props) {
  const changed = usePricesChanged();
  const [at, setAt] = useState(0);
  const [currency, setCurrency] = useState(begin);
  const sheet = sheets[at] ?? { name: '', rows: [] };
  const [mapping, setMapping] = useState<PriceMapping>(() => suggestPriceMapping(sheet));
  const rows = useMemo(() => readPriceRows(sheet, mapping, currency), [sheet, mapping, currency]);
  const good = useMemo(() => rows.filter(({ problems }) => Object.keys(problems).length === 0), [rows]);
  const send = (preview: boolean) =>
    importPrices(
      good.map(({ fields }) => fields),
      currency,
      preview,
    );
  const preview = useMutation({ mutationFn: () => send(true) });
  const take = useMutation({
    mutationFn: () => send(false),
    onSuccess: async ({ counts }) => {
      notifications.show({
        message: `${countOf(counts.added, 'item')} added, ${counts.changed.toLocaleString('en')} changed from “${name}”.`,
      });
      onClose();
      await changed();
    },
  });
  const choose = (next: PriceMapping) => {
    setMapping(next);
    preview.reset();
    take.reset();
  };
  const missing = (['name', 'unitCost'] as const).every((field) => !mapping.columns.includes(field));
  const report = preview.data;
  const writes = report ? report.counts.added + report.counts.changed : 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Import “${name}”`}
      size={780}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {report ? (
        <PreviewTable report={report} good={good} rows={rows} currency={currency} />
      ) : (
        <ColumnsForm
          sheets={sheets}
          at={at}
          mapping={mapping}
          currency={currency}
          onSheet={(next) => {
            setAt(next);
            choose(suggestPriceMapping(sheets[next] ?? sheet));
          }}
          onMapping={choose}
          onCurrency={setCurrency}
        />
      )}
      {(preview.error ?? take.error) && (
        <p role="alert" className={css.wrong}>
          {wordsOf(preview.error ?? take.error)}
        </p>
      )}
      <DialogFoot
        words={
          report
            ? writes === 0
              ? 'There is nothing to take over.'
              : ''
            : missing
              ? 'Say which columns hold names and prices.'
              : `${countOf(rows.length, 'row')} can be read.`
        }
      >
        {report ? (
          <Button variant="default" onClick={() => preview.reset()}>
            Back
          </Button>
        ) : (
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        )}
        {report ? (
          <Button loading={take.isPending} disabled={writes === 0} onClick={() => take.mutate()}>
            Import {countOf(writes, 'item')}
          </Button>
        ) : (
          <Button
            loading={preview.isPending}
            disabled={missing || good.length === 0}
            onClick={() => preview.mutate()}
          >
            Preview
          </Button>
        )}
      </DialogFoot>
    </Modal>
  );
}
