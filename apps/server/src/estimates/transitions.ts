import type { EstimateView, Status, StatusName } from '@tidemark/documents/estimate';
import { calculate } from '@tidemark/estimating';
import { type Refusal, refuse } from '@tidemark/protocol';
import type { FieldRefusal } from '../http/problems.ts';

/** Where a status may go. Back to draft is to open it again. */
const ways: Readonly<Record<StatusName, readonly StatusName[]>> = {
  draft: ['submitted'],
  submitted: ['won', 'lost', 'draft'],
  won: ['draft'],
  lost: ['draft'],
};

/** Why this change may not be made now, or null. */
export function obstacle(view: EstimateView, to: StatusName): Refusal | FieldRefusal | null {
  const { status } = view.meta;
  if (!ways[status.is].includes(to)) return conflict(status, to);
  return to === 'submitted' ? unfit(view) : null;
}

function conflict({ is, byName }: Status, to: StatusName): Refusal {
  if (is === 'draft') return refuse('status-conflict', `A draft is submitted before it is ${to}.`);
  const who = byName === '' ? '' : ` by ${byName}`;
  const stands = is === 'submitted' ? `was submitted${who}` : `was marked as ${is}${who}`;
  return refuse(
    'status-conflict',
    is === to
      ? `The estimate ${stands} already.`
      : `The estimate ${stands}; open it again before it is ${to}.`,
  );
}

/** Most reasons told in words; all stand in the fields. */
const told = 5;

/** A bid whose figures are not what its lines and rates say is not sent to anybody. */
function unfit(view: EstimateView): FieldRefusal | null {
  const reasons: [string, string][] = calculate(view).findings.map(({ about, id, detail }) => [
    id === null ? about : `${about} ${id}`,
    `${nameOf(view, about, id)}: ${detail}`,
  ]);
  for (const { collection, id, register, code, detail } of view.findings) {
    if (code === 'newer-schema') reasons.push([collection, detail]);
    else if (priced.has(`${collection} ${register}`) && code !== 'dangling')
      reasons.push([`${collection} ${id} ${register}`, `${register}: ${detail}`]);
  }
  if (reasons.length === 0) return null;
  const words = reasons.slice(0, told).map(([, reason]) => reason);
  if (reasons.length > told) words.push(`and ${reasons.length - told} more.`);
  return { ...refuse('cannot-submit', words.join(' ')), fields: Object.fromEntries(reasons) };
}

/** Registers that the bid hangs on: where one of them had to be mended, somebody has to look. */
const priced = new Set([
  'meta currency',
  ...['targetBp', 'marginMode', 'overheadBp', 'contingencyBp', 'taxBp'].map((name) => `params ${name}`),
  ...['qty', 'unitCost', 'wasteBp', 'optional'].map((name) => `lines ${name}`),
  ...[
    'probBp',
    'low',
    'high',
    'applied',
    'mitigationCost',
    'mitigatedProbBp',
    'mitigatedLow',
    'mitigatedHigh',
  ].map((name) => `risks ${name}`),
]);

function nameOf(view: EstimateView, about: 'line' | 'section' | 'risk' | 'total', id: string | null): string {
  if (about === 'total') return 'Total';
  const named = {
    line: () => view.lines.get(id ?? '')?.name,
    section: () => view.groups.find((group) => group.id === id)?.name,
    risk: () => view.risks.find((risk) => risk.id === id)?.title,
  }[about]();
  const word = { line: 'Line', section: 'Section', risk: 'Risk' }[about];
  return named ? `${word} “${named.slice(0, 100)}”` : word;
}
