import { Button, Modal } from '@mantine/core';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { DialogFoot } from '@tidemark/ui';
import { useEffect, useRef, useState } from 'react';
import { fetchCompanyExport } from '../api/company-export.ts';
import { wordsOf } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import css from './export-dialog.module.css';
import { useOnline } from './online.ts';
import { savedName, saveFile } from './save-file.ts';
import { sizeOf } from './sizes.ts';

/** All that the company has as one ZIP, for its owners. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { data: me } = useSuspenseQuery(meQuery);
  const online = useOnline();
  const [bytes, setBytes] = useState(0);
  const cancel = useRef<AbortController | null>(null);
  useEffect(() => () => cancel.current?.abort(), []);
  const fetching = useMutation({
    mutationFn: async () => {
      const controller = new AbortController();
      cancel.current = controller;
      setBytes(0);
      try {
        const archive = await fetchCompanyExport(setBytes, controller.signal);
        const day = new Date().toISOString().slice(0, 10);
        saveFile(archive, savedName(`${me.company.name} ${day}`, 'zip', 'Company'), 'application/zip');
        return archive.size;
      } catch (error) {
        if (controller.signal.aborted) return null;
        throw error;
      }
    },
  });
  const done = fetching.data ?? null;
  return (
    <Modal
      opened
      onClose={onClose}
      title="Export the company"
      size={480}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={css.words}>
        One ZIP with all documents of “{me.company.name}” and of your own space, those in the bin too: each
        with its whole history, its versions, conversation and files; and people, price list and profile. What
        others have in their own spaces stays theirs.
      </p>
      <p className={css.words}>It is written while it arrives. Keep this open until it is saved.</p>
      <div className={css.progress}>
        <span role="status">
          {fetching.isPending
            ? 'It is being written'
            : done === null
              ? ''
              : `Saved among your downloads: ${sizeOf(done)}.`}
        </span>
        {fetching.isPending && <span aria-hidden>{bytes === 0 ? '…' : `: ${sizeOf(bytes)} so far…`}</span>}
      </div>
      {fetching.isError && (
        <p className={css.error} role="alert">
          {wordsOf(fetching.error)}
        </p>
      )}
      <DialogFoot
        words={online ? undefined : 'You are offline; it can be exported when you are back.'}
        tone="warn"
      >
        {fetching.isPending ? (
          <Button variant="default" onClick={() => cancel.current?.abort()}>
            Stop
          </Button>
        ) : (
          <>
            <Button variant="default" onClick={onClose}>
              {done === null ? 'Cancel' : 'Close'}
            </Button>
            <Button onClick={() => fetching.mutate()} disabled={!online} data-autofocus>
              {done === null ? 'Export' : 'Export again'}
            </Button>
          </>
        )}
      </DialogFoot>
    </Modal>
  );
}
