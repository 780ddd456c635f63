import { Button, Modal, NativeSelect } from '@mantine/core';
import { usePhone } from '@tidemark/ui';
import { useEffect, useEffectEvent } from 'react';
import { currencyCodes, currencyName } from '../currencies.ts';
import { FileChoice } from './file-choice.tsx';
import css from './files.module.css';
import { MappingForm } from './mapping-form.tsx';
import { ReadResult } from './read-result.tsx';
import type { TableChoice } from './table-file.ts';
import { useTableFile } from './use-table-file.ts';

interface Props {
  /** What was dropped; null: it is chosen here. */
  dropped: File | null;
  /** `choice` null: the file is an estimate as it stands. */
  onImport: (file: File, choice: TableChoice | null) => void;
  onClose: () => void;
}

/** A file becomes a new estimate: at once where it is one of ours, else by how its columns are read. */
export default function ImportEstimateDialog({ dropped, onImport, onClose }: Props) {
  const phone = usePhone();
  const file = useTableFile('USD');
  const { opened, choice, read } = file;
  const lines = read?.sections.reduce((sum, section) => sum + section.lines.length, 0) ?? 0;
  const begin = useEffectEvent((first: File) => void file.take(first));
  useEffect(() => {
    if (dropped) begin(dropped);
  }, [dropped]);
  const arrived = useEffectEvent((one: File) => onImport(one, null));
  useEffect(() => {
    if (opened?.is === 'estimate') arrived(opened.file);
  }, [opened]);
  return (
    <Modal
      opened
      onClose={onClose}
      title={opened?.is === 'table' ? `Import “${opened.file.name}”` : 'Import an estimate'}
      size={opened?.is === 'table' ? 980 : 560}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {opened?.is !== 'table' && <FileChoice busy={file.busy} problem={file.problem} onFile={file.take} />}
      {opened?.is === 'table' && choice && (
        <>
          <MappingForm table={opened.table} choice={choice} onChange={file.choose} />
          {read && <ReadResult read={read} currency={choice.currency} />}
          <div className={css.actions}>
            <NativeSelect
              className={css.place ?? ''}
              label="Currency"
              value={choice.currency}
              data={currencyCodes(choice.currency).map((code) => ({
                value: code,
                label: `${code} · ${currencyName(code)}`,
              }))}
              onChange={(event) => file.choose({ ...choice, currency: event.currentTarget.value })}
            />
            <Button variant="default" onClick={file.leave}>
              Another file
            </Button>
            <Button disabled={lines === 0} onClick={() => onImport(opened.file, choice)}>
              Make an estimate of {lines.toLocaleString('en')} {lines === 1 ? 'line' : 'lines'}
            </Button>
          </div>
        </>
      )}
    </Modal>
  );
}
