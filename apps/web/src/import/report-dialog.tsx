import { Button, Modal, SegmentedControl, Skeleton, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Fate, FileReport } from '@tidemark/bpmn';
import { useState } from 'react';
import { attachmentContent, importQuery } from '../api/attachments.ts';
import { wordsOf } from '../api/http.ts';
import type { ImportState } from './import-desk.ts';
import css from './import-dialogs.module.css';
import { countWords, fates, fateWords, groupNotes, type NoteGroup } from './report-words.ts';

interface Props {
  state: ImportState & { step: 'report' };
  onClose: () => void;
}

/** Groups shown at first, and with each "Show more". */
const page = 60;
/** From so many notes on they can be searched. */
const many = 8;

/** What became of a file: by element, what is left out, changed, and kept in another form. */
export function ReportDialog({ state: { documentId, made }, onClose }: Props) {
  const { data: found, error } = useQuery(importQuery(documentId));
  const report = made?.report ?? found?.report;
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? `“${made.document.title}” is imported` : 'Import report'}
      size={620}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {report && <ReportView report={report} ofTable={isOfTable(report)} />}
      {!report && (error ? <p className={css.step}>{wordsOf(error)}</p> : <Skeleton height={90} />)}
      <div className={css.actions}>
        <Button
          component="a"
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.8} />}
          {...(found
            ? { href: attachmentContent(found.attachmentId), download: '' }
            : { 'data-disabled': true })}
        >
          Download original
        </Button>
        <Button onClick={onClose} data-autofocus>
          {made ? `Go to the ${made.document.kind}` : 'Close'}
        </Button>
      </div>
    </Modal>
  );
}

/** Whether it tells of rows and not of elements. */
function isOfTable({ notes }: FileReport): boolean {
  return notes.some(({ element }) => element?.type === 'row');
}

function ReportView({ report, ofTable }: { report: FileReport; ofTable: boolean }) {
  const { counts, notes, elements, encoding } = report;
  const there = fates.filter((fate) => counts[fate] > 0);
  const total = counts.lost + counts.changed + counts.kept;
  const [fate, setFate] = useState<Fate | null>(null);
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState(page);
  const groups = groupNotes(notes, fate, wanted);
  return (
    <>
      <p className={css.summary}>
        {countWords(counts)}. {elements.toLocaleString('en')} {ofTable ? 'rows' : 'elements'} were read
        {encoding === 'utf-8' ? '' : ` (${encoding.toUpperCase()})`}; the file itself is kept with it.
      </p>
      {there.length > 1 && (
        <SegmentedControl
          className={css.filter}
          aria-label="Show"
          value={fate ?? 'all'}
          onChange={(value) => setFate(fates.find((one) => one === value) ?? null)}
          data={[
            { value: 'all', label: `All ${total}` },
            ...there.map((one) => ({ value: one, label: `${fateWords[one]} ${counts[one]}` })),
          ]}
        />
      )}
      {notes.length > many && (
        <TextInput
          className={css.search}
          type="search"
          aria-label="Search the report"
          placeholder="Search the report"
          leftSection={<IconSearch size={15} stroke={1.7} />}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {notes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={css.notes} aria-label="What became of the file" tabIndex={0}>
          {groups.slice(0, shown).map((group) => (
            <Group key={group.key} group={group} />
          ))}
          {groups.length === 0 && <p className={css.step}>Nothing in the report matches.</p>}
          {groups.length > shown && (
            <Button size="compact-sm" variant="default" onClick={() => setShown(shown + page)}>
              Show more ({groups.length - shown})
            </Button>
          )}
        </section>
      )}
      {total > notes.length && (
        <p className={css.step}>
          The first {notes.length.toLocaleString('en')} of {total.toLocaleString('en')} are listed.
        </p>
      )}
    </>
  );
}

function Group({ group: { title, id, notes } }: { group: NoteGroup }) {
  return (
    <div className={css.group}>
      <h3 className={css.element}>
        {title}
        {id !== null && <span className={css.id}>{id}</span>}
      </h3>
      <ul className={css.details}>
        {notes.map((note, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
          <li key={index} className={css.note}>
            <span className={css.fate} data-fate={note.fate}>
              {fateWords[note.fate]}
            </span>
            <span className={css.words}>{note.detail}</span>
            {note.line !== null && (
              <span className={css.line}>
                {note.element?.type === 'row' ? 'row' : 'line'} {note.line}
              </span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
