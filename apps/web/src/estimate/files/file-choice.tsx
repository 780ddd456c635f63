import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle, IconTableImport } from '@tabler/icons-react';
import { DropArea } from '../../shell/drop-area.tsx';
import { estimateFiles, pickFiles } from '../../shell/files.ts';
import css from './files.module.css';

interface Props {
  /** A file is being read. */
  busy: boolean;
  /** Why the last one could not be. */
  problem: string | null;
  onFile: (file: File) => void;
}

/** Where a file is dropped, or chosen. */
export function FileChoice({ busy, problem, onFile }: Props) {
  return (
    <DropArea
      enabled={!busy}
      label="Drop the file here"
      onFiles={([file]) => {
        if (file) onFile(file);
      }}
    >
      <div className={css.drop}>
        <IconTableImport size={30} stroke={1.4} aria-hidden />
        <p className={css.lead}>Drop an Excel, CSV or JSON file here</p>
        <p className={css.about}>
          Columns are told by their headings; you see what becomes of each row before anything changes.
        </p>
        <Button
          variant="default"
          disabled={busy}
          leftSection={busy ? <Loader size={14} /> : undefined}
          onClick={async () => {
            const [file] = await pickFiles(estimateFiles);
            if (file) onFile(file);
          }}
          data-autofocus
        >
          Choose a file
        </Button>
        {problem !== null && (
          <p className={css.problem} role="alert">
            <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
            {problem}
          </p>
        )}
      </div>
    </DropArea>
  );
}
