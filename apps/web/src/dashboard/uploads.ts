import { notifications } from '@mantine/notifications';
import { addDataset } from '@tidemark/documents/dashboard';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import { wordsOf } from '../api/http.ts';
import { UploadRefused, type UploadStep, uploadTable } from '../data/upload.ts';
import { mayEditNow } from '../editor/rights.ts';
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
  /** What went wrong, file by file, until it is read or others are tried. */
  readonly wrong: readonly { readonly id: string; readonly file: string; readonly words: string }[];
  start(files: readonly File[]): void;
  suggest(datasetId: string | null): void;
  forgive(id: string): void;
}

export const UploadContext = createContext<Uploads | null>(null);

export function useUploads(): Uploads {
  const uploads = useContext(UploadContext);
  if (!uploads) throw new Error('A part of the editor stands outside of it.');
  return uploads;
}

export function useUploadsState(): Uploads {
  const { documentId, editor, provider } = useDashboard();
  const [running, setRunning] = useState<readonly Upload[]>([]);
  const [fresh, suggest] = useState<string | null>(null);
  const [wrong, setWrong] = useState<Uploads['wrong']>([]);

  const one = useCallback(
    async (file: File) => {
      const id = crypto.randomUUID();
      setRunning((now) => [...now, { id, name: file.name, step: { step: 'reading' } }]);
      try {
        const dataset = await uploadTable(documentId, file, (step) =>
          setRunning((now) => now.map((upload) => (upload.id === id ? { ...upload, step } : upload))),
        );
        if (!mayEditNow(provider))
          throw new UploadRefused(`It is stored, but you can now only view this dashboard.`);
        suggest(addDataset(editor, dataset));
        notifications.show({
          message: `“${dataset.name}” is stored, ${dataset.rows.toLocaleString('en')} ${dataset.rows === 1 ? 'row' : 'rows'}.`,
        });
      } catch (error) {
        const words = error instanceof UploadRefused ? error.message : wordsOf(error);
        setWrong((before) => [...before, { id, file: file.name, words }]);
      } finally {
        setRunning((now) => now.filter((upload) => upload.id !== id));
      }
    },
    [documentId, editor, provider],
  );
  const start = useCallback(
    (files: readonly File[]) => {
      setWrong([]);
      for (const file of files) void one(file);
    },
    [one],
  );
  return useMemo(
    () => ({
      running,
      fresh,
      wrong,
      start,
      suggest,
      forgive: (id) => setWrong((before) => before.filter((each) => each.id !== id)),
    }),
    [running, fresh, wrong, start],
  );
}
