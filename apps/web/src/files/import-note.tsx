import type { ImportedFrom } from '../api/attachments.ts';
import { useSession } from '../editor/context.ts';
import { importDesk } from '../import/import-desk.ts';
import { countWords } from '../import/report-words.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import css from './files-panel.module.css';

/** That the document came from a file, and the way to what became of it. */
export function ImportNote({ imported: { importedAt, counts } }: { imported: ImportedFrom }) {
  const { documentId } = useSession();
  return (
    <div className={css.imported}>
      <span className={css.words}>
        <span title={timeInFull(importedAt)}>Imported {timeAgo(importedAt)}</span>
        <span className={css.about}>{countWords(counts)}</span>
      </span>
      <button type="button" className={css.link} onClick={() => importDesk.show(documentId)}>
        Report
      </button>
    </div>
  );
}
