import { Button, Modal, Progress } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ImportState, importDesk, useImportState } from './import-desk.ts';
import css from './import-dialogs.module.css';
import { ReportDialog } from './report-dialog.tsx';

/** What is going on with imports, over whatever page is open. */
export function ImportDialogs() {
  const state = useImportState();
  switch (state.step) {
    case 'idle':
      return null;
    case 'sending':
      return <Sending state={state} />;
    case 'refused':
      return <Refused state={state} />;
    case 'report':
      return <ReportDialog key={state.documentId} state={state} onClose={importDesk.close} />;
  }
}

function Sending({ state: { name, nth, of, share } }: { state: ImportState & { step: 'sending' } }) {
  return (
    <Modal
      opened
      onClose={importDesk.cancel}
      withCloseButton={false}
      closeOnClickOutside={false}
      title={of > 1 ? `Importing ${nth} of ${of}` : 'Importing'}
      size="sm"
    >
      <p className={css.file}>{name}</p>
      <Progress size={5} value={4 + share * 92} animated={share === 1} aria-label={`Import of ${name}`} />
      <p className={css.step} role="status">
        {share < 1 ? 'Sending…' : 'Reading the file…'}
      </p>
      <div className={css.actions}>
        <Button variant="default" onClick={importDesk.cancel} data-autofocus>
          Cancel
        </Button>
      </div>
    </Modal>
  );
}

function Refused({ state: { files } }: { state: ImportState & { step: 'refused' } }) {
  return (
    <Modal
      opened
      onClose={importDesk.close}
      title={
        files.length === 1 ? 'This file could not be imported' : `${files.length} files could not be imported`
      }
      size="md"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <ul className={css.refused} aria-label="Files that could not be imported">
        {files.map(({ name, words, line }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
          <li key={index} className={css.refusal}>
            <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
            <span>
              <b>{name}</b>
              {line !== null && <span className={css.line}> line {line}</span>}
              <span className={css.words}>{words}</span>
            </span>
          </li>
        ))}
      </ul>
      <p className={css.step}>Nothing of {files.length === 1 ? 'it' : 'them'} was kept.</p>
      <div className={css.actions}>
        <Button onClick={importDesk.close} data-autofocus>
          Close
        </Button>
      </div>
    </Modal>
  );
}
