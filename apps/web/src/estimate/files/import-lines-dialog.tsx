import { Button, Modal, NativeSelect } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { addLines, addSections, type GroupView } from '@tidemark/documents/estimate';
import type { LineData, SectionData } from '@tidemark/estimate-files';
import { usePhone } from '@tidemark/ui';
import { useEffect, useEffectEvent, useState } from 'react';
import { useSession } from '../../editor/context.ts';
import { markBeforeImport } from '../../history/mark-import.ts';
import { useMayPrice, useView } from '../context.ts';
import { FileChoice } from './file-choice.tsx';
import css from './files.module.css';
import { MappingForm } from './mapping-form.tsx';
import { ReadResult } from './read-result.tsx';
import { useTableFile } from './use-table-file.ts';

/** As sections of their own. */
const apart = '';

interface Props {
  /** What it begins with; null: a file is chosen here. */
  dropped: File | null;
  onClose: () => void;
}

/** Lines of a file into the open estimate: how its columns are read, where its lines go, and what becomes of each row. */
export default function ImportLinesDialog({ dropped, onClose }: Props) {
  const phone = usePhone();
  const session = useSession();
  const { editor } = session;
  const mayPrice = useMayPrice();
  const groups = useView((view) => view.groups);
  const currency = useView((view) => view.meta.currency);
  const file = useTableFile(currency);
  const begin = useEffectEvent((first: File) => void file.take(first));
  useEffect(() => {
    if (dropped) begin(dropped);
  }, [dropped]);
  const [place, setPlace] = useState(apart);
  const [busy, setBusy] = useState(false);
  const { opened, choice, read } = file;
  const sections = opened?.is === 'estimate' ? opened.data.sections : (read?.sections ?? []);
  const count = sections.reduce((sum, { lines }) => sum + lines.length, 0);
  const insert = async () => {
    setBusy(true);
    await markBeforeImport(session, opened?.file.name ?? '');
    setBusy(false);
    const added =
      place === apart ? apartFrom(sections) : sections.flatMap(({ lines }) => lines.map(withoutId));
    const done =
      place === apart
        ? addSections(editor, added as readonly { name: string; lines: LineData[] }[], 'Import lines')
        : addLines(editor, { group: place }, added as readonly LineData[], 'Import lines');
    if (done === null) {
      notifications.show({
        message: 'Nothing was imported: the section is gone, or the estimate stands still.',
        color: 'red',
      });
      return;
    }
    notifications.show({
      message: `${count.toLocaleString('en')} ${count === 1 ? 'line is' : 'lines are'} imported.`,
    });
    onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={opened === null ? 'Import lines' : `Import from “${opened.file.name}”`}
      size={opened?.is === 'table' ? 980 : 560}
      fullScreen={phone}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {opened === null && <FileChoice busy={file.busy} problem={file.problem} onFile={file.take} />}
      {opened?.is === 'table' && choice && (
        <MappingForm table={opened.table} choice={choice} onChange={file.choose} />
      )}
      {read && <ReadResult read={read} currency={currency} />}
      {opened?.is === 'estimate' && (
        <p className={css.own}>
          An estimate of Tidemark with {count.toLocaleString('en')} lines in {sections.length} sections. Its
          lines are copied; rates, risks and texts of this estimate stay as they are.
        </p>
      )}
      {opened !== null && (
        <div className={css.actions}>
          <NativeSelect
            className={css.place ?? ''}
            label="Put the lines"
            value={place}
            data={[{ value: apart, label: 'in sections of their own' }, ...groups.map(placeOf)]}
            onChange={(event) => setPlace(event.currentTarget.value)}
          />
          <Button variant="default" onClick={file.leave}>
            Another file
          </Button>
          <Button onClick={() => void insert()} loading={busy} disabled={count === 0 || !mayPrice}>
            Import {count.toLocaleString('en')} {count === 1 ? 'line' : 'lines'}
          </Button>
        </div>
      )}
    </Modal>
  );
}

function placeOf({ id, name }: GroupView): { value: string; label: string } {
  return { value: id, label: `at the end of “${name || 'Untitled section'}”` };
}

function apartFrom(sections: readonly SectionData[]): { name: string; lines: LineData[] }[] {
  return sections.map(({ name, lines }) => ({ name: name || 'Imported', lines: lines.map(withoutId) }));
}

/** The lines are new ones here. */
function withoutId({ id: _, ...line }: LineData): LineData {
  return line;
}
