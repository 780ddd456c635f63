import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconFolderSymlink,
  IconPencil,
  IconPlus,
  IconTemplate,
  IconTemplateOff,
  IconTrash,
} from '@tabler/icons-react';
import { kindNames } from '@tidemark/documents';
import type { DocumentSummary, Space } from '../api/types.ts';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  item: DocumentSummary;
  title: string;
  actions: DocumentActions;
  spaces: readonly Space[];
  onRename: () => void;
  onBin: () => void;
}

const icon = { size: 16, stroke: 1.7 };

/** What can be done with one document of a list. */
export function RowMenu({ item, title, actions, spaces, onRename, onBin }: Props) {
  const { id, template } = item;
  const kind = kindNames.find((name) => name === item.kind);
  const elsewhere = spaces.filter((space) => space.id !== item.projectId && space.access === 'edit');
  return (
    <>
      {template && kind && (
        <>
          <Menu.Item
            leftSection={<IconPlus {...icon} />}
            onClick={() => actions.begin.mutate({ kind, title, templateId: id })}
          >
            Begin a new one with it
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item leftSection={<IconPencil {...icon} />} onClick={onRename}>
        Rename
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy {...icon} />} onClick={() => actions.duplicate.mutate(id)}>
        Duplicate
      </Menu.Item>
      {template ? (
        <Menu.Item
          leftSection={<IconTemplateOff {...icon} />}
          onClick={() => actions.setTemplate.mutate({ id, template: false })}
        >
          Make it a document again
        </Menu.Item>
      ) : (
        <Menu.Item
          leftSection={<IconTemplate {...icon} />}
          onClick={() => actions.saveAsTemplate.mutate({ id, title })}
        >
          Save as template
        </Menu.Item>
      )}
      {elsewhere.map((space) => (
        <Menu.Item
          key={space.id}
          leftSection={<IconFolderSymlink {...icon} />}
          onClick={() => actions.move.mutate({ id, projectId: space.id })}
        >
          Move to {space.name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item data-danger leftSection={<IconTrash {...icon} />} onClick={onBin}>
        Move to the bin
      </Menu.Item>
    </>
  );
}
