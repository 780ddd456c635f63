import type { Status, StatusName } from '@tidemark/documents/estimate';

const names: Readonly<Record<StatusName, string>> = {
  draft: 'Draft',
  submitted: 'Submitted',
  won: 'Won',
  lost: 'Lost',
};

/** "Submitted #2". */
export function statusName({ is, number }: Status): string {
  return number === null || is === 'draft' ? names[is] : `${names[is]} #${number}`;
}

const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });

/** "Submitted as #2 on 21 November 2026 by Ana Diaz"; what is not known is left out. */
export function statusSentence({ is, number, at, byName }: Status): string {
  const time = Date.parse(at);
  return [
    is === 'submitted' ? 'Submitted' : `Marked as ${is}`,
    number === null ? '' : is === 'submitted' ? `as #${number}` : `with #${number}`,
    Number.isNaN(time) ? '' : `on ${day.format(time)}`,
    byName === '' ? '' : `by ${byName}`,
  ]
    .filter(Boolean)
    .join(' ');
}
