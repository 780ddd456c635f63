import { useQuery } from '@tanstack/react-query';
import { importQuery } from '../api/attachments.ts';
import { useSession } from '../editor/context.ts';
import { importDesk } from '../import/import-desk.ts';
import { countWords } from '../import/report-words.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import css from './files-panel.module.css';

/** That the diagram came from a file, and the way to what became of it. */
export function ImportNote() {
  const { documentId } = useSession();
  const { data } = useQuery(importQuery(documentId));
  if (!data) return null;
  return (
    <div className={css.imported}>
      <span className={css.words}>
        <span title={timeInFull(data.importedAt)}>Imported {timeAgo(data.importedAt)}</span>
        <span className={css.about}>{countWords(data.report.counts)}</span>
      </span>
      <button type="button" className={css.link} onClick={() => importDesk.show(documentId, data)}>
        Report
      </button>
    </div>
  );
}
