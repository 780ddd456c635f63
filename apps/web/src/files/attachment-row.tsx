import { notifications } from '@mantine/notifications';
import {
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconPhoto,
  IconSchema,
  IconTable,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconButton } from '@tidemark/ui';
import {
  type Attachment,
  attachmentContent,
  attachmentsQuery,
  removeAttachment,
  restoreAttachment,
} from '../api/attachments.ts';
import { wordsOf } from '../api/http.ts';
import { useSession } from '../editor/context.ts';
import { sizeOf } from '../shell/sizes.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { UndoToast } from '../shell/undo-toast.tsx';
import { typeWords } from './file-words.ts';
import css from './files-panel.module.css';

interface Props {
  item: Attachment;
  mayEdit: boolean;
  online: boolean;
}

/** One file: what it is, from whom, and the way to it. */
export function AttachmentRow({ item, mayEdit, online }: Props) {
  const { documentId } = useSession();
  const queryClient = useQueryClient();
  const again = () => queryClient.invalidateQueries({ queryKey: attachmentsQuery(documentId).queryKey });
  const sayError = (error: Error) =>
    notifications.show({ color: 'red', title: 'That did not work', message: wordsOf(error) });
  const restore = useMutation({ mutationFn: restoreAttachment, onError: sayError, onSettled: again });
  const remove = useMutation({
    mutationFn: removeAttachment,
    onError: sayError,
    onSettled: again,
    onSuccess() {
      const id = `attachment-${item.id}`;
      notifications.show({
        id,
        message: (
          <UndoToast
            text={`“${item.name}” is taken off`}
            onUndo={() => {
              notifications.hide(id);
              restore.mutate(item.id);
            }}
          />
        ),
      });
    },
  });
  const Icon = iconOf(item);
  const words = [typeWords(item.mediaType, item.name), sizeOf(item.size)];
  return (
    <li className={css.item} data-leaving={remove.isPending || undefined}>
      <Icon size={20} stroke={1.5} aria-hidden className={css.icon} />
      <span className={css.words}>
        {online ? (
          <a className={css.name} href={attachmentContent(item.id)} download={item.name} title={item.name}>
            {item.name}
          </a>
        ) : (
          <span className={css.name} title={item.name}>
            {item.name}
          </span>
        )}
        <span className={css.about}>{words.join(', ')}</span>
        <span className={css.about} title={timeInFull(item.createdAt)}>
          {item.createdBy ? `${item.createdBy.name}, ` : ''}
          {timeAgo(item.createdAt)}
        </span>
      </span>
      {mayEdit && online && (
        <IconButton
          label={`Take off ${item.name}`}
          hint="Take off"
          size={28}
          onClick={() => remove.mutate(item.id)}
        >
          <IconTrash size={16} stroke={1.7} />
        </IconButton>
      )}
    </li>
  );
}

function iconOf({ mediaType, name }: Attachment) {
  if (mediaType === 'application/xml' && /\.bpmn2?$/i.test(name)) return IconSchema;
  if (mediaType.startsWith('image/')) return IconPhoto;
  if (mediaType === 'application/pdf') return IconFileTypePdf;
  if (/zip|gzip|7z/.test(mediaType)) return IconFileZip;
  if (/csv|spreadsheet/.test(mediaType)) return IconTable;
  return mediaType.startsWith('text/') ? IconFileText : IconFile;
}
