import { Loader, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconPaperclip, IconPlus, IconX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import { type Attachment, attachmentContent, attachmentsQuery } from '../../api/attachments.ts';
import { wordsOf } from '../../api/http.ts';
import { sendFile } from '../../api/send-file.ts';
import { sha256Of } from '../../data/sha256.ts';
import { useSession } from '../../editor/context.ts';
import { useMayEdit } from '../../editor/rights.ts';
import { anyFiles, pickFiles } from '../../shell/files.ts';
import { useOnline } from '../../shell/online.ts';
import css from './actuals.module.css';

interface Props {
  fileId: string | null;
  /** What the file belongs to, for the label. */
  of: string;
  onChange: (fileId: string | null) => void;
  size?: number;
}

/** The receipt of a cost: one of the files on the document, or a new one that is attached to it now. */
export function AttachButton({ fileId, of, onChange, size = 28 }: Props) {
  const { documentId } = useSession();
  const queryClient = useQueryClient();
  const mayEdit = useMayEdit();
  const online = useOnline();
  const [sending, setSending] = useState(false);
  const { data } = useQuery(attachmentsQuery(documentId));
  const files = data?.items ?? [];
  const file = files.find(({ id }) => id === fileId);
  if (fileId === null && !mayEdit) return null;
  const name =
    fileId === null ? null : (file?.name ?? (data === undefined ? 'a file' : 'a file that is gone'));
  const attach = async () => {
    const [chosen] = await pickFiles(anyFiles);
    if (chosen === undefined) return;
    setSending(true);
    try {
      onChange((await send(documentId, chosen)).id);
      await queryClient.invalidateQueries({ queryKey: attachmentsQuery(documentId).queryKey });
    } catch (error) {
      notifications.show({ color: 'red', message: `${chosen.name} was not attached. ${wordsOf(error)}` });
    } finally {
      setSending(false);
    }
  };
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <IconButton
          label={name === null ? `Attach a file to ${of}` : `File of ${of}: ${name}`}
          size={size}
          className={css.clip}
          data-attached={fileId !== null || undefined}
          disabled={sending}
        >
          {sending ? <Loader size={14} /> : <IconPaperclip size={16} stroke={1.8} />}
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown className={css.files}>
        {file && (
          <Menu.Item
            component="a"
            href={attachmentContent(file.id)}
            download={file.name}
            leftSection={<IconDownload size={16} stroke={1.7} />}
          >
            Download {file.name}
          </Menu.Item>
        )}
        {mayEdit && (
          <>
            {fileId !== null && (
              <Menu.Item leftSection={<IconX size={16} stroke={1.7} />} onClick={() => onChange(null)}>
                Take it off this cost
              </Menu.Item>
            )}
            <Menu.Item
              leftSection={<IconPlus size={16} stroke={1.7} />}
              disabled={!online}
              onClick={() => void attach()}
            >
              {online ? 'Attach a new file' : 'Attach a new file (when online)'}
            </Menu.Item>
            {files.length > 0 && <Menu.Label>On this estimate</Menu.Label>}
            {files
              .filter(({ id }) => id !== fileId)
              .map(({ id, name }) => (
                <Menu.Item key={id} onClick={() => onChange(id)}>
                  <span className={css.fileName}>{name}</span>
                </Menu.Item>
              ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

async function send(documentId: string, file: File): Promise<Attachment> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const path = `/api/documents/${encodeURIComponent(documentId)}/attachments`;
  return sendFile<Attachment>(
    path,
    { name: file.name, bytes, sha256: await sha256Of(bytes) },
    () => undefined,
  );
}
