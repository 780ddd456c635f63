import { Loader, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconBraces,
  IconCsv,
  IconDownload,
  IconFileDollar,
  IconFileSpreadsheet,
  IconTableImport,
} from '@tabler/icons-react';
import { readTexts } from '@tidemark/documents/estimate';
import { calculate } from '@tidemark/estimating';
import { IconButton } from '@tidemark/ui';
import { useEffect, useState } from 'react';
import { type Command, useCommands } from '../../shell/commands.ts';
import { fetched } from '../../shell/fetched.tsx';
import { savedName, saveFile } from '../../shell/save-file.ts';
import { useEstimate, useMayPrice } from '../context.ts';
import { openProposal } from '../proposal/proposal-door.ts';
import { onImport, openImport } from './import-door.ts';

const ImportLinesDialog = fetched(async () => (await import('./import-lines-dialog.tsx')).default);

/** What writes the files; large, so it comes by itself. */
const load = () => import('@tidemark/estimate-files');
/** Milliseconds in which the editor itself is loaded. */
const quietTime = 3_000;

type Format = 'xlsx' | 'csv' | 'json';

const formats = [
  { format: 'xlsx', label: 'Excel workbook', Icon: IconFileSpreadsheet },
  { format: 'csv', label: 'CSV, the lines', Icon: IconCsv },
  { format: 'json', label: 'JSON, all of it', Icon: IconBraces },
] as const;

const types: Readonly<Record<Format, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
};

const commands: readonly Command[] = [
  {
    id: 'estimate-import',
    label: 'Import lines from a file',
    group: 'Estimate',
    keywords: 'excel csv xlsx json upload',
    run: () => openImport(),
  },
];

/** Takes the estimate away as a file, made here of what the screen shows, offline too; and brings lines in. */
export function DownloadMenu({ size }: { size: number }) {
  const { reader, editor } = useEstimate();
  const mayPrice = useMayPrice();
  const [busy, setBusy] = useState(false);
  const [importing, setImporting] = useState<{ readonly file: File | null } | null>(null);
  useCommands(mayPrice ? commands : none);
  useEffect(() => onImport((file) => setImporting({ file })), []);
  useEffect(() => {
    // So that it is there when the network is not. What fails here is said when it is asked for.
    const timer = setTimeout(() => void load().catch(() => undefined), quietTime);
    return () => clearTimeout(timer);
  }, []);

  const download = async (format: Format, label: string) => {
    setBusy(true);
    try {
      const { writeCsv, writeJson, writeWorkbook } = await load();
      const view = reader.view();
      const estimation = calculate(view);
      const texts = readTexts(editor.doc);
      const content =
        format === 'xlsx'
          ? new Uint8Array(await writeWorkbook({ view, estimation, texts, at: new Date() }))
          : format === 'csv'
            ? writeCsv(view, estimation)
            : writeJson(view, estimation, texts);
      const { title, number } = view.meta;
      saveFile(
        content,
        savedName([title, number].filter(Boolean).join(' '), format, 'Estimate'),
        types[format],
      );
    } catch {
      notifications.show({
        message: `${label}: not made. The part of Tidemark that writes it could not be loaded.`,
        color: 'red',
      });
    } finally {
      setBusy(false);
    }
  };

  return (
    <>
      <Menu position="bottom-end" width={236}>
        <Menu.Target>
          <IconButton label="Download or import" hint="Download or import" size={size} disabled={busy}>
            {busy ? <Loader size={16} /> : <IconDownload size={18} stroke={1.7} />}
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Download</Menu.Label>
          {formats.map(({ format, label, Icon }) => (
            <Menu.Item
              key={format}
              leftSection={<Icon size={16} stroke={1.7} />}
              onClick={() => void download(format, label)}
            >
              {label}
            </Menu.Item>
          ))}
          <Menu.Item leftSection={<IconFileDollar size={16} stroke={1.7} />} onClick={openProposal}>
            Proposal as PDF…
          </Menu.Item>
          {mayPrice && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<IconTableImport size={16} stroke={1.7} />}
                onClick={() => openImport()}
              >
                Import lines…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {importing && <ImportLinesDialog dropped={importing.file} onClose={() => setImporting(null)} />}
    </>
  );
}

const none: readonly Command[] = [];
