import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconPaperclip } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { anyTopic } from '@tidemark/client';
import { EmptyState } from '@tidemark/ui';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { attachmentsQuery } from '../api/attachments.ts';
import { wordsOf } from '../api/http.ts';
import { useSession } from '../editor/context.ts';
import { isLive, useMayEdit } from '../editor/rights.ts';
import { DropArea } from '../shell/drop-area.tsx';
import { anyFiles, pickFiles } from '../shell/files.ts';
import { useOnline } from '../shell/online.ts';
import { AttachmentRow } from './attachment-row.tsx';
import css from './files-panel.module.css';
import { ImportNote } from './import-note.tsx';
import { UploadRow } from './upload-row.tsx';
import { uploadsOf, useUploads } from './uploads.ts';

/** The attachments of the open document as they are now, whoever changes them. */
function useAttachments() {
  const { documentId, provider } = useSession();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      provider.onNews((topic) => {
        if (topic !== 'files' && topic !== anyTopic) return;
        void queryClient.invalidateQueries({ queryKey: attachmentsQuery(documentId).queryKey });
      }),
    [provider, queryClient, documentId],
  );
  // Whoever is not let in, or not yet, has nothing to ask.
  const isAdmitted = useSyncExternalStore(
    provider.subscribe,
    useCallback(() => isLive(provider.status()), [provider]),
  );
  return useQuery({ ...attachmentsQuery(documentId), enabled: isAdmitted });
}

export function useAttachmentCount(): number | null {
  return useAttachments().data?.items.length || null;
}

/** Files on the document, beside its content: drop, upload, download, take off and put back. */
export function FilesPanel() {
  const { documentId } = useSession();
  const queryClient = useQueryClient();
  const mayEdit = useMayEdit();
  const online = useOnline();
  const attachments = useAttachments();
  const uploads = uploadsOf(documentId, () =>
    queryClient.invalidateQueries({ queryKey: attachmentsQuery(documentId).queryKey }),
  );
  const running = useUploads(uploads);
  const items = attachments.data?.items ?? [];
  const imported = attachments.data?.imported ?? null;
  const attach = (
    <Button
      fullWidth
      variant="default"
      leftSection={<IconPaperclip size={16} stroke={1.8} />}
      onClick={async () => uploads.start(await pickFiles(anyFiles))}
    >
      Attach files
    </Button>
  );
  return (
    <DropArea
      className={css.area}
      enabled={mayEdit}
      label="Drop files to attach them"
      onFiles={(files) => uploads.start(files)}
    >
      <div className={css.stack}>
        {mayEdit && attach}
        {mayEdit && (
          <p className={css.note}>
            {online
              ? 'Any type, up to 10 MB each. You can drop files here.'
              : 'You are offline. Files you attach wait on this page until the network is back.'}
          </p>
        )}
        {imported && <ImportNote imported={imported} />}
        {running.length > 0 && (
          <ul className={css.list} aria-label="Uploads">
            {running.map((upload) => (
              <UploadRow key={upload.id} upload={upload} uploads={uploads} />
            ))}
          </ul>
        )}
        {attachments.isPending && <Waiting />}
        {attachments.isError && items.length === 0 && (
          <EmptyState
            size="tile"
            level={3}
            title="The files could not be listed"
            icon={<IconAlertTriangle size={22} stroke={1.6} />}
            actions={
              <Button
                size="compact-sm"
                variant="default"
                loading={attachments.isFetching}
                onClick={() => void attachments.refetch()}
              >
                Try again
              </Button>
            }
          >
            {wordsOf(attachments.error)}
          </EmptyState>
        )}
        {attachments.isSuccess && items.length === 0 && running.length === 0 && (
          <EmptyState
            size="tile"
            level={3}
            title="No files yet"
            icon={<IconPaperclip size={22} stroke={1.6} />}
          >
            {mayEdit
              ? 'Contracts, pictures, tables: what belongs to this document stays beside it.'
              : 'When somebody attaches a file, you can download it here.'}
          </EmptyState>
        )}
        {items.length > 0 && (
          <ul className={css.list} aria-label="Files">
            {items.map((item) => (
              <AttachmentRow key={item.id} item={item} mayEdit={mayEdit} online={online} />
            ))}
          </ul>
        )}
      </div>
    </DropArea>
  );
}

function Waiting() {
  return (
    <div aria-busy="true" className={css.list}>
      {[0, 1, 2].map((row) => (
        <Skeleton key={row} height={46} radius={9} />
      ))}
    </div>
  );
}
