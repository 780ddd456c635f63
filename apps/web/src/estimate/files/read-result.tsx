import type { ReadLines } from '@tidemark/estimate-files';
import { formatMoney } from '@tidemark/estimating';
import { fateWords } from '../../import/report-words.ts';
import css from './files.module.css';

/** Notes that are listed; the others are counted. */
const shown = 100;

/** What a file comes to as it is read now: lines, sections, sums, and what is left out or changed, row by row. */
export function ReadResult({ read, currency }: { read: ReadLines; currency: string }) {
  const { sections, report, check } = read;
  const lines = sections.reduce((sum, section) => sum + section.lines.length, 0);
  const notes = report.notes;
  return (
    <div className={css.result}>
      <p className={css.count} role="status">
        <b>
          {lines.toLocaleString('en')} {lines === 1 ? 'line' : 'lines'} in{' '}
          {sections.length.toLocaleString('en')} {sections.length === 1 ? 'section' : 'sections'}
        </b>
        {check !== null && (
          <span className={check.file === check.ours ? css.right : css.wrong}>
            {check.file === check.ours
              ? `${formatMoney(check.ours, currency)}, as in the file`
              : `${formatMoney(check.ours, currency)}; the file says ${formatMoney(check.file, currency)}`}
          </span>
        )}
      </p>
      {notes.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
        <section className={css.notes} aria-label="What is left out or changed" tabIndex={0}>
          <ul>
            {notes.slice(0, shown).map((note, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a report never changes
              <li key={index} data-fate={note.fate}>
                <span className={css.row}>{note.line === null ? 'File' : `Row ${note.line}`}</span>
                <span className={css.fate}>{fateWords[note.fate]}</span>
                <span>
                  {note.element?.name && <b>{note.element.name}: </b>}
                  {note.detail}
                </span>
              </li>
            ))}
          </ul>
          {notes.length > shown && <p className={css.more}>and {notes.length - shown} more</p>}
        </section>
      )}
    </div>
  );
}
