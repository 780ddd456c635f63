import { Menu, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconCloudOff, IconDeviceDesktopCheck, IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import type { DocumentSummary, Space } from '../api/types.ts';
import { untitled } from '../shell/kind-words.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { UndoToast } from '../shell/undo-toast.tsx';
import css from './document-list.module.css';
import { Figures } from './figures.tsx';
import { RowMenu } from './row-menu.tsx';
import { Thumbnail } from './thumbnail.tsx';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  item: DocumentSummary;
  mayEdit: boolean;
  online: boolean;
  actions: DocumentActions;
  /** Where it can be moved. */
  spaces: readonly Space[];
  /** Whether it opens without the server; null where that is no question. */
  onDevice: boolean | null;
}

export function DocumentRow({ item, mayEdit, online, actions, spaces, onDevice }: Props) {
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
    <li className={css.row} data-away={onDevice === false || undefined}>
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
          {onDevice !== null && <Whereabouts onDevice={onDevice} />}
          {item.figures && <Figures figures={item.figures} />}
          <span className={css.when} title={timeInFull(item.updatedAt)}>
            {timeAgo(item.updatedAt)}
          </span>
        </div>
      )}
      <span className={css.actions}>
        {mayEdit ? (
          <Menu position="bottom-end" width={210} returnFocus={!renaming}>
            <Menu.Target>
              <IconButton label={`Actions for ${title}`} hint="Actions" disabled={!online}>
                <IconDots size={18} stroke={1.7} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              <RowMenu
                item={item}
                title={title}
                actions={actions}
                spaces={spaces}
                onRename={() => setRenaming(true)}
                onBin={toBin}
              />
            </Menu.Dropdown>
          </Menu>
        ) : null}
      </span>
    </li>
  );
}

function Whereabouts({ onDevice }: { onDevice: boolean }) {
  return (
    <span className={css.whereabouts}>
      {onDevice ? <IconDeviceDesktopCheck size={15} stroke={1.7} /> : <IconCloudOff size={15} stroke={1.7} />}
      {onDevice ? 'On this device' : 'Not on this device'}
    </span>
  );
}
