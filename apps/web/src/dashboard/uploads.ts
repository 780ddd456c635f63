import { notifications } from '@mantine/notifications';
import { addDataset } from '@tidemark/documents/dashboard';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import { wordsOf } from '../api/http.ts';
import { UploadRefused, type UploadStep, uploadTable } from '../data/upload.ts';
import { useDashboard } from './context.ts';

export interface Upload {
  readonly id: string;
  readonly name: string;
  readonly step: UploadStep;
}

export interface Uploads {
  readonly running: readonly Upload[];
  /** A dataset that has just arrived and for which charts are suggested. */
  readonly fresh: string | null;
  /** What went wrong with the last file, until it is read or another is tried. */
  readonly wrong: { readonly file: string; readonly words: string } | null;
  start(files: readonly File[]): void;
  suggest(datasetId: string | null): void;
  forgive(): void;
}

export const UploadContext = createContext<Uploads | null>(null);

export function useUploads(): Uploads {
  const uploads = useContext(UploadContext);
  if (!uploads) throw new Error('A part of the editor stands outside of it.');
  return uploads;
}

export function useUploadsState(): Uploads {
  const { documentId, editor } = useDashboard();
  const [running, setRunning] = useState<readonly Upload[]>([]);
  const [fresh, suggest] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Uploads['wrong']>(null);

  const one = useCallback(
    async (file: File) => {
      const id = crypto.randomUUID();
      setWrong(null);
      setRunning((now) => [...now, { id, name: file.name, step: { step: 'reading' } }]);
      try {
        const dataset = await uploadTable(documentId, file, (step) =>
          setRunning((now) => now.map((upload) => (upload.id === id ? { ...upload, step } : upload))),
        );
        suggest(addDataset(editor, dataset));
        notifications.show({
          message: `“${dataset.name}” is stored, ${dataset.rows.toLocaleString('en')} rows.`,
        });
      } catch (error) {
        setWrong({ file: file.name, words: error instanceof UploadRefused ? error.message : wordsOf(error) });
      } finally {
        setRunning((now) => now.filter((upload) => upload.id !== id));
      }
    },
    [documentId, editor],
  );
  const start = useCallback(
    (files: readonly File[]) => {
      for (const file of files) void one(file);
    },
    [one],
  );
  return useMemo(
    () => ({ running, fresh, wrong, start, suggest, forgive: () => setWrong(null) }),
    [running, fresh, wrong, start],
  );
}
