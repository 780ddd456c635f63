import { isFileRefusal, type ReadLines, readLines } from '@tidemark/estimate-files';
import { useMemo, useState } from 'react';
import { firstChoice, type OpenedFile, openFile, type TableChoice } from './table-file.ts';

/** A file on its way in: chosen, opened, and how its columns are read. */
export interface TableFile {
  readonly opened: OpenedFile | null;
  readonly busy: boolean;
  readonly problem: string | null;
  /** Of a table. */
  readonly choice: TableChoice | null;
  /** What the table comes to so. */
  readonly read: ReadLines | null;
  take(file: File): Promise<void>;
  choose(choice: TableChoice): void;
  /** Back to where a file is chosen. */
  leave(): void;
}

export function useTableFile(currency: string): TableFile {
  const [opened, setOpened] = useState<OpenedFile | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [choice, setChoice] = useState<TableChoice | null>(null);
  const read = useMemo(() => {
    const sheet = opened?.is === 'table' && choice ? opened.table.sheets[choice.sheet] : undefined;
    if (opened?.is !== 'table' || !choice || !sheet) return null;
    return readLines(sheet, choice.mapping, { currency: choice.currency, encoding: opened.table.encoding });
  }, [opened, choice]);
  return {
    opened,
    busy,
    problem,
    choice,
    read,
    async take(file) {
      setBusy(true);
      setProblem(null);
      try {
        const found = await openFile(file);
        if (isFileRefusal(found)) setProblem(found.detail);
        else {
          setChoice(found.is === 'table' ? firstChoice(found.table, currency) : null);
          setOpened(found);
        }
      } catch (error) {
        setProblem('The file could not be read.');
        throw error;
      } finally {
        setBusy(false);
      }
    },
    choose: setChoice,
    leave() {
      setOpened(null);
      setChoice(null);
      setProblem(null);
    },
  };
}
