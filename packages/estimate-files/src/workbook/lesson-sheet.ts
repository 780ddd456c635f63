import type { WriteSheet } from 'hucre/xlsx';
import type { Book } from './book.ts';
import { pageOf } from './page.ts';
import { draftSheet } from './sheet-draft.ts';
import { sheetNames } from './words.ts';

/** Columns from 0; from `id` on hidden. */
export const lessonColumns = { kind: 0, text: 1, about: 2, id: 3, risk: 4 } as const;
const at = lessonColumns;
export const lessonHeadRow = 2;

export function lessonSheet({ view }: Book): WriteSheet {
  const draft = draftSheet(sheetNames.lessons, [12, 80, 30]);
  draft.text(0, 0, 'Lessons', 'title');
  draft.height(0, 26);
  ['Kind', 'What was learned', 'Risk', 'Id', 'Risk id'].forEach((head, column) => {
    draft.text(lessonHeadRow, column, head, 'head');
  });
  view.lessons.forEach(({ id, kind, text, riskId }, index) => {
    const row = lessonHeadRow + 1 + index;
    draft.text(row, at.kind, kind === 'issue' ? 'Issue' : 'Lesson');
    draft.text(row, at.text, text);
    draft.text(row, at.about, view.risks.find((risk) => risk.id === riskId)?.title ?? '');
    draft.text(row, at.id, id);
    draft.text(row, at.risk, riskId ?? '');
  });
  return {
    ...draft.finish(),
    columns: [
      { width: 12 },
      { width: 80 },
      { width: 30 },
      { width: 10, hidden: true },
      { width: 10, hidden: true },
    ],
    freezePane: { rows: lessonHeadRow + 1 },
    ...pageOf({}),
  };
}
