import { Loader, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconFileTypePdf, IconFileVector, IconPhoto, IconSitemap } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import { useState } from 'react';
import { wordsOf } from '../api/http.ts';
import { allStored } from '../editor/all-stored.ts';
import { useOnline } from '../shell/online.ts';
import { useDiagram } from './context.ts';
import { type ExportChoice, exportChoices, exportFile, exportName } from './export-file.ts';

const icons = { bpmn: IconSitemap, svg: IconFileVector, png: IconPhoto, pdf: IconFileTypePdf };

/** Takes the diagram away as a file. */
export function ExportMenu({ size }: { size: number }) {
  const { provider, reader, canvas, documentId } = useDiagram();
  const online = useOnline();
  const [busy, setBusy] = useState(false);

  const run = async (choice: ExportChoice) => {
    setBusy(true);
    try {
      // The server draws what it has stored.
      const isStored = online && (await allStored(provider));
      const view = reader.view();
      const of = { documentId, view, shown: canvas?.shownDiagram() ?? null, isStored };
      save(await exportFile(choice, of), exportName(view.meta.title, choice));
    } catch (error) {
      notifications.show({
        message: `${choice.label}: not made. ${wordsOf(error)}`,
        color: 'red',
      });
    } finally {
      setBusy(false);
    }
  };

  return (
    <Menu position="bottom-end" width={216}>
      <Menu.Target>
        <IconButton label="Download" hint="Download" size={size} disabled={canvas === null || busy}>
          {busy ? <Loader size={16} /> : <IconDownload size={18} stroke={1.7} />}
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {exportChoices.map((choice) => {
          const Icon = icons[choice.extension];
          const away = choice.needsServer && !online;
          return (
            <Menu.Item
              key={choice.id}
              leftSection={<Icon size={16} stroke={1.7} />}
              disabled={away}
              onClick={() => void run(choice)}
            >
              {choice.label}
            </Menu.Item>
          );
        })}
        {!online && <Menu.Label>PNG and PDF are made by the server.</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}

function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
