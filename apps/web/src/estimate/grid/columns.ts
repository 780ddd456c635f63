/** The columns of the grid, in their order. Their names are those of the registers; `amount` is computed. */
export const columnNames = [
  'code',
  'name',
  'qty',
  'unit',
  'unitCost',
  'wasteBp',
  'kind',
  'amount',
  'note',
] as const;
export type ColumnName = (typeof columnNames)[number];
/** Columns that hold what somebody has written. */
export type WrittenColumn = Exclude<ColumnName, 'amount'>;

/** How a column's values are read and shown. */
export type Content = 'text' | 'quantity' | 'unit' | 'money' | 'rate' | 'kind' | 'amount';

export interface Column {
  readonly name: ColumnName;
  readonly label: string;
  readonly content: Content;
  readonly align: 'start' | 'end';
  /** Pixels it has until somebody changes them, and at the least. */
  readonly width: number;
  readonly minWidth: number;
  /** Takes what is left of the row. */
  readonly grows?: boolean;
  /** Can't be hidden: without it a line is not to be told from another. */
  readonly always?: boolean;
}

const text = { content: 'text', align: 'start' } as const;

export const columns: readonly Column[] = [
  { ...text, name: 'code', label: 'Code', width: 84, minWidth: 56 },
  { ...text, name: 'name', label: 'Description', width: 224, minWidth: 140, grows: true, always: true },
  { name: 'qty', label: 'Quantity', content: 'quantity', align: 'end', width: 92, minWidth: 64 },
  { name: 'unit', label: 'Unit', content: 'unit', align: 'start', width: 60, minWidth: 48 },
  { name: 'unitCost', label: 'Unit cost', content: 'money', align: 'end', width: 100, minWidth: 72 },
  { name: 'wasteBp', label: 'Waste', content: 'rate', align: 'end', width: 68, minWidth: 56 },
  { name: 'kind', label: 'Kind', content: 'kind', align: 'start', width: 100, minWidth: 72 },
  {
    name: 'amount',
    label: 'Amount',
    content: 'amount',
    align: 'end',
    width: 116,
    minWidth: 80,
    always: true,
  },
  { ...text, name: 'note', label: 'Note', width: 140, minWidth: 80 },
];

const byName = new Map(columns.map((column) => [column.name, column]));

export function columnOf(name: ColumnName): Column {
  const column = byName.get(name);
  if (column === undefined) throw new Error(`The grid has no column "${name}".`);
  return column;
}

export function isColumnName(name: unknown): name is ColumnName {
  return byName.has(name as ColumnName);
}

export function isWritten(name: ColumnName): name is WrittenColumn {
  return name !== 'amount';
}
