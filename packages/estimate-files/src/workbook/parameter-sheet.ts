import type { WriteSheet } from 'hucre/xlsx';
import { estimateFormat } from '../format.ts';
import { type Book, rate } from './book.ts';
import { percentFormat, plainFormat } from './formats.ts';
import { pageOf } from './page.ts';
import { cellLength, cellName, draftSheet } from './sheet-draft.ts';
import { formatName, sheetNames, yes } from './words.ts';

type Value = { readonly text: string } | { readonly rate: number } | { readonly count: number | null };
interface Entry {
  /** `meta.title`: where it belongs; in a hidden column. */
  readonly key: string;
  readonly label: string;
  readonly value: Value;
  /** What formulas call it by. */
  readonly name?: string;
}

const text = (key: string, label: string, value: string): Entry => ({ key, label, value: { text: value } });
const flag = (key: string, label: string, value: boolean) => text(key, label, value ? yes : 'no');

/** All that is no line, risk or actual: who it is for, the rates that the sums go by, options and texts. */
export function parameterSheet(book: Book): WriteSheet {
  const draft = draftSheet(sheetNames.parameters, [28, 70]);
  draft.text(0, 0, 'Parameters', 'title');
  draft.height(0, 26);
  draft.text(
    1,
    0,
    'Rates on this sheet are what the bid is reckoned with: change one and see it move.',
    'about',
  );
  let row = 2;
  for (const [heading, entries] of chapters(book)) {
    row += 1;
    draft.text(row, 0, heading, 'head');
    draft.fill(row, 0, 1, 'head');
    row += 1;
    for (const { key, label, value, name } of entries) {
      const parts = 'text' in value ? chunks(value.text) : [null];
      for (const [index, part] of parts.entries()) {
        draft.text(row, 0, index === 0 ? label : `${label} (${index + 1})`, 'label');
        if (part !== null) draft.text(row, 1, part, 'inputText');
        else if ('rate' in value) draft.number(row, 1, rate(value.rate), percentFormat, 'input');
        else if ('count' in value) draft.number(row, 1, value.count, plainFormat, 'input');
        draft.text(row, 2, key);
        if (name !== undefined) book.name(name, sheetNames.parameters, cellName(row, 1));
        row += 1;
      }
    }
  }
  return {
    ...draft.finish(),
    columns: [{ width: 28 }, { width: 70 }, { width: 10, hidden: true }],
    dataValidations: validations(book),
    ...pageOf({}),
  };
}

function chapters({ view, texts }: Book): [string, Entry[]][] {
  const { meta, params, review, proposal } = view;
  return [
    [
      'Rates',
      [
        { ...text('params.marginMode', 'Profit is a', params.marginMode), name: 'MarginMode' },
        {
          key: 'params.targetBp',
          label: 'Margin or markup',
          value: { rate: params.targetBp },
          name: 'TargetRate',
        },
        {
          key: 'params.contingencyBp',
          label: 'Contingency',
          value: { rate: params.contingencyBp },
          name: 'ContingencyRate',
        },
        {
          key: 'params.overheadBp',
          label: 'Overhead',
          value: { rate: params.overheadBp },
          name: 'OverheadRate',
        },
        { key: 'params.taxBp', label: 'Tax', value: { rate: params.taxBp }, name: 'TaxRate' },
      ],
    ],
    [
      'Estimate',
      [
        text('meta.title', 'Title', meta.title),
        text('meta.number', 'Number', meta.number),
        text('meta.client', 'Client', meta.client),
        text('meta.clientAddress', 'Address of the client', meta.clientAddress),
        text('meta.clientEmail', 'Email of the client', meta.clientEmail),
        text('meta.site', 'Site', meta.site),
        text('meta.currency', 'Currency', meta.currency),
        text('meta.validUntil', 'Valid until', meta.validUntil),
        text('meta.preparedBy', 'Prepared by', meta.preparedBy),
      ],
    ],
    [
      'Texts',
      [
        text('scope', 'Scope', texts.scope),
        text('terms', 'Terms', texts.terms),
        text('notes', 'Notes, internal', texts.notes),
      ],
    ],
    [
      'Proposal',
      [
        text('proposal.heading', 'Heading', proposal.heading),
        text('proposal.detail', 'Detail', proposal.detail),
        flag('proposal.showQuantities', 'Show quantities', proposal.showQuantities),
        flag('proposal.showUnitCosts', 'Show unit costs', proposal.showUnitCosts),
        flag('proposal.showOptional', 'Show optional lines', proposal.showOptional),
        flag('proposal.showTax', 'Show tax', proposal.showTax),
        text('proposal.paper', 'Paper', proposal.paper),
      ],
    ],
    [
      'Review',
      [
        { key: 'review.plannedDays', label: 'Planned days', value: { count: review.plannedDays } },
        { key: 'review.actualDays', label: 'Actual days', value: { count: review.actualDays } },
        text('review.startedOn', 'Started on', review.startedOn),
        text('review.finishedOn', 'Finished on', review.finishedOn),
      ],
    ],
    ['File', [{ ...text('format', 'Format', estimateFormat), name: formatName }]],
  ];
}

function chunks(all: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start < all.length; start += cellLength)
    parts.push(all.slice(start, start + cellLength));
  return parts.length === 0 ? [''] : parts;
}

function validations(book: Book): NonNullable<WriteSheet['dataValidations']> {
  const cell = (name: string) =>
    book.names
      .find((known) => known.name === name)
      ?.range.replace(/^.*!/, '')
      .replaceAll('$', '') ?? 'A1';
  const percent = (name: string, most: string) => ({
    type: 'decimal' as const,
    operator: 'between' as const,
    formula1: '0',
    formula2: most,
    range: cell(name),
    showErrorMessage: true,
    errorTitle: 'Not a rate',
    errorMessage: 'A rate from 0 % on, such as 15 %.',
  });
  return [
    {
      type: 'list',
      values: ['margin', 'markup'],
      range: cell('MarginMode'),
      showErrorMessage: true,
      errorTitle: 'Margin or markup',
      errorMessage: 'margin: a share of the price. markup: a share of the cost.',
    },
    ...['TargetRate', 'ContingencyRate', 'OverheadRate', 'TaxRate'].map((name) => percent(name, '10')),
  ];
}
