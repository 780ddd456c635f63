import { Menu, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCopy, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import type { DocumentSummary } from '../api/types.ts';
import { untitled } from '../shell/kind-words.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { UndoToast } from '../shell/undo-toast.tsx';
import css from './document-list.module.css';
import { Thumbnail } from './thumbnail.tsx';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  item: DocumentSummary;
  mayEdit: boolean;
  online: boolean;
  actions: DocumentActions;
}

export function DocumentRow({ item, mayEdit, online, actions }: Props) {
  const [renaming, setRenaming] = useState(false);
  const title = item.title || untitled(item.kind);

  const rename = (next: string) => {
    setRenaming(false);
    const clean = next.trim();
    if (clean && clean !== item.title) actions.rename.mutate({ id: item.id, title: clean });
  };
  const toBin = () =>
    actions.bin.mutate(item.id, {
      onSuccess: () => {
        const id = `bin-${item.id}`;
        notifications.show({
          id,
          message: (
            <UndoToast
              text={`“${title}” is in the bin`}
              onUndo={() => {
                notifications.hide(id);
                actions.restore.mutate(item.id);
              }}
            />
          ),
        });
      },
    });

  return (
    <li className={css.row}>
      <Thumbnail item={item} title={title} />
      {renaming ? (
        <TextInput
          className={css.field}
          aria-label={`New title for ${title}`}
          defaultValue={item.title}
          maxLength={300}
          data-autofocus
          ref={(field) => field?.select()}
          onBlur={(event) => rename(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') rename(event.currentTarget.value);
            if (event.key === 'Escape') setRenaming(false);
          }}
        />
      ) : (
        <div className={css.text}>
          <Link to="/d/$documentId" params={{ documentId: item.id }} className={css.title} title={title}>
            {actions.rename.isPending && actions.rename.variables.id === item.id
              ? actions.rename.variables.title
              : title}
          </Link>
          <span className={css.when} title={timeInFull(item.updatedAt)}>
            {timeAgo(item.updatedAt)}
          </span>
        </div>
      )}
      <span className={css.actions}>
        {mayEdit ? (
          <Menu position="bottom-end" width={190} returnFocus={!renaming}>
            <Menu.Target>
              <IconButton label={`Actions for ${title}`} hint="Actions" disabled={!online}>
                <IconDots size={18} stroke={1.7} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconPencil size={16} stroke={1.7} />}
                onClick={() => setRenaming(true)}
              >
                Rename
              </Menu.Item>
              <Menu.Item
                leftSection={<IconCopy size={16} stroke={1.7} />}
                onClick={() => actions.duplicate.mutate(item.id)}
              >
                Duplicate
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item data-danger leftSection={<IconTrash size={16} stroke={1.7} />} onClick={toBin}>
                Move to the bin
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </span>
    </li>
  );
}
