import { Button, Menu } from '@mantine/core';
import {
  IconFileImport,
  IconPlus,
  IconSparkles,
  IconTableImport,
  IconTemplate,
  IconUpload,
} from '@tabler/icons-react';
import { pickFiles } from '../shell/files.ts';
import { KindIcon } from '../shell/kind-icon.tsx';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  actions: DocumentActions;
  online: boolean;
  onTemplates: () => void;
  onImportDiagrams: () => void;
  onImportEstimate: () => void;
}

const kinds = ['dashboard', 'estimate', 'diagram'] as const;

/** All the ways to begin a document. */
export function NewMenu({ actions, online, onTemplates, onImportDiagrams, onImportEstimate }: Props) {
  const busy = [actions.create, actions.begin, actions.sample].some(({ isPending }) => isPending);
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} stroke={2} />} loading={busy} disabled={!online}>
          New
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {kinds.map((kind) => (
          <Menu.Item
            key={kind}
            leftSection={<KindIcon kind={kind} size={16} />}
            onClick={() => actions.begin.mutate({ kind })}
          >
            New {kind}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconTemplate size={16} stroke={1.8} />} onClick={onTemplates}>
          From a template…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUpload size={16} stroke={1.8} />}
          onClick={async () => {
            const files = await pickFiles();
            if (files.length > 0) actions.create.mutate(files);
          }}
        >
          Dashboard from a CSV file
        </Menu.Item>
        <Menu.Item leftSection={<IconFileImport size={16} stroke={1.8} />} onClick={onImportDiagrams}>
          Import BPMN files
        </Menu.Item>
        <Menu.Item leftSection={<IconTableImport size={16} stroke={1.8} />} onClick={onImportEstimate}>
          Import an estimate…
        </Menu.Item>
        <Menu.Item
          leftSection={<IconSparkles size={16} stroke={1.8} />}
          onClick={() => actions.sample.mutate()}
        >
          Sample dashboard
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
