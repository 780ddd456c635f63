import { notifications } from '@mantine/notifications';
import type { ChangeRow } from '@tidemark/estimate-files';
import type { Comparison } from '@tidemark/estimating';
import { savedName, saveFile } from '../../shell/save-file.ts';
import type { FieldWords } from './field-words.ts';
import type { Row, SectionRows } from './rows.ts';

interface Compared {
  readonly sections: readonly SectionRows[];
  readonly risks: readonly Row[];
  readonly fields: readonly FieldWords[];
  readonly comparison: Pick<Comparison, 'estimations'>;
}

/** All changes as CSV, whatever the screen is narrowed to; made here, offline too. */
export async function downloadChanges(compared: Compared, name: string): Promise<void> {
  try {
    const { writeChangesCsv } = await import('@tidemark/estimate-files');
    saveFile(
      writeChangesCsv(changeRows(compared)),
      savedName(`${name} changes`, 'csv', 'Changes'),
      'text/csv',
    );
  } catch {
    notifications.show({
      message: 'CSV: not made. The part of Tidemark that writes it could not be loaded.',
      color: 'red',
    });
  }
}

export function changeRows({ sections, risks, fields, comparison }: Compared): ChangeRow[] {
  const { before, after } = comparison.estimations;
  const rowsOf = (section: string, rows: readonly Row[]) =>
    rows
      .filter(({ fate }) => fate !== 'same')
      .map(
        (row): ChangeRow => ({
          section,
          what: row.fate,
          code: row.code,
          name: row.name,
          fields: [...row.fields.map(fieldText), row.moved === '' ? '' : `moved ${row.moved}`]
            .filter(Boolean)
            .join('; '),
          before: row.before,
          after: row.after,
          change: row.delta,
        }),
      );
  return [
    ...sections.flatMap(({ name, rows }) => rowsOf(name, rows)),
    ...rowsOf('Risks', risks),
    ...fields.map(
      (field): ChangeRow => ({
        section: 'Rates and details',
        what: 'changed',
        code: '',
        name: field.label,
        fields: fieldText(field),
        before: null,
        after: null,
        change: 0,
      }),
    ),
    {
      section: 'Totals',
      what: 'total',
      code: '',
      name: 'Bid',
      fields: '',
      before: before.bid,
      after: after.bid,
      change: after.bid - before.bid,
    },
  ];
}

function fieldText({ label, old, new: now }: FieldWords): string {
  return `${label}: ${old || 'nothing'} → ${now || 'nothing'}`;
}
